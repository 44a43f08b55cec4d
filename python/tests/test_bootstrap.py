from __future__ import annotations

import sys


def test_serves_the_package_without_files(isolated):
    out = isolated("""
import naja, naja._errors
print(naja.__file__, naja.__path__, naja.__version__)
print(naja._errors.__file__, naja._errors.__package__)
""")
    assert out.splitlines() == [
        "<naja>/__init__.py [] 0.1.0",
        "<naja>/_errors.py naja",
    ]


def test_refuses_modules_it_does_not_hold(isolated):
    out = isolated("""
try:
    import naja.absent
except ModuleNotFoundError as error:
    print(error)
import sys
try:
    sys.meta_path[0].get_source("absent")
except ImportError as error:
    print(error.name)
""")
    assert out.splitlines() == ["No module named 'naja.absent'", "absent"]


def test_tracebacks_and_inspect_show_source_lines(isolated):
    out = isolated("""
import inspect, traceback
from naja import _errors
print(inspect.getsource(_errors.describe).splitlines()[0])
try:
    _errors._type_name(None)
except TypeError:
    print(traceback.format_exc().splitlines()[-2])
""")
    first, line = out.splitlines()[:2]
    assert first == "def describe(exception: BaseException) -> Description:"
    assert line.startswith("    ")


def test_second_class_loader_joins_the_modules_of_the_first(isolated):
    out = isolated("""
import sys, naja
before = list(sys.meta_path)
exec(boot, {"sources": {"naja": "raise AssertionError"}})
print(sys.meta_path == before, sys.modules["naja"] is naja)
""")
    assert out.split() == ["True", "True"]


def test_start_imports_no_heavy_module(isolated):
    out = isolated(
        """
import sys
before = set(sys.modules)
import naja
from naja import _environment, _exit, _guards, _logging, _namespace
from naja import _output, _search_path, _values
_output.install(None); _logging.install(None); _guards.install(); _search_path.add_paths(["/"])
_output.uninstall()
print(*sorted(name for name in set(sys.modules) - before if not name.startswith("naja")))
""",
        "-S",
    )
    allowed = {"_signal", "atexit", "faulthandler", "itertools", "_thread", "builtins"}
    assert set(out.split()) <= allowed, sys.version


def test_public_names_say_that_they_are_najas(isolated):
    out = isolated("""
import naja
print(naja.DeadlineExceeded, naja.JavaException)
print(dir(naja) == naja.__all__ == sorted(naja.__all__))
try:
    naja.Absent
except AttributeError as error:
    print(error)
""")
    assert out.splitlines() == [
        "<class 'naja.DeadlineExceeded'> <class 'naja.JavaException'>",
        "True",
        "module 'naja' has no attribute 'Absent'",
    ]
