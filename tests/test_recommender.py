"""Do the recommender's Python functions do what they say, and does its whole pipeline?"""

from __future__ import annotations

import os
import subprocess

import pytest

from harness import ROOT, TARGET
from harness.machine import default_python

HOME = ROOT / "examples" / "recommender"
FULL = os.environ.get("NAJA_TEST_FULL") == "1"


def python() -> str:
    """The executable of a virtual environment with the example's packages."""
    directory = TARGET / "venv-recommender"
    requirements = HOME / "python" / "requirements.txt"
    command = [ROOT / "scripts" / "venv", directory, requirements, default_python().executable]
    subprocess.run(command, check=True, timeout=600)
    return str(directory / "bin" / "python")


def test_functions_without_a_jvm():
    environment = os.environ | {"PYTHONPATH": str(ROOT / "python"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_steps.py"]
    done = subprocess.run(
        command, cwd=HOME / "python", env=environment, text=True, capture_output=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


@pytest.mark.skipif(not FULL, reason="NAJA_TEST_FULL=1 runs the recommender's pipeline")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("log", ["files", "kafka"])
def test_pipeline(log: str):
    sizes = {"USERS": "60", "HOURS": "1", "SERVING": "10"}
    environment = os.environ | sizes | {"KAFKA": "1" if log == "kafka" else "0"}
    done = subprocess.run(
        [HOME / "run", python()], env=environment, text=True, capture_output=True, timeout=1200
    )
    assert done.returncode == 0, done.stdout + done.stderr
    checked = done.stdout.partition("the same as plain Python's:\n")[2].partition("\n\n")[0]
    assert len(checked.splitlines()) == 16, done.stdout
    assert (
        (HOME / "target" / "out" / "recommender.svg")
        .read_text(encoding="utf-8")
        .endswith("</svg>\n")
    )
