from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fake_bridge import FakeBridge

PACKAGE = Path(__file__).parents[1] / "naja"

# What the bridge does to start the Python half.
BOOT = f"""
import pathlib
package = pathlib.Path({str(PACKAGE)!r})
files = [*package.glob("*.py"), *package.glob("flink/*.py")]
texts = {{
    ".".join(("naja", *path.relative_to(package).with_suffix("").parts)).replace(".__init__", "")
    : path.read_text()
    for path in files
}}
boot = texts.pop("naja._bootstrap")
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


@pytest.fixture
def bridge(monkeypatch):
    """A bridge without a JVM, and the modules that use one."""
    import naja

    fake = FakeBridge()
    before = set(sys.modules)
    monkeypatch.setitem(sys.modules, "naja._bridge", fake)
    monkeypatch.setattr(naja, "_bridge", fake, raising=False)
    fake.describe("java.lang.Object", None)
    yield fake
    # All but what other tests may have imported by now is made anew for the next bridge.
    for name in set(sys.modules) - before - {"naja._errors", "naja._bridge"}:
        if name.partition(".")[0] in ("naja", *{each.partition(".")[0] for each in fake.packages}):
            del sys.modules[name]
            vars(naja).pop(name.rpartition(".")[2], None)
    for name, module in naja._MODULES.items():
        if module != "_errors":
            vars(naja).pop(name, None)
