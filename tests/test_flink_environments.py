"""Does a job bring its own interpreter to a cluster, an environment of venv's or conda's in an archive?"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from harness import conda, machine
from harness.flink import cluster
from harness.jvm import Jvm, jar
from harness.scripts import lines, numbers, sink, write

pytestmark = pytest.mark.timeout(600)

JVM = Jvm(machine.main_jdk(), machine.default_python())

full = pytest.mark.skipif(
    os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
)

SCORE = """
    import os
    import sys
    import acmeonly

    with open("/proc/self/maps") as maps:
        (libpython,) = {line.split()[5] for line in maps if "/libpython" in line}

    def score(n: int) -> str:
        own = f"{os.path.dirname(os.__file__)} {libpython}"
        return f"{n} {acmeonly.VERSION} {sys.executable} {sys.prefix} {own}"
"""


def environment(directory: Path, *options: str) -> Path:
    """A virtual environment with a package that no other one has."""
    python = JVM.python.executable
    command = [python, "-m", "venv", "--without-pip", *options, directory]
    subprocess.run(command, check=True, timeout=120)
    return with_package(directory)


def with_package(environment: Path) -> Path:
    (packages,) = environment.glob("lib/python*/site-packages")
    write(packages / "acmeonly" / "__init__.py", 'VERSION = "7"\n')
    return environment


def zipped(directory: Path) -> tuple[str, str]:
    """PyFlink's form: a zip of a virtual environment made of copies, its folder in it."""
    environment(directory / "venv", "--copies")
    program = "import shutil; shutil.make_archive('venv', 'zip', '.', 'venv')"
    subprocess.run([JVM.python.executable, "-c", program], cwd=directory, check=True, timeout=120)
    return str(directory / "venv.zip"), "venv.zip/venv/bin/python"


def packed(directory: Path) -> tuple[str, str]:
    """What venv-pack makes: a tar of what is in the folder, links and all."""
    return tar(environment(directory / "venv", "--symlinks"), "venv")


def conda_packed(directory: Path) -> tuple[str, str]:
    """What conda-pack makes, a tar of the same kind, with an installation that needs no other one."""
    conda.environment(JVM.python, directory / "conda")
    made = tar(with_package(directory / "conda"), "conda")
    shutil.rmtree(directory / "conda")
    return made


def tar(directory: Path, name: str) -> tuple[str, str]:
    archive = directory.with_name("packed.tar.gz")
    subprocess.run(["tar", "czf", archive, "-C", directory, "."], check=True, timeout=120)
    return f"{archive}#{name}", f"{name}/bin/python"


def run(tmp_path: Path, archive: str, executable: str) -> list[str]:
    """Runs a job on what it ships; gives the places that its function tells, the same for each row."""
    fraud, out = write(tmp_path / "fraud.py", SCORE), tmp_path / "out"
    script = f"""
        LOAD MODULE naja WITH (
          'python.files' = '{fraud}', 'functions' = 'fraud.score',
          'python.archives' = '{archive}', 'python.executable' = '{executable}');
        {numbers(20)}
        {sink(out, "s STRING")}
        INSERT INTO results SELECT score(n) FROM numbers;
    """
    jars = (jar("flink-sql-naja"),)
    with cluster(JVM, tmp_path / "cluster", jars=jars, task_managers=1) as session:
        session.wait_for(session.submit(script), "FINISHED")
    rows = [line.strip('"').split() for line in lines(out)]
    assert sorted(int(number) for number, *_ in rows) == list(range(1, 21))
    ((version, python, prefix, *own),) = {tuple(rest) for _, *rest in rows}
    assert version == "7"
    inside = executable.partition("/")[2]
    assert python == f"{prefix}/bin/python" and python.endswith(f"/{inside}")
    # It was unpacked where the worker keeps archives, by their content.
    assert prefix.startswith(f"{tmp_path}/cluster/tmp/naja-")
    return [str(Path(place).relative_to(prefix)) for place in own if place.startswith(prefix)]


@pytest.mark.parametrize("pack", [zipped, pytest.param(packed, marks=full)])
def test_a_job_runs_on_the_virtual_environment_that_it_ships(tmp_path, pack):
    # The standard library and libpython are the base installation's.
    assert run(tmp_path, *pack(tmp_path)) == []


@full
def test_a_job_runs_on_the_conda_environment_that_it_ships(tmp_path):
    name = f"python{JVM.python.minor}"
    own = [f"lib/{name}", f"lib/lib{name}.so.1.0"]
    assert run(tmp_path, *conda_packed(tmp_path)) == own
