"""How fast is a program that runs without end, in its turns?

The program leaves in a file how many rows it has done; between its turns it and all that it has
started are stopped.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

PATIENCE = 120
"""Seconds in which a program must have done its first row."""
SETTLING = 0.1
"""Seconds of a turn before its rows count: the file is written once in some milliseconds."""


class Running:
    """A process group that does rows, stopped between its turns once it is warm; leaving it kills it."""

    def __init__(
        self, command: Callable[[Path], list], file: Path, environment: Mapping | None = None
    ) -> None:
        """Start it.

        Args:
            command: Its command line, of the file in which it is to leave its number of rows as a
                long of the machine's byte order.
            file: Where that file is made.
            environment: Its environment, unless it is this process's.
        """
        file.write_bytes(bytes(8))
        with file.open("r+b") as opened:
            self._rows = mmap.mmap(opened.fileno(), 8)
        self._command = command(file)
        self._process = subprocess.Popen(
            self._command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )

    def __enter__(self) -> Running:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type | None, error: Exception | None, at: TracebackType | None
    ) -> None:
        """Kill it, and what it has started."""
        self._signal(signal.SIGKILL)
        self._process.wait()

    def warm_up(self, seconds: float) -> None:
        """Let it run from its first row for some time, then stop it.

        Raises CalledProcessError when it has ended instead, TimeoutError when it does no row.
        """
        latest = time.monotonic() + PATIENCE
        while not self._done():
            if time.monotonic() > latest:
                raise TimeoutError(f"no row after {PATIENCE} s: {self._command}")
            time.sleep(0.05)
        time.sleep(seconds)
        self._stop()

    def turn(self, seconds: float) -> list:
        """Let it run for some time: rows that it did, and seconds.

        Raises CalledProcessError when it has ended.
        """
        self._signal(signal.SIGCONT)
        time.sleep(SETTLING)
        began, before = time.perf_counter(), self._done()
        time.sleep(seconds)
        rows, elapsed = self._done() - before, time.perf_counter() - began
        self._stop()
        return [rows, elapsed]

    def _stop(self) -> None:
        self._signal(signal.SIGSTOP)

    def _done(self) -> int:
        """Rows so far."""
        if self._process.poll() is not None:
            raise subprocess.CalledProcessError(self._process.returncode, self._command)
        return struct.unpack("=q", self._rows[:])[0]

    def _signal(self, number: int) -> None:
        """Signal it and what it has started, if there is any of it."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
