"""Does PyFlink's thread mode, set up by the steps in docs/pemja.md, give the rows of its process mode?"""

from __future__ import annotations

import json
import os
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import ROOT, TARGET, exclusive, machine
from harness.flink import free_port, wait
from harness.jvm import jar

pytestmark = pytest.mark.timeout(3000)

FULL = os.environ.get("NAJA_TEST_FULL") == "1"
HOME = ROOT / "tests" / "pyflink"
SCRIPT = HOME / "thread_mode.py"
VENV = TARGET / "venv-pyflink"

full = pytest.mark.skipif(not FULL, reason="slow: set NAJA_TEST_FULL=1 to run it")

TABLE_FUNCTION = [
    "<Row(1, 'be', 2)>",
    "<Row(1, 'or', 2)>",
    "<Row(1, 'to', 2)>",
    "<Row(2, 'not', 3)>",
    "<Row(1, 'be', 2)>",
    "<Row(1, 'or', 2)>",
    "<Row(1, 'to', 2)>",
    "<Row(2, 'not', 3)>",
    "<Row(3, None, None)>",
]

EXITS = """
import sys
from pyflink.common import Types
from pyflink.datastream import StreamExecutionEnvironment

stream = StreamExecutionEnvironment.get_execution_environment().from_collection([3], Types.INT())
with stream.map(lambda number: sys.exit(number), Types.INT()).execute_and_collect() as results:
    print(list(results))
"""


def steps(begin: str, end: str) -> list[str]:
    """The commands and settings that docs/pemja.md shows between two of its phrases."""
    page = (ROOT / "docs" / "pemja.md").read_text()
    between = page.partition(begin)[2].partition(end)[0]
    return re.findall(r"^ {4}(\S.*)$", between, re.MULTILINE)


def environment(**more: object) -> dict[str, str]:
    """This process's, without what would tell PyFlink of another Python, its packages, or another Flink."""
    hidden = ("PYTHON", "NAJA_", "JAVA_", "FLINK_", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    home = {"JAVA_HOME": str(machine.main_jdk().home), "LC_ALL": "C.UTF-8"}
    return {**kept, **home, **{name: str(value) for name, value in more.items()}}


def shell(command: str, directory: Path, **variables: object) -> str:
    """Runs a command that must succeed; gives what it printed."""
    done = subprocess.run(
        ["bash", "-euc", command],
        cwd=directory,
        env=environment(**variables),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=1500,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}"
    return done.stdout


def own_python() -> Path:
    """A CPython that PyFlink has wheels for."""
    found = [python for python in machine.pythons() if python.minor == "3.11"]
    if not found:
        pytest.skip("PyFlink 2.3 with its pinned packages needs CPython 3.11, which is not here")
    return found[-1].executable


@pytest.fixture(scope="module")
def pyflink(tmp_path_factory) -> Iterator[Path]:
    """A directory where the steps for one machine were taken: with ``venv`` in it, and the jars.

    Of one process at a time, for the steps write into the environment.
    """
    if not FULL and not (VENV / "stamp").exists():
        pytest.skip("NAJA_TEST_FULL=1 makes the virtual environment with apache-flink (1 GB)")
    python = own_python()
    directory = tmp_path_factory.mktemp("pyflink")
    (directory / "venv").symlink_to(VENV)
    for each in (jar("naja"), jar("naja-pemja")):
        (directory / each.name).symlink_to(each)
    make, install, *rest = steps("On one machine", "On a cluster")
    # Pinned, these two make the same environment and make it once.
    assert (make, install) == (
        "python3.11 -m venv venv",
        "venv/bin/pip install apache-flink==2.3.0",
    )
    with exclusive(VENV.name):
        shell(f"{ROOT}/scripts/venv {VENV} {HOME}/requirements.txt {python}", directory)
        shell("\n".join(rest), directory)
        assert not list(VENV.glob("lib/python3*/site-packages/pemja*"))
        yield directory


def rows(directory: Path, mode: str, *scenarios: str) -> dict[str, list[str]]:
    """What scenarios give in PyFlink's own small cluster; by default all."""
    file = directory / f"{mode}.json"
    shell(f"venv/bin/python {SCRIPT} {mode} {file} {' '.join(scenarios)}", directory)
    return json.loads(file.read_text())


@pytest.fixture(scope="module")
def expected(pyflink) -> dict[str, list[str]]:
    """What process mode gives."""
    found = rows(pyflink, "process")
    assert len(found) == 9
    assert all(found.values())
    return found


def test_a_table_function_in_thread_mode(pyflink):
    assert rows(pyflink, "thread", "table_function") == {"table_function": TABLE_FUNCTION}


@full
def test_one_machine(pyflink, expected):
    assert rows(pyflink, "thread") == expected


class Cluster:
    """One JobManager and one TaskManager, which Flink's own scripts start.

    Args:
        directory: Where ``venv`` and the jars are; for configuration and logs too.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.home = next(VENV.glob("lib/python3*/site-packages/pyflink"))
        self._rest = free_port()
        copy, *rest = steps("On a cluster", "What PyFlink's thread mode itself")
        settings = [line for line in rest if re.match(r"[a-z.-]+: ", line)]
        self._start, self._run = (line for line in rest if line not in settings)
        own = {
            "rest.port": self._rest,
            "jobmanager.rpc.port": free_port(),
            "jobmanager.rpc.address": "localhost",
            "jobmanager.memory.process.size": "1g",
            "taskmanager.memory.process.size": "1536m",
            "taskmanager.numberOfTaskSlots": 1,
        }
        self.conf = directory / "conf"
        (directory / "log").mkdir()
        shell(f"cp -r {self.home}/conf {self.conf}", directory)
        text = (self.conf / "config.yaml").read_text()
        opens = re.search(r"^env:\n(?: .*\n)+", text, re.MULTILINE).group()
        lines = [*settings, *(f"{key}: {value}" for key, value in own.items())]
        placed = "\n".join(lines).replace("/path/to/venv", str(VENV))
        (self.conf / "config.yaml").write_text(f"{opens}{placed}\n")
        self._shell(copy)

    def _shell(self, command: str) -> str:
        return shell(
            command,
            self.directory,
            FLINK_HOME=self.home,
            FLINK_CONF_DIR=self.conf,
            FLINK_LOG_DIR=self.directory / "log",
            FLINK_PID_DIR=self.directory,
        )

    def start(self) -> None:
        """Starts the processes, and waits until they know each other."""
        self._shell(self._start)
        wait(lambda: len(self.task_managers()) == 1, "the TaskManager to register", self._logs)

    def stop(self) -> None:
        """Ends the processes."""
        self._shell("$FLINK_HOME/bin/stop-cluster.sh")

    def run(self, job: str, *arguments: object) -> str:
        """Runs a job to its end, which must be good; gives what the client printed."""
        command = self._run.replace("/path/to/venv", str(VENV)).replace("job.py", job)
        return self._shell(" ".join([command, *map(str, arguments)]))

    def task_managers(self) -> list[str]:
        """The ids of the TaskManagers: a new process has a new one."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self._rest}/taskmanagers") as answer:
                return [each["id"] for each in json.load(answer)["taskmanagers"]]
        except (urllib.error.URLError, ConnectionError):
            return []  # The JobManager is not there yet.

    def _logs(self) -> str:
        logs = sorted((self.directory / "log").glob("*"))
        return "\n".join(log.read_text(errors="replace")[-4000:] for log in logs)


@pytest.fixture(scope="module")
def cluster(pyflink) -> Iterator[Cluster]:
    """A standalone cluster where the steps for clusters were taken."""
    made = Cluster(pyflink)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@full
def test_a_cluster(cluster, expected):
    file = cluster.directory / "cluster.json"
    before = cluster.task_managers()
    said = cluster.run(str(SCRIPT), "thread", file)
    assert said.count("Job has been submitted with JobID") >= len(expected)
    assert json.loads(file.read_text()) == expected
    # Each job has a class loader of its own, and all of them ran in this one process.
    assert cluster.task_managers() == before
    assert len(before) == 1


@full
def test_sys_exit_in_a_function_fails_the_job_alone(cluster, tmp_path):
    job = tmp_path / "exits.py"
    job.write_text(EXITS)
    before = cluster.task_managers()
    with pytest.raises(AssertionError, match="PythonException: <class 'SystemExit'>: 3"):
        cluster.run(str(job))
    file = tmp_path / "after.json"
    cluster.run(str(SCRIPT), "thread", file, "table_function")
    assert json.loads(file.read_text()) == {"table_function": TABLE_FUNCTION}
    assert cluster.task_managers() == before
