"""How fast do Flink jobs run with each engine's functions?

Every engine runs on the Flink that PyFlink brings, in a process of its own with a job that has no
end. The engines of a workload take turns.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.prepare import Bench, step
from benchmarks.running import Running
from benchmarks.turns import turned

# Of every engine's JVM, and touched at the start: else what allocates pays for page faults.
HEAP = ("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch")
OPENED = tuple(
    f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("lang", "util", "time")
)
PEERS = ("thread", "thread-naja", "process")

LENGTHS = (100, 1_000, 10_000, 100_000)

TURNS = 20
SECONDS = 0.5
WARM_UP = 10.0
LOAD_ROUNDS = 5

EVERY_SETTING = {
    "parallelism.default": "1",
    "pipeline.object-reuse": "true",
    # How many rows of an asynchronous function are under way, and so in a batch at most.
    "table.exec.async-scalar.max-concurrent-operations": "2048",
    # No timer for each of these rows, and no second mail of its result.
    "table.exec.async-scalar.timeout": "0 s",
    "table.exec.async-scalar.retry-strategy": "NO_RETRY",
    # A job that waits for its turn sends none.
    "heartbeat.timeout": "1 h",
    "metrics.reporters": "rows",
    "metrics.reporter.rows.factory.class": "dev.naja.flink.bench.RowMeter$Factory",
    "metrics.reporter.rows.interval": "2 ms",
}


@dataclass(frozen=True)
class Workload:
    """A file of SQL, which engines run it, and how many characters a text of it has."""

    sql: str
    engines: tuple
    length: int = 0


WORKLOADS = {
    "noop": Workload("noop.sql", ("none", "java", "naja", *PEERS)),
    "pandas": Workload("pandas.sql", ("none", "java", "naja", "process")),
    "hop": Workload("hop.sql", ("none", "naja", "process")),
}
for length in LENGTHS:
    WORKLOADS[f"json{length}"] = Workload("json.sql", ("alone", "none", "naja", *PEERS), length)


def measure(bench: Bench, name: str, quick: bool) -> Iterator[dict]:
    """Run a workload, or what there is to see under load; after each turn, all that has been taken.

    Of a workload that is rows and seconds by engine and turn. Raises CalledProcessError when a job
    fails.
    """
    make_venv(bench)
    if name == "load":
        yield from under_load(bench, quick)
        return
    taken: dict = {}
    for turn in in_turns(bench, WORKLOADS[name], quick):
        for engine, done in turn.items():
            taken.setdefault(engine, []).append(done)
        yield taken
    for engine, turns in taken.items():
        rate = sum(rows for rows, _ in turns) / sum(seconds for _, seconds in turns)
        print(f"{name:12} {engine:12} {rate:12,.0f} rows/s", flush=True)


def in_turns(bench: Bench, workload: Workload, quick: bool) -> Iterator[dict]:
    """Run a workload with all of its engines: rows and seconds of each one by turn."""
    with ExitStack() as stack:
        jobs = {}
        for engine in workload.engines:
            jobs[engine] = stack.enter_context(
                Running(
                    partial(command, bench, engine, workload),
                    bench.root / "target" / f"rows-of-{engine}",
                    environment(bench, engine),
                )
            )
            jobs[engine].warm_up(1.0 if quick else WARM_UP)
        for turn in range(2 if quick else TURNS):
            yield {engine: jobs[engine].turn(SECONDS) for engine in turned(list(jobs), turn)}


def under_load(bench: Bench, quick: bool) -> Iterator[dict]:
    """How late records are at a steady rate, and how long checkpoints take, by engine and round."""
    taken: dict = {}
    for _ in range(LOAD_ROUNDS):
        for engine in ("java", "naja"):
            found = run(load_command(bench, engine, 10 if quick else 16))
            taken.setdefault(engine, []).append(found)
            print(f"load         {engine:12} {found}", flush=True)
        yield taken


def statements(bench: Bench, workload: Workload, engine: str) -> str:
    """The SQL that has an engine run a workload."""
    text = (bench.root / "jvm/naja-flink-bench/src/main/sql" / workload.sql).read_text()
    chosen = re.sub(r"<<(.*?)\|(.*?)>>", r"\2" if engine == "none" else r"\1", text)
    return " ".join(chosen.replace("${length}", str(workload.length)).split())


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


def command(bench: Bench, engine: str, workload: Workload, rows: Path) -> list:
    """The command line of one engine's process, which leaves in a file how many rows it has done."""
    if engine == "alone":
        return [bench.python, f"{modules(bench)}/alone.py", str(workload.length), str(rows)]
    sql = statements(bench, workload, engine)
    settings = {**EVERY_SETTING, "metrics.reporter.rows.file": str(rows)}
    rest = [sql, *(f"{key}={value}" for key, value in settings.items())]
    if engine in PEERS:
        mode = engine.partition("-")[0]
        return [str(peer(bench)), f"{modules(bench)}/pyflink_job.py", mode, *rest]
    return java(
        bench, "dev.naja.flink.bench.SqlJob", engine, str(peer(bench)), modules(bench), *rest
    )


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
