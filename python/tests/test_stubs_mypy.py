from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from javac import write_stubs

EXAMPLE = Path(__file__).with_name("java_example.py")

PACKAGES = [
    "java.lang",
    "java.math",
    "java.time",
    "java.util",
    "java.util.concurrent",
    "java.util.function",
    "java.util.stream",
]

#: Statements that are wrong, and mypy's code for each.
MISTAKES = [
    ("ArrayList(3).ad(1)", "attr-defined"),
    ("names: ArrayList[int] = ArrayList(['a'])", "list-item"),
    ("LocalDate.of('2026', 1, 31)", "call-overload"),
    ("LocalDate.now().plusDays(1.5)", "arg-type"),
    ("LocalDate()", "call-arg"),
    ("List.of(1).get('a')", "arg-type"),
    ("List.of(1).forEach(len)", "arg-type"),
    ("List.of(1).get(index=0)", "call-arg"),
    ("DayOfWeek.SOMEDAY", "attr-defined"),
    ("DayOfWeek.MONDAY = DayOfWeek.TUESDAY", "misc"),
    ("day: int = LocalDate.now()", "assignment"),
    ("'a' + List.of(1)[0]", "operator"),
    ("String.join('-', 'abc', 5)", "call-overload"),
    ("Runnable(len)", "arg-type"),
]


@pytest.fixture(scope="module")
def stubs(tmp_path_factory) -> Path:
    """Stubs of what the example uses."""
    output = tmp_path_factory.mktemp("stubs")
    write_stubs(output, *PACKAGES)
    return output


def mypy(stubs: Path, *arguments: str) -> list[str]:
    """The errors that mypy has; nothing of this checkout is on its path."""
    cache = stubs.parent / "mypy-cache"
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", cache, *arguments]
    environment = {**os.environ, "MYPYPATH": str(stubs), "PYTHONPATH": ""}
    options = {"cwd": stubs.parent, "env": environment, "capture_output": True, "text": True}
    done = subprocess.run([*map(str, command)], timeout=250, **options)
    assert done.returncode in (0, 1), done.stderr
    return [line for line in done.stdout.splitlines() if " error: " in line]


def test_an_example(stubs, tmp_path):
    file = shutil.copy(EXAMPLE, tmp_path)
    assert mypy(stubs, str(file)) == []


def test_the_stubs_themselves(stubs):
    assert mypy(stubs, str(stubs)) == []


def test_mistakes_are_found(stubs, tmp_path):
    file = tmp_path / "mistakes.py"
    lines = [
        "from java.lang import Runnable, String",
        "from java.time import DayOfWeek, LocalDate",
        "from java.util import ArrayList, List",
        *(statement for statement, _ in MISTAKES),
    ]
    file.write_text("\n".join(lines))
    found = [re.search(r":(\d+): .*\[(.*)]$", error) for error in mypy(stubs, str(file))]
    codes = {lines[int(match[1]) - 1]: match[2] for match in found}
    assert codes == dict(MISTAKES)
