"""How does Java run source text that lies in no file?

Each text gets a file name of its own, ``<naja-1>`` and so on, under which ``linecache`` knows its
lines: tracebacks and ``inspect`` show them as those of a file.
"""

from __future__ import annotations

import builtins
import sys
from _thread import RLock
from itertools import count

from naja._when_imported import when_imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import CodeType
    from typing import Any

#: How many texts are kept, compiled and with their lines. The oldest give way.
MAX_PROGRAMS = 256

_programs: dict[tuple[str, str], CodeType] = {}
#: Reentrant, for the garbage collector may run anything while it is held.
_lock = RLock()
_numbers = count(1)


def new(name: str) -> dict[str, Any]:
    """Fresh globals.

    Args:
        name: Their ``__name__``, which becomes the ``__module__`` of what is defined there.
    """
    return {"__name__": name, "__doc__": None, "__builtins__": builtins}


def execute(source: str, namespace: dict[str, Any]) -> None:
    """Runs statements; like `exec`, with source lines in tracebacks.

    Raises:
        SyntaxError: The text is not Python.
        ValueError: The text contains a NUL (before CPython 3.12).
    """
    exec(_compiled(source, "exec"), namespace)


def evaluate(source: str, namespace: dict[str, Any]) -> object:
    """Evaluates an expression; like `eval`, with source lines in tracebacks.

    Raises:
        SyntaxError: The text is not an expression.
        ValueError: The text contains a NUL (before CPython 3.12).
    """
    return eval(_compiled(source.lstrip(" \t"), "eval"), namespace)


def _compiled(source: str, mode: str) -> CodeType:
    key = (mode, source)
    code = _programs.get(key)
    if code is None:
        code = compile(source, f"<naja-{next(_numbers)}>", mode, dont_inherit=True)
        with _lock:
            _programs[key] = code
            _show(source, code)
            if len(_programs) > MAX_PROGRAMS:
                oldest = _programs.pop(next(iter(_programs)))
                _line_cache().pop(oldest.co_filename, None)
    return code


def _show(source: str, code: CodeType) -> None:
    lines = source.splitlines(keepends=True)
    # Without a modification time the line cache takes it that there is no file to look at.
    _line_cache()[code.co_filename] = (len(source), None, lines, code.co_filename)


def _line_cache() -> dict[str, Any]:
    """The cache of ``linecache``, or a stand-in until that is imported."""
    return getattr(sys.modules.get("linecache"), "cache", {})


def _show_all() -> None:
    with _lock:
        for (_, source), code in list(_programs.items()):
            _show(source, code)


when_imported("linecache", _show_all)
