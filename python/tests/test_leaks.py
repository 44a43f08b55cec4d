from __future__ import annotations

import tracemalloc

import pytest

import naja


@pytest.fixture
def java(bridge):
    bridge.describe("java.util.ArrayList")
    return bridge


class Listener:
    def __init__(self, held: object) -> None:
        self.held = held


def test_counts_by_class(java):
    java.held_by_python += [java.make("java.util.ArrayList", []) for _ in range(3)]
    java.held_by_python.append(java.make("java.lang.Object", None))
    java.held_by_java += [len, Listener(1), Listener(2)]
    found = naja.leaks()
    assert found.java_objects == {"java.util.ArrayList": 3, "java.lang.Object": 1}
    assert list(found.java_objects) == ["java.util.ArrayList", "java.lang.Object"]
    name = f"{__name__}.Listener"
    assert found.python_objects == {name: 2, "builtins.builtin_function_or_method": 1}
    assert found.suspects == {}
    assert found.stacks == {}
    assert repr(found) == "<naja.leaks(): 4 of Java, 3 of Python, 0 suspects>"


def test_way_from_python_to_java_is_a_suspect(java):
    java_list = java.make("java.util.ArrayList", [])
    java.held_by_java += [Listener([{"key": java_list}]), lambda: java_list, lambda: None]
    found = naja.leaks()
    ways = {way.split(" -> ")[0]: way.split(" -> ")[-1] for way in found.suspects}
    assert ways == {
        f"{__name__}.Listener": "java.util.ArrayList",
        "builtins.function": "java.util.ArrayList",
    }
    assert any("builtins.list -> builtins.dict -> java" in way for way in found.suspects)
    assert list(found.suspects.values()) == [1, 1]


def test_java_exception_is_a_java_object(java):
    java.held_by_java.append(Listener(naja.JavaException("text", object())))
    (way,) = naja.leaks().suspects
    assert way.endswith(" -> naja.JavaException")


GLOBAL = []


def test_global_names_are_not_followed(java):
    GLOBAL.append(java.make("java.util.ArrayList", []))
    try:
        java.held_by_java += [test_global_names_are_not_followed, globals(), pytest]
        assert naja.leaks().suspects == {}
    finally:
        GLOBAL.clear()


def test_search_is_bounded(java):
    from naja import _leaks

    far = java.make("java.util.ArrayList", [])
    for _ in range(_leaks.MAX_OBJECTS + 10):
        far = [far]
    java.held_by_java.append(far)
    assert naja.leaks().suspects == {}


def test_creation_stacks_when_switched_on(java):
    naja.trace_leaks(True)
    try:
        java.held_by_python.append(java.make("java.util.ArrayList", []))
        found = naja.leaks()
    finally:
        naja.trace_leaks(False)
    assert not tracemalloc.is_tracing()
    (stack,) = found.stacks["java.util.ArrayList"]
    assert f"{__file__}:" in stack
    assert "a java.util.ArrayList was made at" in str(found)


def test_printed_report(java):
    java_list = java.make("java.util.ArrayList", [])
    java.held_by_python.append(java_list)
    java.held_by_java.append([java_list])
    assert str(naja.leaks()) == (
        "1 Java objects that Python holds:\n"
        "       1 java.util.ArrayList\n"
        "1 Python objects that Java holds:\n"
        "       1 builtins.list\n"
        "1 of these may be part of a cycle that no collector sees:\n"
        "       1 builtins.list -> java.util.ArrayList"
    )
