"""Is too deep a recursion an exception, on threads with little stack too?"""

import os

import pytest

from harness.jvm import Jvm

FULL = os.environ.get("NAJA_TEST_FULL") == "1"

#: Stack of the threads, in KiB.
SIZES = (512, 1024, 8192)

#: What an attempt ends in.
ENDINGS = {
    "infinite recursion": {"RecursionError"},
    "recursion through attributes": {"RecursionError"},
    "recursion through calls of objects": {"RecursionError"},
    "recursion through operators": {"RecursionError"},
    "recursion through sorted": {"RecursionError"},
    "repr of nested lists": {"RecursionError"},
    "comparison of nested tuples": {"RecursionError"},
    "json of nested lists": {"RecursionError"},
    "pickle of nested lists": {"RecursionError"},
    "source of nested expressions": {"RecursionError", "MemoryError"},
    "nested lists of Java": {"PythonConversionException"},
    "nested lists of Python": {"PythonConversionException"},
    "list of Java that holds itself": {"PythonConversionException"},
    "list of Python that holds itself": {"PythonConversionException"},
    # Where the limit hits while an exception crosses, its type may be lost.
    "recursion through Java": {"StackOverflowError", "RecursionError", "RuntimeError", "Exception"},
    "Python at the end of Java's stack": {"StackOverflowError", "RecursionError"},
    "overflow of Java under Python": {"StackOverflowError"},
    "recursion through callables": {"StackOverflowError", "RecursionError"},
    "recursion through implemented interfaces": {"StackOverflowError", "RecursionError"},
    "recursion through compareTo": {"StackOverflowError", "RecursionError"},
    "recursion through toString": {"StackOverflowError", "RecursionError"},
}

#: Those that go back and forth between Python and Java's classes.
THROUGH_CLASSES = {
    "recursion through callables",
    "recursion through implemented interfaces",
    "recursion through compareTo",
    "recursion through toString",
}


def bounded(name: str, size: int, minor: int) -> bool:
    """Whether naja can bound this recursion; ``docs/safety.md`` tells what it cannot."""
    if name == "recursion through sorted":
        # Before 3.12 there is one count for Python's frames and for C calls that take much more.
        return minor >= 12 or size >= 8192
    if name == "source of nested expressions":
        # Before 3.14 the parser counts by itself, to a number made for larger stacks.
        return minor >= 14 or size >= 1024
    if name in THROUGH_CLASSES:
        # Each of thousands of levels tells the next one of the exception, which takes long.
        return size == 512 or FULL and minor < 14
    return True


@pytest.mark.over("pythons", "jdks")
def test_deep_recursion_is_an_exception(jvm: Jvm):
    minor = int(jvm.python.minor.split(".")[1])
    attempts = [
        f"{size}|{name}" for size in SIZES for name in ENDINGS if bounded(name, size, minor)
    ]
    lines = jvm.succeed("Stack", *attempts)
    assert [line.rsplit("|", 2)[0] for line in lines] == attempts
    results = [line.split("|") for line in lines]
    unexpected = [result for result in results if result[2] not in ENDINGS[result[1]]]
    assert unexpected == []
    assert {answer for _, _, _, answer in results} == {"7"}
