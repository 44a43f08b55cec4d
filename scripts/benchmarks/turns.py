"""How do benchmarks in several processes take turns?

What is compared runs in processes of its own that are all there at once, and each waits while
another one measures. On a virtual machine the same code may take twice as long for half a minute,
for what its host's other tenants do; in turns that are shorter than that it touches all subjects
alike, and a comparison within a turn cancels it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from types import TracebackType

OVER = "turn over"
"""What a process prints after each turn."""


class Contestant:
    """A process that measures when it is its turn: when it reads a line."""

    def __init__(self, command: list) -> None:
        """Start the process of a command line."""
        self._command = command
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def __enter__(self) -> Contestant:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type | None, error: Exception | None, at: TracebackType | None
    ) -> None:
        """Kill the process if it has not ended."""
        self._process.kill()
        self._process.communicate()

    def turn(self) -> None:
        """Have it measure once.

        Raises CalledProcessError when it ends instead.
        """
        try:
            print(file=self._process.stdin, flush=True)
        except BrokenPipeError:
            raise self._failure() from None
        for line in self._process.stdout:
            if line.startswith(OVER):
                return
        raise self._failure()

    def end(self) -> None:
        """Wait until it has ended, after its last turn.

        Raises CalledProcessError when it fails then.
        """
        self._process.communicate()
        if self._process.returncode:
            raise self._failure()

    def _failure(self) -> subprocess.CalledProcessError:
        return subprocess.CalledProcessError(self._process.wait(), self._command)


def turned(subjects: Sequence, turn: int) -> list:
    """The subjects from another one on in each turn."""
    first = turn % len(subjects)
    return [*subjects[first:], *subjects[:first]]
