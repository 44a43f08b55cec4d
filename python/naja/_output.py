"""How does what Python prints reach Java's ``System.out`` and ``System.err``?

``sys.stdout`` and ``sys.stderr`` are replaced by streams that hand text to the bridge a line at a
time. A line that a thread has begun waits until that thread ends or flushes it, so that lines of
several threads are not torn.
"""

from __future__ import annotations

import io
import sys
from _thread import get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

    from naja._native import Native

#: A thread's unfinished line is passed on when it gets longer than this many characters.
MAX_PENDING = 8192


class JavaTextStream(io.TextIOBase):
    """A text stream that Java prints. Line buffered for each thread; any thread may write."""

    encoding = "utf-8"
    errors = "surrogateescape"
    newlines = None
    line_buffering = True
    write_through = False
    mode = "w"

    def __init__(self, native: Native, stream: int, name: str, fallback: TextIO | None) -> None:
        self.name = name
        self.native = native
        self.buffer = JavaByteStream(self, stream)
        self._stream = stream
        self._fallback = fallback
        self._pending: dict[int, str] = {}
        self._printing: set[int] = set()

    def write(self, text: str) -> int:
        """Writes text; whole lines go to Java at once. Raises what Java's stream throws."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        thread = get_ident()
        pending = self._pending.pop(thread, "") + text
        end = pending.rfind("\n") + 1
        if "\r" in text or len(pending) - end > MAX_PENDING:
            end = len(pending)
        if end < len(pending):
            self._pending[thread] = pending[end:]
        self._print(thread, pending[:end])
        return len(text)

    def flush(self) -> None:
        """Passes the calling thread's unfinished line on."""
        thread = get_ident()
        self._print(thread, self._pending.pop(thread, ""))

    def flush_all(self) -> None:
        """Passes every thread's unfinished line on, for the end of the process."""
        while self._pending:
            self._print(get_ident(), self._pending.popitem()[1])

    def _print(self, thread: int, text: str) -> None:
        if not text:
            return
        if thread in self._printing:
            # Java's stream prints by calling Python: the process's own output ends the circle.
            if self._fallback is not None:
                self._fallback.write(text)
            return
        self._printing.add(thread)
        try:
            self.native.write(self._stream, text)
        finally:
            self._printing.discard(thread)

    def writable(self) -> bool:
        """True."""
        return True

    def isatty(self) -> bool:
        """False, whatever Java's stream ends in."""
        return False

    def reconfigure(self, **options: object) -> None:
        """Accepts what `io.TextIOWrapper.reconfigure` does and changes nothing: Java encodes."""

    def close(self) -> None:
        """Flushes. The stream stays open, for it is Java's."""
        self.flush()

    def __repr__(self) -> str:
        return f"<naja stream {self.name!r}>"


class JavaByteStream(io.BufferedIOBase):
    """The bytes below a text stream. Each write goes to Java at once."""

    mode = "wb"

    def __init__(self, text: JavaTextStream, stream: int) -> None:
        self.name = text.name
        self._text = text
        self._stream = stream

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Writes bytes, after the text that the calling thread wrote before."""
        octets = bytes(memoryview(data))
        self._text.flush()
        self._text.native.write_bytes(self._stream, octets)
        return len(octets)

    def flush(self) -> None:
        """Passes the text that waits on."""
        self._text.flush()

    def writable(self) -> bool:
        """True."""
        return True

    def close(self) -> None:
        """Flushes. The stream stays open, for it is Java's."""
        self.flush()


def install(native: Native) -> None:
    """Sends `sys.stdout` and `sys.stderr` to Java. A later call sends them to another bridge's."""
    sys.stdout = _redirected(sys.stdout, native, 1, "<stdout>", sys.__stdout__)
    sys.stderr = _redirected(sys.stderr, native, 2, "<stderr>", sys.__stderr__)


def _redirected(
    current: TextIO, native: Native, stream: int, name: str, fallback: TextIO | None
) -> JavaTextStream:
    if isinstance(current, JavaTextStream):
        current.native = native
        return current
    if current is not None:
        current.flush()
    return JavaTextStream(native, stream, name, fallback)


def uninstall() -> None:
    """Gives `sys.stdout` and `sys.stderr` back to the process."""
    flush()
    sys.stdout = sys.__stdout__
    sys.stderr = sys.__stderr__


def flush() -> None:
    """Passes on whatever waits in `sys.stdout` and `sys.stderr`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, JavaTextStream):
            stream.flush_all()
        elif stream is not None:
            stream.flush()
