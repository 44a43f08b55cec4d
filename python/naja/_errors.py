"""What must Java know about a Python exception, and Python about a Java one?

`describe` runs when something has already gone wrong, possibly on an exception whose class is
hostile: it asks types and slots directly, never the exception's own attributes, and always returns.
"""

from __future__ import annotations

import sys
from _thread import get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Any, Optional

    Frame = tuple[str, int, str]
    Notes = tuple[str, ...]
    Description = tuple[
        str, str, str, tuple[Frame, ...], str, Notes, Optional["Description"], BaseException
    ]

#: How long a chain of causes may get.
MAX_CAUSES = 50

#: How many frames are told, the innermost ones. As many as HotSpot keeps of a Java stack.
MAX_FRAMES = 1024

_OWN_FILES = "<naja>/"


class DeadlineExceeded(BaseException):
    """Raised in Python code that Java called with a deadline, once that has passed.

    Not an `Exception`, so that ``except Exception`` in the code that runs too long does not swallow
    it. Java sees a ``PythonTimeoutException``.
    """

    __module__ = "naja"

    def __str__(self) -> str:
        return super().__str__() or "the deadline that Java set for this call has passed"


class JavaException(RuntimeError):
    """A Java throwable on its way through Python; back in Java it is the same object again.

    Java's throwable classes are subclasses of this one, with Java's inheritance, so that ``except``
    catches by them. Their ``str`` is the message that Java prints behind the class's name.

    Pickled, for another process, it keeps its text alone and becomes a plain `JavaException`.

    Attributes:
        java: The throwable, or ``None`` after unpickling.
    """

    __module__ = "naja"

    def __init__(self, text: str, java: Any = None) -> None:
        super().__init__(text)
        self.java = java

    def __reduce__(self) -> tuple[type[JavaException], tuple[str]]:
        return JavaException, (self.__dict__.get("_java_text", str(self)),)


def from_java(kind: type[JavaException], java: Any, text: str) -> JavaException:
    """The Python exception for a throwable that Java throws at Python. Called by the bridge.

    A printed traceback shows Java's frames below Python's, the one that threw last, and Java's
    causes above.

    Args:
        kind: The throwable's Python type.
        java: The throwable.
        text: Its ``toString()``.
    """
    exception = wrap(kind, java, text)
    try:
        from naja._java_frames import trace_of

        exception.__traceback__ = trace_of(exception)
    except Exception:
        pass  # Out of stack or of memory, or the class filter refuses what it takes.
    return exception


def wrap(kind: type[JavaException], java: Any, text: str) -> JavaException:
    """The Python exception for a throwable, with its causes, without the frames of its stack."""
    name = getattr(kind, "__java_name__", "")
    args = (text,)
    if name and text == name:
        args = ()
    elif name and text.startswith(f"{name}: "):
        args = (text[len(name) + 2 :],)
    exception = kind.__new__(kind, *args)
    JavaException.__init__(exception, text, java)
    exception.args = args
    exception._java_text = text
    _link_cause(exception)
    return exception


#: The throwables whose causes are being asked for, by thread: Java allows causes in a circle.
_open_causes: dict[int, list[Any]] = {}


def _link_cause(exception: JavaException) -> None:
    if not hasattr(type(exception), "getCause"):
        return
    thread = get_ident()
    chain = _open_causes.setdefault(thread, [])
    if len(chain) >= MAX_CAUSES or any(exception.java is link for link in chain):
        return
    chain.append(exception.java)
    try:
        cause = exception.getCause()
        if isinstance(cause, BaseException) and cause is not exception:
            exception.__cause__ = cause
    except Exception:
        pass  # Without the cause, then: what went wrong is on its way already.
    finally:
        chain.pop()
        if not chain:
            del _open_causes[thread]


def describe(exception: BaseException) -> Description:
    """Tells all that Java needs to know of an exception.

    Args:
        exception: Any exception, raised or not.

    Returns:
        A tuple ``(kind, type_name, message, frames, traceback_text, notes, cause, exception)``.
        ``kind`` is ``python``, ``java`` (`JavaException`), ``timeout`` (`DeadlineExceeded`) or
        ``panic`` (a panic of the bridge). ``frames`` are ``(file, line, function)``, innermost
        first, without those of this package; a line that is not known is -1. ``cause`` is the
        description of the exception that Python would print above this one, or ``None``.

    Never raises.
    """
    description: Description | None = None
    for link in reversed(_chain(exception)):
        description = _describe_one(link, description)
    assert description is not None
    return description


def _describe_one(exception: BaseException, cause: Description | None) -> Description:
    kind, name, message, text = "python", "Exception", "", ""
    frames: tuple[Frame, ...] = ()
    notes: Notes = ()
    try:
        name = _type_name(type(exception))
        kind = _kind(type(exception), name)
        message = _text(exception)
        frames = tuple(_frames(_slot(exception, "__traceback__")))
        notes = _notes(exception)
        message, text = _explain(exception, message, frames)
    except BaseException:
        # Out of stack or of memory, or interrupted: what is known so far has to do.
        text = text or f"{name}: {message}\n"
    return kind, name, message, frames, text, notes, cause, exception


def _chain(exception: BaseException) -> list[BaseException]:
    """The exception and its causes, as far as Python would print them."""
    chain = [exception]
    try:
        while len(chain) <= MAX_CAUSES:
            link = _slot(chain[-1], "__cause__")
            if link is None and not _slot(chain[-1], "__suppress_context__"):
                link = _slot(chain[-1], "__context__")
            if link is None or any(link is earlier for earlier in chain):
                break
            chain.append(link)
    except BaseException:
        pass  # As above.
    return chain


def _slot(exception: BaseException, name: str) -> Any:
    """An attribute that every exception has, whatever its class makes of attribute access."""
    return BaseException.__dict__[name].__get__(exception)


def _type_name(kind: type) -> str:
    name = type.__dict__["__qualname__"].__get__(kind)
    try:
        module = type.__dict__["__module__"].__get__(kind)
    except AttributeError:
        return name
    return name if module == "builtins" or not isinstance(module, str) else f"{module}.{name}"


def _kind(kind: type, name: str) -> str:
    if issubclass(kind, DeadlineExceeded):
        return "timeout"
    if issubclass(kind, JavaException):
        return "java"
    return "panic" if name == "pyo3_runtime.PanicException" else "python"


def _text(value: object) -> str:
    """``str(value)`` as an exact `str`."""
    try:
        return str.__str__(str(value))
    except BaseException as failure:
        return f"<{_type_name(type(value))}.__str__ raised {_type_name(type(failure))}>"


def _frames(trace: TracebackType | None) -> Iterator[Frame]:
    steps = []
    while trace is not None:
        if not trace.tb_frame.f_code.co_filename.startswith(_OWN_FILES):
            steps.append(trace)
        if len(steps) > 2 * MAX_FRAMES:
            del steps[:MAX_FRAMES]
        trace = trace.tb_next
    for step in steps[: -MAX_FRAMES - 1 : -1]:
        code = step.tb_frame.f_code
        yield code.co_filename, step.tb_lineno or -1, code.co_name


def _notes(exception: BaseException) -> Notes:
    try:
        notes = BaseException.__getattribute__(exception, "__notes__")
    except AttributeError:
        return ()
    return tuple(map(_text, notes)) if isinstance(notes, (list, tuple)) else (_text(notes),)


def _explain(exception: BaseException, message: str, frames: tuple[Frame, ...]) -> tuple[str, str]:
    """The message with the help that Python prints beside it, and all that Python prints."""
    from traceback import TracebackException

    trace = _slot(exception, "__traceback__")
    # The frames of this package that called the user's code say nothing to the user.
    while trace is not None and trace.tb_frame.f_code.co_filename.startswith(_OWN_FILES):
        trace = trace.tb_next
    limit = -MAX_FRAMES if len(frames) == MAX_FRAMES else None
    try:
        printed = TracebackException(type(exception), exception, trace, limit=limit)
        summary = list(printed.format_exception_only())
        text = "".join(printed.format())
    except Exception:
        return message, _plain_text(type(exception), message, frames)
    if issubclass(type(exception), SyntaxError):
        # File name and line number are in the message; the line itself and the caret are not.
        lines = [line for line in summary if line.startswith("    ")]
        return f"{message}\n{''.join(lines)}".rstrip("\n"), text
    hint = _hint(exception, message, summary[0])
    if hint and hint not in summary[0]:
        before, _, after = text.rpartition(summary[0])
        text = f"{before}{summary[0][:-1]}{hint}\n{after}"
    return message + hint, text


def _plain_text(kind: type, message: str, frames: tuple[Frame, ...]) -> str:
    lines = ["Traceback (most recent call last):"] if frames else []
    lines += [f'  File "{file}", line {line}, in {name}' for file, line, name in reversed(frames)]
    return "\n".join([*lines, f"{_type_name(kind)}: {message}", ""])


def _hint(exception: BaseException, message: str, printed: str) -> str:
    """What Python adds to the message of a wrong name: ``. Did you mean: 'x'?``."""
    if not message or not issubclass(type(exception), (AttributeError, NameError, ImportError)):
        return ""
    if sys.version_info >= (3, 12):
        return printed.partition(message)[2].rstrip("\n")
    if sys.version_info < (3, 10):
        return ""
    # In 3.10 and 3.11 only the interpreter's own printer knows the hint, which cannot be asked for
    # it.
    name, known = _names(exception)
    if not isinstance(name, str):
        return ""
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f". Did you mean: {near[0]!r}?" if near else ""


def _names(exception: BaseException) -> tuple[object, list[str]]:
    """The name that was not found and those that were there instead."""
    if issubclass(type(exception), AttributeError):
        members = AttributeError.__dict__
        return members["name"].__get__(exception), dir(members["obj"].__get__(exception))
    trace = _slot(exception, "__traceback__")
    if trace is None or not issubclass(type(exception), NameError):
        return None, []
    while trace.tb_next is not None:
        trace = trace.tb_next
    frame = trace.tb_frame
    known = [*frame.f_locals, *frame.f_globals, *frame.f_builtins]
    return NameError.__dict__["name"].__get__(exception), known
