"""What do the tests stand on? The machine's Pythons and JDKs, and JVM processes that embed one."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: What the tests build and keep: virtual environments, compiled scenarios, reports, crash logs.
TARGET = ROOT / "target" / "tests"
