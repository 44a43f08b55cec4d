from __future__ import annotations

import inspect
import linecache
import traceback

import pytest

from naja import _namespace


def test_globals_are_fresh_and_have_builtins():
    one, two = _namespace.new("model"), _namespace.new("model")
    _namespace.execute("a = len('xy')", one)
    assert one["a"] == 2
    assert "a" not in two
    assert _namespace.evaluate("__name__", two) == "model"


def test_evaluate_gives_the_value_and_allows_leading_blanks():
    assert _namespace.evaluate("  \t1 + 1", _namespace.new("n")) == 2


def test_source_that_is_no_expression_is_refused():
    with pytest.raises(SyntaxError):
        _namespace.evaluate("a = 1", _namespace.new("n"))


def test_the_packages_own_future_statements_do_not_leak():
    names = _namespace.new("n")
    _namespace.execute("def f(a: int): pass", names)
    assert names["f"].__annotations__ == {"a": int}


def test_tracebacks_show_the_source():
    names = _namespace.new("n")
    _namespace.execute("def half(x):\n    return x / 0\n", names)
    try:
        _namespace.evaluate("half(1)", names)
    except ZeroDivisionError:
        text = traceback.format_exc()
    assert "\n    half(1)\n" in text
    assert "\n    return x / 0\n" in text


def test_inspect_finds_the_source():
    names = _namespace.new("n")
    _namespace.execute("def f():\n    return 'here'\n", names)
    assert inspect.getsource(names["f"]) == "def f():\n    return 'here'\n"


def test_source_is_shown_when_linecache_is_imported_later(isolated):
    out = isolated("""
import sys
stashed = sys.modules.pop("linecache", None)
from naja import _namespace
names = _namespace.new("n")
_namespace.execute("def f():\\n    return 7\\n", names)
import inspect
print(inspect.getsource(names["f"]))
""")
    assert out.splitlines()[:2] == ["def f():", "    return 7"]


def test_the_same_source_is_compiled_once():
    names = _namespace.new("n")
    _namespace.execute("def f(): pass", names)
    first = names["f"].__code__
    _namespace.execute("def f(): pass", names)
    assert names["f"].__code__ is first


def test_only_so_many_sources_are_kept():
    for number in range(_namespace.MAX_PROGRAMS + 50):
        assert _namespace.evaluate(f"{number} + 0", {}) == number
    kept = [name for name in linecache.cache if name.startswith("<naja-")]
    assert len(kept) == len(_namespace._programs) == _namespace.MAX_PROGRAMS
