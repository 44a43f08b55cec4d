"""Are the stubs in the jar, and does what they promise happen?"""

import os
import subprocess
from pathlib import Path

from harness import ROOT, machine
from harness.jvm import Jvm, jar

#: What mypy accepts with the stubs alone; see ``python/tests/test_stubs_mypy.py``.
EXAMPLE = ROOT / "python" / "tests" / "java_example.py"


def test_stubs_are_written_by_the_jar(tmp_path: Path):
    command = [machine.default_python().executable, "-m", "naja.stubs", "java.util.function"]
    environment = {
        **os.environ,
        "PYTHONPATH": str(jar()),
        "JAVA_HOME": str(machine.main_jdk().home),
    }
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "stubs" / "java" / "util" / "function" / "__init__.pyi").read_text()
    assert "class Function(" in written
    assert "def implements(" in (tmp_path / "stubs" / "naja" / "__init__.pyi").read_text()


def test_the_example_that_mypy_accepts_runs(jvm: Jvm):
    assert jvm.succeed("Run", EXAMPLE.read_text()) == [
        "b 1970-01-05 2",
        "z,firstfirsta,z,a1,b2",
        "11",
        "true",
        "value!report done1true",
        "why",
        "returned",
        "alive 42",
    ]


def test_the_jar_beside_python_s_modules_does_no_harm(jvm: Jvm):
    source = "import sys, naja\nassert naja.__spec__.origin == '<naja>/__init__.py'\n"
    with_jar = jvm.with_variables(PYTHONPATH=str(jar()))
    assert with_jar.succeed("Run", source) == ["returned", "alive 42"]
