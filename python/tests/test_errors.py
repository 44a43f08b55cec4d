from __future__ import annotations

import pickle
import sys
import traceback

import pytest

from naja import DeadlineExceeded, JavaException, _errors, _namespace
from naja._errors import describe

KIND, NAME, MESSAGE, FRAMES, TEXT, NOTES, CAUSE, EXCEPTION = range(8)


def raised(source: str, **names: object) -> BaseException:
    """What a text raises, with a traceback that starts here."""
    try:
        exec(compile(source, "model.py", "exec"), dict(names))
    except BaseException as error:
        error.__traceback__ = error.__traceback__.tb_next
        return error
    raise AssertionError("nothing was raised")


def printed(error: BaseException) -> str:
    return "".join(traceback.format_exception(type(error), error, error.__traceback__))


def plain(description) -> bool:
    """Whether a description is made only of what Rust reads."""
    return description is None or (
        all(type(description[i]) is str for i in (KIND, NAME, MESSAGE, TEXT))
        and all([type(x) for x in frame] == [str, int, str] for frame in description[FRAMES])
        and all(type(note) is str for note in description[NOTES])
        and isinstance(description[EXCEPTION], BaseException)
        and plain(description[CAUSE])
    )


def test_tells_type_message_and_frames_innermost_first():
    error = raised("def f():\n    raise ValueError('no', 1)\n\ndef g():\n    f()\ng()")
    told = describe(error)
    assert told[KIND] == "python"
    assert told[NAME] == "ValueError"
    assert told[MESSAGE] == "('no', 1)"
    assert told[FRAMES] == (("model.py", 2, "f"), ("model.py", 5, "g"), ("model.py", 6, "<module>"))
    assert told[TEXT] == printed(error)
    assert told[NOTES] == ()
    assert told[CAUSE] is None
    assert told[EXCEPTION] is error
    assert plain(told)


def test_exception_that_was_never_raised():
    told = describe(KeyError("k"))
    assert told[1:5] == ("KeyError", "'k'", (), "KeyError: 'k'\n")


def test_names_are_qualified_outside_builtins():
    class Inner(Exception):
        pass

    name = f"{__name__}.test_names_are_qualified_outside_builtins.<locals>.Inner"
    assert describe(Inner())[NAME] == name


@pytest.mark.parametrize(
    "error, kind",
    [
        (DeadlineExceeded(), "timeout"),
        (JavaException("java.io.IOException: gone", object()), "java"),
        (SystemExit(3), "python"),
        (KeyboardInterrupt(), "python"),
        (type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})(), "panic"),
        (type("PanicException", (BaseException,), {})(), "python"),
        (type("Late", (DeadlineExceeded,), {})(), "timeout"),
    ],
)
def test_kinds(error, kind):
    assert describe(error)[KIND] == kind


def test_deadline_says_what_happened_and_is_no_exception():
    assert describe(DeadlineExceeded())[MESSAGE] == (
        "the deadline that Java set for this call has passed"
    )
    assert str(DeadlineExceeded("after 5 ms")) == "after 5 ms"
    assert not issubclass(DeadlineExceeded, Exception)


def test_java_exception_holds_its_throwable():
    throwable = object()
    error = JavaException("java.io.IOException: gone", throwable)
    assert error.java is throwable
    assert str(error) == "java.io.IOException: gone"


def test_java_exception_pickles_as_text():
    class Unpicklable:
        def __reduce__(self):
            raise TypeError

    error = pickle.loads(pickle.dumps(JavaException("gone", Unpicklable())))
    assert (type(error), str(error), error.java) == (JavaException, "gone", None)


def test_cause_context_and_suppressed_context():
    source = "try:\n    1 / 0\nexcept ZeroDivisionError as z:\n    raise KeyError('k') {}"
    for suffix, cause in [("from z", "ZeroDivisionError"), ("", "ZeroDivisionError")]:
        error = raised(source.format(suffix))
        told = describe(error)
        assert told[CAUSE][NAME] == cause
        assert told[CAUSE][MESSAGE] == "division by zero"
        assert told[CAUSE][FRAMES] == (("model.py", 2, "<module>"),)
        assert told[CAUSE][CAUSE] is None
        assert told[TEXT] == printed(error)
    assert describe(raised(source.format("from None")))[CAUSE] is None


def test_cycle_of_causes_ends():
    one, two = ValueError("one"), ValueError("two")
    one.__cause__, two.__cause__ = two, one
    told = describe(one)
    assert told[CAUSE][MESSAGE] == "two"
    assert told[CAUSE][CAUSE] is None


def test_long_chain_of_causes_is_cut():
    error = first = ValueError("0")
    for number in range(1, 200):
        error.__context__ = ValueError(str(number))
        error = error.__context__
    told, length = describe(first), 0
    while told[CAUSE]:
        told, length = told[CAUSE], length + 1
    assert length == _errors.MAX_CAUSES
    assert told[MESSAGE] == "50"


def test_notes():
    error = ValueError("x")
    error.__notes__ = ["first", 2]
    assert describe(error)[NOTES] == ("first", "2")
    error.__notes__ = None
    assert describe(error)[NOTES] == ("None",)


def test_syntax_error_shows_line_and_caret():
    with pytest.raises(SyntaxError) as info:
        _namespace.execute("a = 1\nb = (a +* 2)\n", _namespace.new("n"))
    told = describe(info.value)
    message, line, caret = told[MESSAGE].splitlines()
    assert message.endswith(", line 2)")
    assert "invalid syntax (<naja-" in message
    assert line == "    b = (a +* 2)"
    assert caret.index("^") == line.index("*")
    assert told[TEXT].endswith("SyntaxError: invalid syntax\n")


def test_syntax_error_without_position():
    assert describe(SyntaxError("odd"))[MESSAGE] == "odd"
    assert describe(SyntaxError())[MESSAGE] == "None"


HINTS = [
    ("import math\nmath.sqr", "module 'math' has no attribute 'sqr'. Did you mean: 'sqrt'?"),
    ("total = 1\ntotle", "name 'totle' is not defined. Did you mean: 'total'?"),
    ("def f(rows):\n    return row\nf(1)", "name 'row' is not defined. Did you mean: 'rows'?"),
    ("len_([])", "name 'len_' is not defined. Did you mean: 'len'?"),
]


@pytest.mark.parametrize("source, message", HINTS)
def test_wrong_name_comes_with_pythons_hint(source, message):
    told = describe(raised(source))
    if sys.version_info < (3, 10):
        message = message.partition(". Did")[0]
    assert told[MESSAGE] == message
    assert told[TEXT].endswith(f"Error: {message}\n")


def test_wrong_import_comes_with_pythons_hint():
    told = describe(raised("from math import sqr"))
    hint = ". Did you mean: 'sqrt'?" if sys.version_info >= (3, 12) else ""
    assert told[MESSAGE].startswith("cannot import name 'sqr' from 'math' (")
    assert told[MESSAGE].endswith(f"){hint}")


def test_wrong_name_without_a_near_one_has_no_hint():
    message = "module 'math' has no attribute 'qqqqqqqqqq'"
    assert describe(raised("import math\nmath.qqqqqqqqqq"))[MESSAGE] == message
    assert describe(AttributeError("by hand"))[MESSAGE] == "by hand"
    assert describe(NameError("by hand"))[MESSAGE] == "by hand"
    assert describe(raised("import absent_module"))[MESSAGE] == "No module named 'absent_module'"


if sys.version_info >= (3, 11):

    def test_exception_group_shows_its_members():
        error = raised("raise ExceptionGroup('two', [ValueError('a'), KeyError('b')])")
        told = describe(error)
        assert told[MESSAGE] == "two (2 sub-exceptions)"
        assert told[TEXT] == printed(error)
        assert "| ValueError: a" in told[TEXT]


class Hostile(Exception):
    def __init__(self):
        raise RuntimeError("cannot be instantiated")

    def __str__(self):
        raise RuntimeError("str")

    def __repr__(self):
        raise RuntimeError("repr")

    def __getattribute__(self, name):
        raise RuntimeError("getattribute " + name)


Hostile.__module__ = 7


def test_hostile_exception():
    error = Exception.__new__(Hostile)
    try:
        raise error
    except Hostile:
        told = describe(error)
    assert told[NAME] == "Hostile"
    assert told[MESSAGE] == "<Hostile.__str__ raised RuntimeError>"
    assert told[FRAMES][0][2] == "test_hostile_exception"
    assert "test_hostile_exception" in told[TEXT]
    assert told[TEXT].endswith("Hostile: <Hostile.__str__ raised RuntimeError>\n")
    assert told[EXCEPTION] is error
    assert plain(told)


@pytest.mark.parametrize("text", [3, None, b"bytes"])
def test_str_that_gives_no_text(text):
    kind = type("Odd", (Exception,), {"__str__": lambda self: text, "__module__": "m"})
    assert describe(kind())[MESSAGE] == "<m.Odd.__str__ raised TypeError>"


def test_text_of_a_subclass_of_str_becomes_plain():
    class Text(str):
        pass

    kind = type("Odd", (Exception,), {"__str__": lambda self: Text("t")})
    assert plain(describe(kind()))


def test_class_without_module():
    kind = eval("type('Bare', (Exception,), {})", {})
    assert "__module__" not in vars(kind)
    assert describe(kind("x"))[1:3] == ("Bare", "x")


def test_str_that_recurses_without_end():
    kind = type("Deep", (Exception,), {"__str__": lambda self: str(self), "__module__": "m"})
    told = describe(kind())
    assert told[MESSAGE] == "<m.Deep.__str__ raised RecursionError>"
    assert plain(told)


def test_infinite_recursion_tells_the_innermost_frames():
    told = describe(raised("def f():\n    f()\nf()"))
    assert told[NAME] == "RecursionError"
    assert told[FRAMES][0] == ("model.py", 2, "f")
    assert len(told[FRAMES]) <= _errors.MAX_FRAMES
    assert "[Previous line repeated" in told[TEXT]


def test_very_deep_stack_is_cut():
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(6000)
    try:
        error = raised("def f(n):\n    if n == 0: raise ValueError\n    f(n - 1)\nf(3000)")
    finally:
        sys.setrecursionlimit(limit)
    told = describe(error)
    assert len(told[FRAMES]) == _errors.MAX_FRAMES
    assert told[FRAMES][:2] == (("model.py", 2, "f"), ("model.py", 3, "f"))
    assert told[TEXT].count("\n") < 20


def test_describes_near_the_recursion_limit():
    error = raised("def f():\n    f()\nf()")
    told = []

    def deeper(levels):
        if levels > 0:
            return deeper(levels - 1)
        told.append(describe(error))
        return None

    limit = sys.getrecursionlimit()
    with pytest.raises(RecursionError):
        for levels in range(limit - 250, limit, 3):
            deeper(levels)
    assert len(told) > 5
    assert {told[KIND] for told in told} == {"python"}
    assert {told[NAME] for told in told} <= {"RecursionError", "Exception"}
    assert all(plain(told) for told in told)


def test_frames_of_the_package_are_left_out(isolated):
    out = isolated("""
from naja import _errors, _namespace
try:
    _namespace.execute("def f():\\n    1 / 0\\nf()", _namespace.new("n"))
except ZeroDivisionError as error:
    error.__traceback__ = error.__traceback__.tb_next
    told = _errors.describe(error)
    print(told[3])
    print(told[4])
""")
    assert out.splitlines()[0] == "(('<naja-1>', 2, 'f'), ('<naja-1>', 3, '<module>'))"
    text = [line for line in out.splitlines()[1:] if line.strip(" ~^")]
    assert text == [
        "Traceback (most recent call last):",
        '  File "<naja-1>", line 3, in <module>',
        "    f()",
        '  File "<naja-1>", line 2, in f',
        "    1 / 0",
        "ZeroDivisionError: division by zero",
    ]
