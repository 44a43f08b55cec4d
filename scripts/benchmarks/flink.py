"""How fast do Flink jobs run with each engine's functions?

Every engine runs on the Flink that PyFlink brings, one job after the other. A rate is marginal: what
the rows of the longest job beyond those of a shorter one took, so that neither a job's start nor the
JIT compiler's first seconds count. Engines take turns for several rounds; the median counts.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.prepare import Bench, step

HEAP = ("-Xms2g", "-Xmx2g")
OPENED = tuple(
    f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("lang", "util", "time")
)
PEERS = ("thread", "thread-naja", "process")

LENGTHS = (100, 1_000, 10_000, 100_000)

#: How often each engine is run that a promise names; the others, which only stand beside, run once.
ROUNDS = 2
LOAD_ROUNDS = 3

#: Times the function alone, in microseconds a call.
ALONE = """
import sys, timeit
sys.path.insert(0, sys.argv[1])
import flink_workloads
text = '{"Text": "' + "aB" * (int(sys.argv[2]) // 2) + '"}'
rounds = max(5, 2_000_000 // len(text))
times = timeit.repeat(lambda: flink_workloads.lowered(text), number=rounds, repeat=5)
print(min(times) / rounds * 1e6)
"""


@dataclass(frozen=True)
class Workload:
    """A file of SQL, and how many rows each engine is given: to warm up, few and many.

    Attributes:
        sql: The name of the file.
        rows: The rows of each engine's jobs.
        promised: The engines whose rates a promise compares.
        length: How many characters a text has.
    """

    sql: str
    rows: dict
    promised: tuple
    length: int = 0


def rows(few: int) -> tuple:
    """Rows of three jobs, the first of which warms the JVM up."""
    return (few, few, 3 * few)


WORKLOADS = {
    "noop": Workload(
        "noop.sql",
        {
            "none": rows(4_000_000),
            "java": rows(4_000_000),
            "naja": rows(2_500_000),
            "thread": rows(700_000),
            "thread-naja": rows(700_000),
            "process": rows(200_000),
        },
        ("naja", "thread"),
    ),
    "pandas": Workload(
        "pandas.sql",
        {
            "none": rows(4_000_000),
            "java": rows(2_500_000),
            "naja": rows(2_000_000),
            "process": rows(300_000),
        },
        ("naja", "process"),
    ),
    "hop": Workload(
        "hop.sql",
        {"none": rows(400_000), "naja": rows(150_000), "process": rows(50_000)},
        ("naja", "process"),
    ),
}
for length, many in zip(LENGTHS, (100_000, 50_000, 10_000, 1_500)):
    WORKLOADS[f"json{length}"] = Workload(
        "json.sql",
        {
            "none": rows(20 * many),
            "naja": rows(many),
            "thread": rows(many),
            "thread-naja": rows(many),
            "process": rows(many),
        },
        ("naja", "thread") if length == LENGTHS[0] else ("naja",),
        length,
    )


def measure(bench: Bench, quick: bool) -> Iterator[dict]:
    """Run every workload with every engine; after each job, all that has been taken so far.

    Raises CalledProcessError when a job fails.
    """
    make_venv(bench)
    taken: dict = {"measured": machine.moment(bench), "jobs": {}, "alone": {}, "load": {}}
    for length in LENGTHS:
        script = [bench.python, "-c", ALONE, modules(bench), str(length)]
        taken["alone"][str(length)] = run(script)
    for name, engine in turns():
        workload = WORKLOADS[name]
        counts = workload.rows[engine]
        counts = [max(1, count // 20) for count in counts] if quick else counts
        environment = peer_environment(bench, engine) if engine in PEERS else {}
        jobs = run(command(bench, engine, workload, counts), environment)
        taken["jobs"].setdefault(name, {}).setdefault(engine, []).append(jobs)
        print(f"{name:12} {engine:12} {marginal(jobs):12,.0f} rows/s", flush=True)
        yield taken
    for _ in range(LOAD_ROUNDS):
        for engine in ("java", "naja"):
            found = run(load_command(bench, engine, 10 if quick else 16))
            taken["load"].setdefault(engine, []).append(found)
            print(f"load         {engine:12} {found}", flush=True)
            yield taken


def turns() -> Iterator[tuple]:
    """Workloads and engines in the order in which they run."""
    for name, workload in WORKLOADS.items():
        for round_ in range(ROUNDS):
            for engine in workload.rows:
                if round_ == 0 or engine in workload.promised:
                    yield name, engine


def marginal(jobs: list) -> float:
    """Rows a second of the last job beyond those of the one before it."""
    (few, shorter), (many, longer) = jobs[-2:]
    return (many - few) / max(longer - shorter, 1e-9)


def rate(rounds: list) -> float:
    """Rows a second of an engine, the median of its rounds."""
    return median(map(marginal, rounds))


def under_load(rounds: list, what: str, quantile: str) -> float:
    """A quantile of a job's records or checkpoints under load, the median of the rounds.

    Args:
        rounds: What the jobs have printed.
        what: ``"latency_ns"`` or ``"checkpoints_ms"``.
        quantile: ``"p50"`` or ``"p99"``.
    """
    return median(found[what][quantile] for found in rounds)


def run(command: list, environment: dict | None = None) -> object:
    """What a program prints as its last line, as JSON."""
    variables = {**os.environ, **(environment or {})}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=variables)
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


def peer_environment(bench: Bench, engine: str) -> dict:
    """Where PyFlink finds Java's classes and Python's modules."""
    # PyFlink trusts FLINK_LIB_DIR only together with FLINK_HOME. PEMJA finds a venv's packages, and
    # PyFlink's workers the functions, by PYTHONPATH alone.
    home = pyflink(bench)
    return {
        "FLINK_HOME": str(home),
        "FLINK_LIB_DIR": str(library(bench, engine)),
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


def command(bench: Bench, engine: str, workload: Workload, counts: list) -> list:
    """The command line of one engine's jobs."""
    sql = bench.root / "jvm/naja-flink-bench/src/main/sql" / workload.sql
    numbers = [str(workload.length), *map(str, counts)]
    if engine in PEERS:
        script = Path(modules(bench)) / "pyflink_jobs.py"
        return [str(peer(bench)), str(script), engine.partition("-")[0], str(sql), *numbers]
    main = "dev.naja.flink.bench.SqlJobs"
    return java(bench, main, engine, str(peer(bench)), modules(bench), str(sql), *numbers)


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
