from __future__ import annotations

import pickle
import sys
import traceback

import pytest

import naja
from naja._errors import JavaException, describe, from_java

HERE = ["dev.naja.internal.Native.call(Native Method)", "app//com.acme.Main.main(Main.java:3)"]


@pytest.fixture
def java(bridge):
    def stack_of(error):
        return [*error.java.stack, *([] if error.java.foreign else HERE)]

    causes: dict[int, object] = {}
    bridge.causes = causes
    bridge.describe(
        "java.lang.Throwable",
        None,
        traits="throwable",
        new=lambda text="": text,
        getStackTrace=stack_of,
        getCause=lambda self: causes.get(id(self.java)),
    )
    bridge.describe("java.io.IOException", "java.lang.Throwable", traits="throwable")
    bridge.describe("java.util.Arrays", toString=staticmethod(lambda x: f"[{', '.join(x)}]"))
    bridge.describe(
        "java.lang.Thread",
        currentThread=staticmethod(lambda: bridge.make("java.lang.Thread", None)),
        getStackTrace=lambda self: [
            "java.base/java.lang.Thread.getStackTrace(Thread.java:1)",
            *HERE,
        ],
    )
    return bridge


class Thrown:
    def __init__(self, *stack: str, foreign: bool = False) -> None:
        self.stack, self.foreign = stack, foreign


def thrown(java, text, *stack, kind="java.io.IOException"):
    return from_java(java.find(kind), Thrown(*stack), text)


def test_exception_has_its_type_message_and_throwable(java):
    java_object = Thrown()
    error = from_java(java.find("java.io.IOException"), java_object, "java.io.IOException: gone")
    assert type(error) is naja.java_type("java.io.IOException")
    assert isinstance(error, naja.java_type("java.lang.Throwable"))
    assert isinstance(error, JavaException)
    assert (str(error), error.args, error.java) == ("gone", ("gone",), java_object)
    assert repr(error) == "IOException('gone')"


@pytest.mark.parametrize(
    "text, message",
    [
        ("java.io.IOException: ", ""),
        ("java.io.IOException: a: b", "a: b"),
        ("Own text", "Own text"),
    ],
)
def test_message_is_what_java_prints_behind_the_name(java, text, message):
    assert str(thrown(java, text)) == message


def test_exception_without_a_message_has_no_arguments(java):
    error = thrown(java, "java.io.IOException")
    assert (str(error), error.args, repr(error)) == ("", (), "IOException()")


def test_text_of_a_plain_java_exception_is_kept():
    error = from_java(JavaException, None, "java.io.IOException: gone")
    assert (type(error), str(error)) == (JavaException, "java.io.IOException: gone")


def test_except_catches_by_javas_inheritance(java):
    with pytest.raises(naja.java_type("java.lang.Throwable")):
        raise thrown(java, "java.io.IOException: gone")


def test_constructed_exception_can_be_raised(java):
    kind = naja.java_type("java.io.IOException")
    java.described["java.io.IOException"]["new"] = lambda text: f"java.io.IOException: {text}"
    error = kind("mine")
    assert (type(error), str(error)) == (kind, "mine")
    assert type(error.java) is naja.JavaObject
    assert error.__traceback__ is None
    with pytest.raises(kind, match="^mine$"):
        raise error


def test_traceback_shows_javas_frames_below_pythons(java):
    def model():
        raise thrown(
            java,
            "java.io.IOException: gone",
            "java.base/java.util.ArrayList.get(ArrayList.java:427)",
            "app//com.acme.Feature$$Lambda$14/0x0000000800066840.apply(Unknown Source)",
            "com.acme.Feature.of(Feature.java)",
            "dev.naja.internal.JavaUpcalls.convert(JavaUpcalls.java:9)",
            "java.base@17.0.1/java.lang.Object.wait(Native Method)",
        )

    with pytest.raises(JavaException) as info:
        model()
    lines = traceback.format_exception(type(info.value), info.value, info.value.__traceback__)
    assert [line for line in lines if "test_java_errors.py" not in line] == [
        "Traceback (most recent call last):\n",
        '  File "Native Method", line 0, in java.lang.Object.wait\n',
        '  File "Feature.java", line 0, in com.acme.Feature.of\n',
        '  File "Unknown Source", line 0, in '
        "com.acme.Feature$$Lambda$14/0x0000000800066840.apply\n",
        '  File "ArrayList.java", line 427, in java.util.ArrayList.get\n',
        "java.io.IOException: gone\n",
    ]
    assert "in model" in lines[2]
    frames = describe(info.value)[3]
    assert frames[0] == ("ArrayList.java", 427, "java.util.ArrayList.get")
    assert frames[1] == (
        "Unknown Source",
        -1,
        "com.acme.Feature$$Lambda$14/0x0000000800066840.apply",
    )


def test_interpreters_own_printer_shows_them_too(java, capfd):
    error = thrown(java, "java.io.IOException: gone", "a.B.c(B.java:5)")
    sys.__excepthook__(type(error), error, error.__traceback__)
    printed = capfd.readouterr().err
    assert printed.endswith('  File "B.java", line 5, in a.B.c\njava.io.IOException: gone\n')


def test_stack_of_this_thread_below_python_is_not_shown(java):
    assert thrown(java, "java.io.IOException: gone").__traceback__ is None


def test_frames_between_two_calls_of_python_are_shown(java):
    outer = from_java(
        java.find("java.io.IOException"),
        Thrown("a.B.inner(B.java:1)", HERE[0], "a.B.between(B.java:2)"),
        "x",
    )
    steps = traceback.walk_tb(outer.__traceback__)
    assert [frame.f_code.co_name for frame, _ in steps] == ["a.B.between", "a.B.inner"]


def test_stack_of_another_thread_is_shown_whole(java):
    java_object = Thrown(
        "a.B.c(B.java:5)", "java.base/java.lang.Thread.run(T.java:9)", foreign=True
    )
    trace = from_java(java.find("java.io.IOException"), java_object, "x").__traceback__
    assert [line for _, line in traceback.walk_tb(trace)] == [9, 5]


def test_frames_hold_nothing(java):
    import gc
    import weakref

    gc.disable()
    try:
        error = thrown(java, "java.io.IOException: gone", "a.B.c(B.java:5)")
        assert [frame.f_back for frame, _ in traceback.walk_tb(error.__traceback__)] == [None]
        reference = weakref.ref(error)
        del error
        assert reference() is None
    finally:
        gc.enable()


def test_only_the_innermost_frames_are_shown(java):
    from naja._java_frames import MAX_FRAMES

    stack = [f"a.B.c(B.java:{number})" for number in range(1, 2000)]
    steps = list(traceback.walk_tb(thrown(java, "x", *stack).__traceback__))
    assert len(steps) == MAX_FRAMES
    assert steps[-1][1] == 1


def test_failing_stack_leaves_the_exception_as_it_is(java):
    java.described.pop("java.util.Arrays")
    error = thrown(java, "java.io.IOException: gone", "a.B.c(B.java:5)")
    assert (str(error), error.__traceback__) == ("gone", None)


def test_cause_is_pythons_cause(java):
    root = thrown(java, "java.lang.Throwable: root", kind="java.lang.Throwable")
    outer = Thrown()
    java.causes[id(outer)] = root
    error = from_java(java.find("java.io.IOException"), outer, "java.io.IOException: outer")
    assert error.__cause__ is root
    assert "direct cause" in "".join(traceback.format_exception(type(error), error, None))


def test_causes_in_a_circle_end(java):
    first, second = Thrown(), Thrown()

    def cause(self):
        other = second if self.java is first else first
        return from_java(java.find("java.io.IOException"), other, "java.io.IOException: x")

    java.described["java.lang.Throwable"]["members"]["getCause"] = cause
    error = from_java(java.find("java.io.IOException"), first, "java.io.IOException: x")
    assert error.__cause__.java is second
    assert error.__cause__.__cause__.java is first
    assert error.__cause__.__cause__.__cause__ is None


def test_pickles_as_text(java):
    error = pickle.loads(pickle.dumps(thrown(java, "java.io.IOException: gone")))
    assert (type(error), str(error), error.java) == (
        JavaException,
        "java.io.IOException: gone",
        None,
    )


def test_subclassing_a_throwable_is_refused(java):
    with pytest.raises(TypeError, match=r"cannot extend the Java class java\.io\.IOException"):
        type("Mine", (naja.java_type("java.io.IOException"),), {})
