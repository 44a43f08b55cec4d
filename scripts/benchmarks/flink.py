"""How fast do Flink jobs run with each engine's functions?

Every engine runs on the Flink that PyFlink brings, in a process of its own that runs job after job.
The engines of a workload take turns of one short and one long job each.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.flink_results import marginal
from benchmarks.prepare import Bench, step
from benchmarks.turns import Contestant, turned

# Of every engine's JVM, and touched at the start: else what allocates pays for page faults.
HEAP = ("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch")
OPENED = tuple(
    f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("lang", "util", "time")
)
PEERS = ("thread", "thread-naja", "process")

LENGTHS = (100, 1_000, 10_000, 100_000)

TURNS = 5
LOAD_ROUNDS = 5


@dataclass(frozen=True)
class Workload:
    """A file of SQL, and how it is run.

    Attributes:
        sql: The name of the file.
        rows: By engine, how many rows a short job has; a long one has three times as many.
        length: How many characters a text has.
    """

    sql: str
    rows: dict
    length: int = 0


WORKLOADS = {
    "noop": Workload(
        "noop.sql",
        {
            "none": 4_000_000,
            "java": 4_000_000,
            "naja": 2_000_000,
            "thread": 700_000,
            "thread-naja": 700_000,
            "process": 150_000,
        },
    ),
    "pandas": Workload(
        "pandas.sql",
        {"none": 4_000_000, "java": 2_000_000, "naja": 1_000_000, "process": 300_000},
    ),
    "hop": Workload("hop.sql", {"none": 400_000, "naja": 100_000, "process": 30_000}),
}
for length, many in zip(LENGTHS, (100_000, 50_000, 10_000, 1_500)):
    WORKLOADS[f"json{length}"] = Workload(
        "json.sql",
        {
            "alone": many,
            "none": 20 * many,
            "naja": many,
            "thread": many,
            "thread-naja": many,
            "process": many,
        },
        length,
    )


def measure(bench: Bench, quick: bool) -> Iterator[dict]:
    """Run every workload with every engine; after each turn, all that has been taken so far.

    Raises CalledProcessError when a job fails.
    """
    make_venv(bench)
    taken: dict = {"measured": machine.moment(bench), "jobs": {}, "load": {}}
    for name, workload in WORKLOADS.items():
        for turn in in_turns(bench, workload, quick):
            for engine, jobs in turn.items():
                taken["jobs"].setdefault(name, {}).setdefault(engine, []).append(jobs)
                print(f"{name:12} {engine:12} {marginal(jobs):12,.0f} rows/s", flush=True)
            yield taken
    for _ in range(LOAD_ROUNDS):
        for engine in ("java", "naja"):
            found = run(load_command(bench, engine, 10 if quick else 16))
            taken["load"].setdefault(engine, []).append(found)
            print(f"load         {engine:12} {found}", flush=True)
        yield taken


def in_turns(bench: Bench, workload: Workload, quick: bool) -> Iterator[dict]:
    """Run a workload with all of its engines: rows and seconds of each one's jobs, by turn."""
    with ExitStack() as stack:
        processes = {
            engine: stack.enter_context(
                Contestant(command(bench, engine, workload), environment(bench, engine))
            )
            for engine in workload.rows
        }

        def jobs(engine: str, *times: int) -> list:
            """Run jobs of so many times the rows of a short one."""
            counts = [time * workload.rows[engine] // (20 if quick else 1) for time in times]
            run = processes[engine].turn
            return [[rows, float(run(task(bench, workload, engine, rows)))] for rows in counts]

        for engine in processes:
            jobs(engine, 1)
        for turn in range(1 if quick else TURNS):
            yield {engine: jobs(engine, 1, 3) for engine in turned(list(processes), turn)}
        for process in processes.values():
            process.end()


def task(bench: Bench, workload: Workload, engine: str, rows: int) -> str:
    """The line that has an engine run a workload: SQL, or how often to call the function alone."""
    if engine == "alone":
        return str(rows)
    text = (bench.root / "jvm/naja-flink-bench/src/main/sql" / workload.sql).read_text()
    chosen = re.sub(r"<<(.*?)\|(.*?)>>", r"\2" if engine == "none" else r"\1", text)
    filled = chosen.replace("${rows}", str(rows)).replace("${length}", str(workload.length))
    dropped = "DROP TEMPORARY TABLE IF EXISTS source; DROP TEMPORARY TABLE IF EXISTS sink; "
    return dropped + " ".join(filled.split())


def run(command: list) -> dict:
    """What a program prints as its last line, as JSON."""
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def make_venv(bench: Bench) -> None:
    """Make PyFlink's venv, unless it is there, and build the jobs."""
    requirements = "jvm/naja-flink-bench/requirements.txt"
    python = bench.interpreter["executable"]
    step(bench, ["scripts/venv", ".flink-venv", requirements, python])
    modules = ["-pl", "naja-flink-bench", "-am"]
    step(bench, ["mvn", "-q", "-B", "-f", "jvm", *modules, "-DskipTests", "package"])


def modules(bench: Bench) -> str:
    """The directory of the functions."""
    return str(bench.root / "jvm/naja-flink-bench/src/main/python")


def peer(bench: Bench) -> Path:
    """The interpreter of PyFlink's venv."""
    return bench.root / ".flink-venv/bin/python"


def pyflink(bench: Bench) -> Path:
    """The directory of PyFlink in its venv."""
    return next((bench.root / ".flink-venv").glob("lib/python3*/site-packages/pyflink"))


def environment(bench: Bench, engine: str) -> dict | None:
    """Where PyFlink finds Java's classes and Python's modules; None for engines without it."""
    if engine not in PEERS:
        return None
    # PyFlink trusts FLINK_LIB_DIR only together with FLINK_HOME. PEMJA finds a venv's packages, and
    # PyFlink's workers the functions, by PYTHONPATH alone.
    home = pyflink(bench)
    return {
        **os.environ,
        "FLINK_HOME": str(home),
        "FLINK_LIB_DIR": str(library(bench, engine)),
        "JAVA_TOOL_OPTIONS": " ".join(HEAP),
        "PYTHONPATH": os.pathsep.join([str(home.parent), modules(bench)]),
    }


def library(bench: Bench, engine: str) -> Path:
    """A directory of Flink's jars and the workloads', and of naja's if they serve PEMJA's classes."""
    made = bench.root / "target/flink-lib" / engine
    made.mkdir(parents=True, exist_ok=True)
    for stale in made.iterdir():
        stale.unlink()
    jars = [*(pyflink(bench) / "lib").glob("*.jar"), workload_jar(bench)]
    if engine == "thread-naja":
        jars += [bench.facade, *bench.root.glob("jvm/naja/target/naja-*[0-9].jar")]
    for jar in jars:
        (made / jar.name).symlink_to(jar)
    return made


def workload_jar(bench: Bench) -> Path:
    """The jar of the jobs and of Java's functions."""
    return bench.root / "jvm/naja-flink-bench/target/flink-benchmarks.jar"


def command(bench: Bench, engine: str, workload: Workload) -> list:
    """The command line of one engine's process."""
    if engine == "alone":
        return [bench.python, f"{modules(bench)}/alone.py", str(workload.length)]
    if engine in PEERS:
        return [str(peer(bench)), f"{modules(bench)}/pyflink_jobs.py", engine.partition("-")[0]]
    return java(bench, "dev.naja.flink.bench.SqlJobs", engine, str(peer(bench)), modules(bench))


def load_command(bench: Bench, engine: str, seconds: int) -> list:
    """The command line of a job at a steady rate of 50,000 rows a second."""
    main = "dev.naja.flink.bench.UnderLoad"
    return java(bench, main, engine, str(peer(bench)), modules(bench), "50000", str(seconds))


def java(bench: Bench, main: str, *arguments: str) -> list:
    """The command line of a JVM with Flink as PyFlink brings it."""
    jars = [
        workload_jar(bench),
        *bench.root.glob("jvm/naja-flink/target/naja-flink-*[0-9].jar"),
        *bench.root.glob("jvm/naja/target/naja-*[0-9].jar"),
        *sorted((pyflink(bench) / "lib").glob("*.jar")),
    ]
    class_path = os.pathsep.join(map(str, jars))
    return [bench.java, *HEAP, *OPENED, "-cp", class_path, main, *arguments]
