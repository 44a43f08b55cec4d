from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "naja"

# What the bridge does to start the Python half.
BOOT = f"""
import pathlib
package = pathlib.Path({str(PACKAGE)!r})
texts = {{path.stem: path.read_text() for path in package.glob("*.py")}}
boot = texts.pop("_bootstrap")
texts = {{"naja" if name == "__init__" else "naja." + name: text for name, text in texts.items()}}
exec(boot, {{"sources": texts}})
"""


class FakeNative:
    """Stands in for the bridge and remembers what it was given."""

    def __init__(self) -> None:
        self.written: list[tuple[int, str | bytes]] = []

    def write(self, stream: int, text: str) -> None:
        self.written.append((stream, text))

    def write_bytes(self, stream: int, data: bytes) -> None:
        self.written.append((stream, data))


@pytest.fixture
def native() -> FakeNative:
    return FakeNative()


@pytest.fixture
def isolated():
    """Runs code in an interpreter of its own that loads the Python half as the bridge does."""

    def run(code: str, *options: str) -> str:
        command = [sys.executable, "-I", *options, "-c", BOOT + code]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run
