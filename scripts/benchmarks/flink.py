"""How fast do Flink jobs run with each engine's functions?

Every engine runs on the Flink that PyFlink brings, one job after the other. A rate is marginal: what
the rows of the longest job beyond those of a shorter one took, so that neither a job's start nor the
JIT compiler's first seconds count.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.prepare import Bench, step

HEAP = ("-Xms2g", "-Xmx2g")
OPENED = tuple(
    f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("lang", "util", "time")
)
PEERS = ("thread", "thread-naja", "process")

LENGTHS = (100, 1_000, 10_000, 100_000)

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
    """A file of SQL, and how many rows each engine is given: to warm up, few and many."""

    sql: str
    rows: dict
    length: int = 0


def rows(few: int) -> tuple:
    """Rows of three jobs, the first of which warms the JVM up."""
    return (few, few, 3 * few)


WORKLOADS = {
    "noop": Workload(
        "noop.sql",
        {
            "none": rows(5_000_000),
            "java": rows(5_000_000),
            "naja": rows(3_000_000),
            "thread": rows(700_000),
            "thread-naja": rows(700_000),
            "process": rows(300_000),
        },
    ),
    "pandas": Workload(
        "pandas.sql",
        {"none": rows(5_000_000), "naja": rows(2_000_000), "process": rows(300_000)},
    ),
    "hop": Workload(
        "hop.sql", {"none": rows(500_000), "naja": rows(200_000), "process": rows(60_000)}
    ),
}
for length, many in zip(LENGTHS, (100_000, 50_000, 10_000, 1_500)):
    WORKLOADS[f"json{length}"] = Workload(
        "json.sql",
        {
            "none": rows(3 * many),
            "naja": rows(many),
            "thread": rows(many),
            "thread-naja": rows(many),
            "process": rows(many),
        },
        length,
    )


def measure(bench: Bench, quick: bool) -> dict:
    """Run every workload with every engine.

    Raises CalledProcessError when a job fails.
    """
    make_venv(bench)
    taken: dict = {"measured": machine.moment(bench), "jobs": {}, "alone": {}, "load": {}}
    for name, workload in WORKLOADS.items():
        taken["jobs"][name] = {}
        for engine, counts in workload.rows.items():
            counts = [max(1, count // 20) for count in counts] if quick else counts
            path = peer_path(bench) if engine in PEERS else ()
            library = {"FLINK_LIB_DIR": str(served(bench))} if engine == "thread-naja" else {}
            jobs = run(command(bench, engine, workload, counts), path, library)
            taken["jobs"][name][engine] = jobs
            print(f"{name:12} {engine:8} {rate(jobs):12,.0f} rows/s", flush=True)
    for length in LENGTHS:
        script = [bench.python, "-c", ALONE, modules(bench), str(length)]
        taken["alone"][str(length)] = run(script)
    for engine in ("java", "naja"):
        taken["load"][engine] = run(load_command(bench, engine, 10 if quick else 30))
        print(f"load         {engine:8} {taken['load'][engine]}", flush=True)
    return taken


def rate(jobs: list) -> float:
    """Rows a second of the last job beyond those of the one before it."""
    (few, shorter), (many, longer) = jobs[-2:]
    return (many - few) / max(longer - shorter, 1e-9)


def run(command: list, path: tuple = (), more: dict | None = None) -> object:
    """What a program prints as its last line, as JSON; `path` is what Python finds modules in."""
    # PEMJA finds a venv's packages, and PyFlink's workers the functions, by PYTHONPATH alone.
    environment = {**os.environ, **(more or {}), "PYTHONPATH": os.pathsep.join(path)}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, env=environment if path else None
    )
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


def peer_path(bench: Bench) -> tuple:
    """Where PyFlink's Python finds its packages and the functions."""
    packages = next((bench.root / ".flink-venv").glob("lib/python3*/site-packages"))
    return str(packages), modules(bench)


def served(bench: Bench) -> Path:
    """A directory of Flink's jars, and of naja's, which serve PEMJA's classes."""
    made = bench.root / "target/flink-lib-naja"
    made.mkdir(parents=True, exist_ok=True)
    for stale in made.iterdir():
        stale.unlink()
    flink = next((bench.root / ".flink-venv").glob("lib/python3*/site-packages/pyflink/lib"))
    own = [bench.facade, *bench.root.glob("jvm/naja/target/naja-*[0-9].jar")]
    for jar in [*flink.glob("*.jar"), *own]:
        (made / jar.name).symlink_to(jar)
    return made


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
    flink = next((bench.root / ".flink-venv").glob("lib/python3*/site-packages/pyflink/lib"))
    jars = [
        bench.root / "jvm/naja-flink-bench/target/flink-benchmarks.jar",
        *bench.root.glob("jvm/naja-flink/target/naja-flink-*[0-9].jar"),
        *bench.root.glob("jvm/naja/target/naja-*[0-9].jar"),
        *sorted(flink.glob("*.jar")),
    ]
    class_path = os.pathsep.join(map(str, jars))
    return [bench.java, *HEAP, *OPENED, "-cp", class_path, main, *arguments]
