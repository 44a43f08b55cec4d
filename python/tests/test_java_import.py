from __future__ import annotations

import importlib
import sys

import pytest

import naja


@pytest.fixture
def java(bridge):
    bridge.packages.update(
        {
            "java.util": ["ArrayList", "HashMap"],
            "java.util.concurrent": ["Future"],
            "java.time": ["Duration"],
            "io.netty.buffer": ["ByteBuf"],
        }
    )
    for name, members in bridge.packages.items():
        for member in members:
            bridge.describe(f"{name}.{member}")
    return bridge


def run(source: str) -> dict:
    names: dict = {}
    exec(source, names)
    return names


def test_classes_are_imported_from_packages(java):
    found = run("from java.util import ArrayList, HashMap as Map")
    assert found["ArrayList"] is naja.java_type("java.util.ArrayList")
    assert found["Map"] is naja.java_type("java.util.HashMap")


def test_packages_are_modules(java):
    found = run("import java.time as jt\nimport java.util.concurrent")
    assert repr(found["jt"]) == "<java package 'java.time'>"
    assert found["jt"].Duration is naja.java_type("java.time.Duration")
    assert found["java"].util.concurrent.Future is naja.java_type("java.util.concurrent.Future")
    assert importlib.import_module("java.util") is found["java"].util


def test_packages_below_are_found_without_import(java):
    found = run("import java\nduration = java.time.Duration")
    assert found["duration"] is naja.java_type("java.time.Duration")


def test_classes_are_looked_up_at_each_access(java):
    module = importlib.import_module("java.util")
    java.finds.clear()
    assert module.ArrayList is module.ArrayList
    assert java.finds == ["java.util.ArrayList"] * 2
    assert "ArrayList" not in vars(module)


def test_dir_lists_classes_and_packages(java):
    assert dir(importlib.import_module("java.util")) == ["ArrayList", "HashMap", "concurrent"]


def test_star_imports_the_classes(java):
    found = run("from java.util import *")
    assert set(found) - {"__builtins__"} == {"ArrayList", "HashMap"}


@pytest.mark.parametrize(
    "source, message",
    [
        (
            "import java.utl",
            "the Java package 'java' has no class or package 'utl'. Did you mean: 'util'?",
        ),
        ("from java.util import ArayList", "no Java class java.util.ArayList"),
        (
            "import java.util.ArrayList",
            "java.util.ArrayList is a Java class, no package: "
            "write from java.util import ArrayList",
        ),
        (
            "from java.util import concurent",
            "the Java package 'java.util' has no class or package 'concurent'. "
            "Did you mean: 'concurrent'?",
        ),
        ("import java.qqqq", "the Java package 'java' has no class or package 'qqqq'"),
    ],
)
def test_unknown_names_in_packages(java, source, message):
    with pytest.raises(ImportError) as info:
        run(source)
    assert str(info.value) == message
    assert info.value.name.startswith("java.")


def test_unknown_attribute(java):
    module = importlib.import_module("java.util")
    with pytest.raises(AttributeError, match=r"^no Java class java\.util\.Absent$"):
        _ = module.Absent
    assert not hasattr(module, "Absent")
    assert not hasattr(module, "__wrapped__")


def test_unknown_package_is_pythons_own_error(java):
    with pytest.raises(ModuleNotFoundError) as info:
        run("import jva.util")
    assert str(info.value) == "No module named 'jva'"
    assert java.finds == []


def test_dropped_failures_look_for_no_near_names(java):
    with pytest.raises(ImportError) as info:
        run("from java.python.core import PyStringMap")
    assert java.finds == []
    assert "has no class or package 'python'" in str(info.value)


def test_pythons_modules_win(java):
    import io

    assert run("import io")["io"] is io
    with pytest.raises(ModuleNotFoundError, match="'io' is not a package"):
        run("import io.netty")


def test_package_behind_a_python_module_is_reached(java):
    package = naja.java_package("io.netty")
    assert repr(package) == "<java package 'io.netty'>"
    assert package.buffer.ByteBuf is naja.java_type("io.netty.buffer.ByteBuf")
    assert "io.netty" not in sys.modules


def test_imported_package_is_the_same_module(java):
    module = importlib.import_module("java.util")
    assert naja.java_package("java.util") is module


def test_unknown_package_by_name(java):
    with pytest.raises(ImportError) as info:
        naja.java_package("java.utl")
    assert str(info.value) == (
        "the Java package 'java' has no class or package 'utl'. Did you mean: 'util'?"
    )


def test_submodules_of_python_packages_are_never_asked_for(java):
    asked = []
    java.is_package = lambda name: asked.append(name)
    with pytest.raises(ModuleNotFoundError):
        run("import json.absent")
    assert asked == []


def test_without_a_bridge_there_are_no_packages():
    with pytest.raises(ModuleNotFoundError, match="No module named 'java'"):
        run("import java.util")


def test_finder_is_asked_last(isolated):
    out = isolated("""
import sys, naja
print(sys.meta_path[-1].__name__, "naja._java_import" in sys.modules)
try:
    import absent_module
except ModuleNotFoundError as error:
    print(error)
""")
    assert out.splitlines() == ["_JavaFinder False", "No module named 'absent_module'"]
