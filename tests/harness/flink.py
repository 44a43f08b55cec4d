"""How does a real Flink cluster run on this machine, and how do SQL scripts run on it?

Its processes are those that Flink's own scripts start: a JobManager and TaskManagers, on loopback.
The distribution comes from the Python package index, where Flink publishes it for PyFlink.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness import exclusive
from harness.junit import DEPENDENCY_PLUGIN
from harness.jvm import Jvm

MAIN_VERSION = "2.3.0"

#: Releases whose gateway Maven's repository has not, and the nearest that it has.
_GATEWAYS = {"1.20.5": "1.20.3"}

#: Seconds that something may take that takes some by itself; the machine may be busy.
PATIENCE = 180

_OPENS = [
    f"--add-opens=java.base/{package}=ALL-UNNAMED"
    for package in ("java.lang", "java.util", "java.time", "java.util.concurrent", "java.net")
]

_LOGGING = """\
rootLogger.level = INFO
rootLogger.appenderRef.file.ref = File
appender.file.name = File
appender.file.type = FILE
appender.file.fileName = ${sys:log.file}
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} [%X] - %m%n
"""

#: What the scripts would compute from sizes of whole processes.
_MEMORY = {
    "taskmanager.cpu.cores": "1.0",
    "taskmanager.memory.framework.heap.size": "64m",
    "taskmanager.memory.framework.off-heap.size": "64m",
    "taskmanager.memory.task.heap.size": "256m",
    "taskmanager.memory.task.off-heap.size": "64m",
    "taskmanager.memory.network.min": "64m",
    "taskmanager.memory.network.max": "64m",
    "taskmanager.memory.managed.size": "64m",
    "taskmanager.memory.jvm-metaspace.size": "256m",
    "taskmanager.memory.jvm-overhead.min": "192m",
    "taskmanager.memory.jvm-overhead.max": "192m",
}


def distribution(version: str = MAIN_VERSION) -> Path:
    """The folder with ``lib`` and ``opt`` of a Flink release, installed when first asked for."""
    cache = Path(os.environ.get("NAJA_FLINK") or Path.home() / ".cache" / "naja" / "flink")
    found = cache / version
    cache.mkdir(parents=True, exist_ok=True)
    with exclusive(f"flink-{version}"):
        if not found.exists():
            unfinished = cache / f"{version}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            package = f"apache-flink-libraries=={version}"
            options = ["--quiet", "--disable-pip-version-check", "--no-deps", "--target"]
            pip = [sys.executable, "-m", "pip", "install", *options, unfinished, package]
            subprocess.run(pip, check=True, timeout=900)
            # The client is whole only with this one, which that package lacks.
            artifact = f"flink-sql-gateway:{_GATEWAYS.get(version, version)}"
            gateway = f"-Dartifact=org.apache.flink:{artifact}"
            target = f"-DoutputDirectory={unfinished / 'pyflink' / 'opt'}"
            maven = ["mvn", "--quiet", f"{DEPENDENCY_PLUGIN}:copy", gateway, target]
            subprocess.run(maven, check=True, timeout=300)
            unfinished.rename(found)
    return found / "pyflink"


class Cluster:
    """A session cluster: a JobManager and TaskManagers with two slots each.

    Args:
        jvm: The JDK that it runs on, and the Python that its jobs use.
        directory: For its configuration, logs, checkpoints and temporary files.
        version: Flink's.
        jars: What lies in ``lib`` beside Flink's own.
        task_managers: How many.
        options: More of Flink's configuration.
    """

    def __init__(
        self,
        jvm: Jvm,
        directory: Path,
        version: str = MAIN_VERSION,
        jars: tuple[Path, ...] = (),
        task_managers: int = 2,
        options: dict[str, str] | None = None,
    ) -> None:
        self.jvm, self.directory, self.version = jvm, directory, version
        self.python = jvm.python.environment()
        home = distribution(version)
        jars = (*sorted((home / "lib").glob("*.jar")), *jars)
        self._class_path = os.pathsep.join(map(str, jars))
        # As sql-client.sh has it; the client asks PyFlink's jar to read its command line.
        names = ("sql-client", "sql-gateway", "python")
        client = [next((home / "opt").glob(f"flink-{name}-*.jar")) for name in names]
        self._client_class_path = os.pathsep.join(map(str, (*jars, *client)))
        self._rest = free_port()
        for folder in ("conf", "log", "tmp", "checkpoints", "savepoints"):
            (directory / folder).mkdir(parents=True, exist_ok=True)
        self._configure(options or {})
        self.job_manager = self._start(
            "jobmanager",
            ["-Xmx512m"],
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            ["--executionMode", "cluster"],
        )
        self._started = 0
        self.task_managers: list[subprocess.Popen] = []
        for _ in range(task_managers):
            self.add_task_manager()
        wait(lambda: self._slots() == 2 * task_managers, "TaskManagers to register", self.logs)

    def _configure(self, options: dict[str, str]) -> None:
        settings = {
            "jobmanager.rpc.address": "127.0.0.1",
            "jobmanager.rpc.port": str(free_port()),
            "jobmanager.bind-host": "127.0.0.1",
            "jobmanager.memory.heap.size": "512m",
            "rest.address": "127.0.0.1",
            "rest.bind-address": "127.0.0.1",
            "rest.port": str(self._rest),
            "taskmanager.host": "127.0.0.1",
            "taskmanager.bind-host": "127.0.0.1",
            "taskmanager.numberOfTaskSlots": "2",
            "io.tmp.dirs": str(self.directory / "tmp"),
            "heartbeat.interval": "1000",
            "heartbeat.timeout": "10000",
            "execution.checkpointing.interval": "500ms",
            "execution.checkpointing.dir": (self.directory / "checkpoints").as_uri(),
            "execution.checkpointing.savepoint-dir": (self.directory / "savepoints").as_uri(),
            "restart-strategy.type": "fixed-delay",
            "restart-strategy.fixed-delay.attempts": "20",
            "restart-strategy.fixed-delay.delay": "500ms",
            "task.cancellation.timeout": "20000",
            "python.executable": str(self.python),
            **_MEMORY,
            **options,
        }
        if self.version.startswith("1."):
            settings["state.checkpoints.dir"] = settings["execution.checkpointing.dir"]
            settings["state.savepoints.dir"] = settings["execution.checkpointing.savepoint-dir"]
        lines = "".join(f"{key}: '{value}'\n" for key, value in settings.items())
        (self.directory / "conf" / "config.yaml").write_text(lines)
        (self.directory / "conf" / "log4j.properties").write_text(_LOGGING)

    def add_task_manager(self) -> subprocess.Popen:
        """Starts one more TaskManager and does not wait for it."""
        self._started += 1
        started = self._start(
            f"taskmanager-{self._started}",
            ["-Xmx320m", "-XX:MaxMetaspaceSize=256m", "-XX:+UseG1GC"],
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            [],
        )
        self.task_managers.append(started)
        return started

    def _start(
        self, name: str, options: list[str], main: str, arguments: list[str]
    ) -> subprocess.Popen:
        log = self.directory / "log" / f"{name}.log"
        with open(self.directory / "log" / f"{name}.out", "wb") as out:
            return subprocess.Popen(
                [
                    self.jvm.jdk.home / "bin" / "java",
                    *options,
                    *self._java_options(log),
                    *("-cp", self._class_path, main, "--configDir", self.directory / "conf"),
                    *arguments,
                ],
                cwd=self.directory,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    def _java_options(self, log: Path) -> list[str]:
        configuration = self.directory / "conf" / "log4j.properties"
        return [
            *_OPENS,
            *self.jvm.options,
            *(["--enable-native-access=ALL-UNNAMED"] if self.jvm.jdk.feature >= 22 else []),
            f"-Dlog.file={log}",
            f"-Dlog4j.configurationFile={configuration}",
            f"-Djava.io.tmpdir={self.directory / 'tmp'}",
            f"-XX:ErrorFile={self.directory / 'log' / 'hs_err_pid%p.log'}",
        ]

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "NAJA_", "JAVA_", "FLINK_", "VIRTUAL_ENV"))
        }
        return {**kept, "LC_ALL": "C.UTF-8", "FLINK_CONF_DIR": str(self.directory / "conf")}

    def sql(
        self, script: str, *options: object, succeeds: bool = True, seconds: float = PATIENCE
    ) -> str:
        """Runs a script with the SQL client, to the end of its statements, and gives what it printed.

        Args:
            script: Statements. Those that begin jobs return when the job is accepted.
            options: For the client, such as ``-j``.
            succeeds: Whether it must.
            seconds: How long it may take.
        """
        file = self.directory / f"script-{time.monotonic_ns()}.sql"
        file.write_text(script)
        done = subprocess.run(
            [
                self.jvm.jdk.home / "bin" / "java",
                "-Xmx512m",
                *self._java_options(self.directory / "log" / "client.log"),
                *("-cp", self._client_class_path, "org.apache.flink.table.client.SqlClient"),
                *("-f", file, "-hist", self.directory / "log" / "history"),
                *map(str, options),
            ],
            cwd=self.directory,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        said = done.stdout + done.stderr
        failed = done.returncode != 0 or "[ERROR]" in said
        assert failed != succeeds, f"status {done.returncode}\n{said}"
        return said

    def submit(self, script: str, *options: object) -> str:
        """Runs a script whose last statement begins a job; gives the job's id."""
        said = self.sql(script, *options)
        return said.rpartition("Job ID: ")[2].split()[0]

    def run(self, job: Path, main: str, *arguments: object) -> str:
        """Runs a program in a jar with `flink run --detached`; gives the id of the job that it begins."""
        command = ["-Xmx512m", *self._java_options(self.directory / "log" / "run.log")]
        command += ["-cp", self._class_path, "org.apache.flink.client.cli.CliFrontend"]
        command += ["run", "--detached", "--class", main, job, *map(str, arguments)]
        done = subprocess.run(
            [self.jvm.jdk.home / "bin" / "java", *command],
            cwd=self.directory,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, said
        return said.partition("JobID ")[2].split()[0]

    def compile(self, source: Path, directory: Path) -> Path:
        """A jar of one Java file, compiled against what is in ``lib``."""
        classes = directory / "classes"
        home = self.jvm.jdk.home / "bin"
        options = ["--release", "11", "-Xlint:all,-options,-classfile,-processing", "-Werror"]
        javac = [home / "javac", *options, "-cp", self._class_path, "-d", classes, source]
        subprocess.run(javac, check=True, timeout=120)
        made = directory / f"{source.stem}.jar"
        subprocess.run([home / "jar", "cf", made, "-C", classes, "."], check=True, timeout=60)
        return made

    def rest(self, path: str, body: Any = None, method: str | None = None) -> Any:
        """What the JobManager answers to a request."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self._rest}{path}", data, method=method
        )
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def state(self, job: str) -> str:
        """A job's state, such as ``RUNNING``."""
        return self.rest(f"/jobs/{job}")["state"]

    def wait_for(self, job: str, *states: str) -> str:
        """Waits until a job is in one of some states."""
        seen: list[str] = []

        def reached() -> bool:
            seen.append(self.state(job))
            ended = seen[-1] in ("FAILED", "FINISHED", "CANCELED")
            assert not ended or seen[-1] in states, f"{seen[-1]}: {self.failure(job)}"
            return seen[-1] in states

        wait(reached, f"{job} to be {' or '.join(states)}", lambda: f"{seen[-1:]}\n{self.logs()}")
        return seen[-1]

    def failure(self, job: str) -> str:
        """The stack of what a job failed by last."""
        history = self.rest(f"/jobs/{job}/exceptions")["exceptionHistory"]["entries"]
        return history[0]["stacktrace"] if history else ""

    def checkpoints(self, job: str) -> int:
        """How many checkpoints of a job are complete."""
        return self.rest(f"/jobs/{job}/checkpoints")["counts"]["completed"]

    def cancel(self, job: str) -> None:
        """Cancels a job and waits until it is."""
        self.rest(f"/jobs/{job}?mode=cancel", method="PATCH")
        self.wait_for(job, "CANCELED")

    def stop_with_savepoint(self, job: str) -> str:
        """Stops a job with a savepoint; gives where that is."""
        trigger = self.rest(f"/jobs/{job}/stop", {"drain": False})["request-id"]
        answer: dict = {}

        def done() -> bool:
            answer.update(self.rest(f"/jobs/{job}/savepoints/{trigger}"))
            return answer["status"]["id"] == "COMPLETED"

        wait(done, "the savepoint", self.logs)
        return answer["operation"]["location"]

    def _slots(self) -> int:
        try:
            return self.rest("/overview")["slots-total"]
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert self.job_manager.poll() is None, self.logs()
            return 0

    def wait_for_slots(self, number: int) -> None:
        """Waits until so many slots are there, used or not."""
        wait(lambda: self._slots() == number, f"{number} slots", self.logs)

    def logs(self) -> str:
        """The ends of all logs."""
        files = sorted((self.directory / "log").glob("*.*"))
        return "\n".join(f"--- {file.name}\n{_end(file)}" for file in files)

    def stop(self) -> None:
        """Ends every process."""
        for process in [*self.task_managers, self.job_manager]:
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait(30)


@contextmanager
def cluster(*arguments: Any, **named: Any) -> Iterator[Cluster]:
    """A `Cluster` that is stopped at the end."""
    made = Cluster.__new__(Cluster)
    made.task_managers, made.job_manager = [], None  # type: ignore[assignment]
    try:
        made.__init__(*arguments, **named)  # type: ignore[misc]
        yield made
    finally:
        if made.job_manager is not None:
            made.stop()


def wait(
    holds: Callable[[], bool],
    what: str,
    explain: Callable[[], str] = str,
    seconds: float = PATIENCE,
) -> None:
    """Waits until something holds; fails with an explanation if it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}\n{explain()}"
        time.sleep(0.1)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _end(file: Path, characters: int = 6000) -> str:
    return file.read_text(errors="replace")[-characters:]
