"""What do the tests stand on? The machine's Pythons and JDKs, and JVM processes that embed one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: What the tests build and keep: virtual environments, compiled scenarios, reports, crash logs.
TARGET = ROOT / "target" / "tests"

#: What Java's compiler makes: a directory for each process that runs tests, as none may write what another's JVM reads.
CLASSES = TARGET / "classes" / os.environ.get("PYTEST_XDIST_WORKER", "main")


@contextmanager
def exclusive(what: str) -> Iterator[None]:
    """Lets one process at a time make what all of them use."""
    with open(TARGET / f"{what}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
