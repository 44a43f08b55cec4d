"""How does a Java stack become a Python traceback?

A traceback wants frames, and a frame wants code. Each Java frame gets that of a generator that
carries Java's names and never begins to run: others would keep their callers alive, with all that
these hold.
"""

from __future__ import annotations

from functools import lru_cache
from types import FunctionType, TracebackType

from naja._java import jdk_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType, FrameType

    from naja._errors import JavaException

#: How many frames are shown, the innermost ones.
MAX_FRAMES = 100

_INTERNAL = "dev.naja.internal."

#: Where Java calls Python.
_ENTRY = "dev.naja.internal.Native."


def trace_of(exception: JavaException) -> TracebackType | None:
    """The frames between the Python code that called Java and the one that threw, as a traceback.

    What the Java stack has in common with that of this thread now, it shows nothing of: that is
    below Python, and Java adds it by itself.
    """
    arrays = jdk_type("java.util.Arrays")
    thrown = _elements(arrays.toString(exception.getStackTrace()))
    entries = [place for place, element in enumerate(thrown) if _ENTRY in element]
    if len(entries) == 1:
        del thrown[entries[0] :]
    else:
        thread = jdk_type("java.lang.Thread").currentThread()
        here = _elements(arrays.toString(thread.getStackTrace()))
        while thrown and here and thrown[-1] == here[-1]:
            del thrown[-1], here[-1]
    trace = None
    for element in thrown[:MAX_FRAMES]:
        frame, line = _frame(element)
        if not frame.f_code.co_name.startswith(_INTERNAL):
            trace = TracebackType(trace, frame, -1, line)
    return trace


def _elements(text: str) -> list[str]:
    """What ``Arrays.toString`` has put together."""
    return text[1:-1].split(", ") if len(text) > 2 else []


def _read(element: str) -> tuple[str, str, int]:
    """Method, file and line of a ``StackTraceElement``; a line that is not known is 0.

    It reads ``loader/module@version/package.Class.method(File.java:1)``. The class of a lambda has
    a slash of its own, with a number behind.
    """
    place, _, where = element.partition("(")
    parts = place.replace("/0x", "\\0x").split("/")
    file, _, line = where.rstrip(")").rpartition(":")
    if not line.isdecimal():
        file, line = where.rstrip(")"), "0"
    return parts[-1].replace("\\0x", "/0x"), file, int(line)


class _NoSource:
    """Tells ``linecache`` not to search Python's path for Java's files."""

    @staticmethod
    def get_source(name: str) -> None:
        return None


_TEMPLATE: CodeType = (lambda: (yield)).__code__


@lru_cache(1024)
def _frame(element: str) -> tuple[FrameType, int]:
    """A frame for a ``StackTraceElement``, and its line. Tracebacks can share frames."""
    method, file, line = _read(element)
    names = {"__name__": method.rpartition(".")[0], "__loader__": _NoSource}
    code = _TEMPLATE.replace(co_name=method, co_filename=file, co_firstlineno=0)
    return FunctionType(code, names)().gi_frame, line
