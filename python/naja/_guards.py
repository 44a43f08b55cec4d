"""Which functions of the standard library would take the JVM down, and what takes their place?

``faulthandler`` takes signals from the JVM that the JVM lives by, and a forked JVM has none of its
threads. Both refuse here and say what works instead. ``subprocess``, ``posix_spawn`` and
``multiprocessing`` with ``spawn`` or ``forkserver`` are not touched.
"""

from __future__ import annotations

import _signal
import faulthandler
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_HARM = (
    "it would take SIGSEGV from the JVM that runs this Python and break the JVM. To use it, start "
    "the JVM with the environment variable LD_PRELOAD=$JAVA_HOME/lib/libjsig.so, which chains "
    "signal handlers."
)

#: Signals that HotSpot handles, beyond those that `faulthandler.register` refuses by itself.
JVM_SIGNALS = ("SIGHUP", "SIGINT", "SIGPIPE", "SIGQUIT", "SIGTERM", "SIGTRAP", "SIGUSR2", "SIGXFSZ")


def install() -> None:
    """Puts the refusals in place. A second time changes nothing.

    A ``faulthandler`` that ``PYTHONFAULTHANDLER`` or ``PYTHONDEVMODE`` has enabled is disabled.
    """
    if getattr(faulthandler.enable, "__module__", "") == __name__:
        return
    if faulthandler.is_enabled() and not _signals_are_chained():
        faulthandler.disable()
        print(f"naja: faulthandler was enabled and is now disabled: {_HARM}", file=sys.stderr)
    _replace(faulthandler, "enable", _guarded_enable(faulthandler.enable))
    if hasattr(faulthandler, "register"):
        _replace(faulthandler, "register", _guarded_register(faulthandler.register))
    for name in ("fork", "forkpty"):
        if hasattr(os, name):
            _replace(os, name, _refused_fork(f"os.{name}()"))


def _replace(module: Any, name: str, function: Any) -> None:
    function.__name__ = function.__qualname__ = name
    function.__doc__ = getattr(module, name).__doc__
    setattr(module, name, function)


def _guarded_enable(enable: Callable[..., None]) -> Callable[..., None]:
    def guarded(*args: Any, **kwargs: Any) -> None:
        _require_signal_chaining("faulthandler.enable()", "SIGSEGV")
        if not args:
            # Java's stream, which `sys.stderr` may be, has no file descriptor.
            kwargs.setdefault("file", sys.__stderr__)
        enable(*args, **kwargs)

    return guarded


def _guarded_register(register: Callable[..., None]) -> Callable[..., None]:
    def guarded(signum: int, *args: Any, **kwargs: Any) -> None:
        for name in JVM_SIGNALS:
            if signum == getattr(_signal, name, None):
                _require_signal_chaining(f"faulthandler.register({name})", name)
        if not args:
            kwargs.setdefault("file", sys.__stderr__)
        register(signum, *args, **kwargs)

    return guarded


def _require_signal_chaining(call: str, signal: str) -> None:
    if not _signals_are_chained():
        raise RuntimeError(f"{call} is refused: {_HARM.replace('SIGSEGV', signal)}")


def _signals_are_chained() -> bool:
    """Whether ``libjsig`` is loaded, which lets the JVM's handlers and others coexist."""
    try:
        with open("/proc/self/maps", "rb") as maps:
            return any(b"libjsig" in line for line in maps)
    except OSError:
        return False


def _refused_fork(call: str) -> Callable[[], int]:
    def refused() -> int:
        raise RuntimeError(
            f"{call} inside a JVM gives a child without the JVM's threads, which hangs or crashes. "
            "To run a program use subprocess; to run Python in parallel use "
            "multiprocessing.get_context('spawn') or 'forkserver'."
        )

    return refused
