from __future__ import annotations

import pytest

import naja


@pytest.fixture
def java(bridge):
    bridge.describe("java.lang.Runnable", None, traits="interface", functional="run")
    bridge.describe(
        "java.io.Closeable", None, traits="interface AutoCloseable", close=lambda self: None
    )
    bridge.describe("java.lang.AutoCloseable", None, traits="interface AutoCloseable")
    bridge.describe("java.util.ArrayList")
    return bridge


def test_class_carries_its_interfaces(java):
    runnable = naja.java_type("java.lang.Runnable")

    @naja.implements(runnable, "java.io.Closeable")
    class Job:
        pass

    assert Job.__java_interfaces__ == (runnable, naja.java_type("java.io.Closeable"))
    assert isinstance(Job(), runnable)
    assert issubclass(Job, naja.java_type("java.lang.AutoCloseable"))
    assert not isinstance(Job(), naja.java_type("java.util.ArrayList"))


def test_subclass_adds_to_the_interfaces_of_its_base(java):
    @naja.implements("java.lang.Runnable")
    class Base:
        pass

    @naja.implements("java.io.Closeable", "java.lang.Runnable")
    class Derived(Base):
        pass

    closeable, runnable = map(naja.java_type, ("java.io.Closeable", "java.lang.Runnable"))
    assert Base.__java_interfaces__ == (runnable,)
    assert Derived.__java_interfaces__ == (closeable, runnable)


@pytest.mark.parametrize(
    "given, message",
    [
        (
            ["java.util.ArrayList"],
            "@naja.implements wants Java interfaces; java.util.ArrayList is none. A Python class "
            "cannot extend a Java class",
        ),
        ([5], "@naja.implements wants Java interfaces, not 5"),
        (
            [int],
            "@naja.implements wants Java interfaces, not <class 'int'>: write "
            "@naja.implements(...)",
        ),
        ([], "@naja.implements wants Java interfaces, as in @naja.implements(Runnable)"),
    ],
)
def test_wrong_arguments(java, given, message):
    with pytest.raises(TypeError) as info:
        naja.implements(*given)
    assert str(info.value) == message


def test_unknown_interface(java):
    with pytest.raises(ImportError, match="no Java class p.Absent"):
        naja.implements("p.Absent")


def test_only_python_classes_are_decorated(java):
    decorate = naja.implements("java.lang.Runnable")
    with pytest.raises(TypeError, match="stands above a Python class, not 5"):
        decorate(5)
    with pytest.raises(TypeError, match="stands above a Python class, not <java class"):
        decorate(naja.java_type("java.util.ArrayList"))
