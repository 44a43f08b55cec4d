"""How are the benchmarks run?

Subjects that are compared take turns: each round runs every subject of a set of groups once, in a
JVM of its own, and begins with another one. On a virtual machine the same code may take twice as
long for half a minute, for what its host's other tenants do; in turns that touches all subjects
alike, and a comparison within a round cancels what lasts longer than a round.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from contextlib import nullcontext
from pathlib import Path

from benchmarks import flink
from benchmarks.groups import GROUPS, Subject, sets
from benchmarks.prepare import Bench
from benchmarks.quiet import undisturbed
from benchmarks.results import Middle

HEAP = ("-Xms1g", "-Xmx1g")
STARTED = ("python", "none", "naja", "naja-bound", "pemja", "jep")
ALLOCATED = "gc.alloc.rate.norm"

SPAN = ("-wi", "3", "-w", "500ms", "-i", "3", "-r", "400ms", "-f", "1")
QUICK_SPAN = ("-wi", "1", "-w", "300ms", "-i", "2", "-r", "250ms", "-f", "1")

DELAY_ROUNDS = 5


def run(results: Path, bench: Bench, names: list, quick: bool) -> None:
    """Run the named groups; each leaves a JSON file of its name.

    Raises CalledProcessError when a benchmark fails or gives a wrong result.
    """
    for together in sets(names):
        began = time.monotonic()
        name = together[0]
        print("\n===", *together, flush=True)
        if name == "start":
            with undisturbed():
                write(results, name, measure_starts(bench, 5 if quick else 25))
        elif name == "batchdelay":
            with undisturbed():
                write(results, name, measure_delays(bench, 1 if quick else DELAY_ROUNDS))
        elif name == "flink":
            write(results, name, flink.measure(bench, quick))
        else:
            for group, recorded in measure_rounds(results, bench, together, quick).items():
                write(results, group, recorded)
        print("===", *together, f"{time.monotonic() - began:.0f} s", flush=True)


def write(results: Path, name: str, recorded: object) -> None:
    """Leave what was recorded of a group."""
    (results / f"{name}.json").write_text(json.dumps(recorded, indent=1) + "\n")


def measure_rounds(results: Path, bench: Bench, names: list, quick: bool) -> dict[str, list]:
    """Run groups in turns; by group, what JMH recorded of each subject."""
    groups = {name: GROUPS[name] for name in names}
    rounds = 1 if quick else max(group.rounds for group in groups.values())
    subjects = [subject for name in names for subject in groups[name].subjects(name)]
    taken: dict[Subject, list] = {subject: [] for subject in subjects}
    # What is compared runs under one scheduler; several busy threads must not be real-time ones.
    alone = all(group.threads == 1 for group in groups.values())
    with undisturbed() if alone else nullcontext():
        for turn in range(rounds):
            for subject in turned(subjects, turn):
                result = jmh(results / "round.raw", bench, subject, quick)
                taken[subject].append(result)
                print(line(turn, subject, result), flush=True)
    recorded: dict[str, list] = {name: [] for name in names}
    for subject, found in taken.items():
        recorded[subject.group].append(merged(subject, found))
    return recorded


def turned(subjects: list, turn: int) -> list:
    """The subjects from another one on in each turn."""
    first = turn % len(subjects)
    return subjects[first:] + subjects[:first]


def jmh(raw: Path, bench: Bench, subject: Subject, quick: bool) -> dict:
    """What JMH records of one subject in one JVM."""
    group = GROUPS[subject.group]
    arguments = [
        rf"\.{subject.method.replace('.', '[.]')}$",
        *(("-p", f"library={subject.library}") if subject.library else ()),
        *("-t", str(group.threads)),
        *(("-bm", "thrpt", "-tu", "s") if group.throughput else ("-bm", "avgt", "-tu", "ns")),
        *(QUICK_SPAN if quick else SPAN),
        *("-prof", "gc", "-foe", "true", "-v", "SILENT"),
        *("-rf", "json", "-rff", str(raw)),
    ]
    command = bench.command("org.openjdk.jmh.Main", *arguments, options=HEAP, facade=subject.facade)
    subprocess.run(command, check=True)
    (recorded,) = json.loads(raw.read_text())
    raw.unlink()
    return recorded


def merged(subject: Subject, found: list) -> dict:
    """JMH's records of a subject as one, whose raw data has a list for each round.

    Leaves this machine's paths out, and what JMH makes of the raw data of a single round.
    """
    first = dict(found[0])
    del first["jvm"]
    primary = [result["primaryMetric"] for result in found]
    allocated = [result["secondaryMetrics"][ALLOCATED] for result in found]
    if subject.facade:
        first["params"] = {"library": subject.name}
    return {
        **first,
        "jvmArgs": list(HEAP),
        "forks": len(found),
        "primaryMetric": raw_data(primary),
        "secondaryMetrics": {ALLOCATED: raw_data(allocated)},
    }


def raw_data(metrics: list) -> dict:
    """A metric's unit and its values by round."""
    rounds = [fork for metric in metrics for fork in metric["rawData"]]
    return {"scoreUnit": metrics[0]["scoreUnit"], "rawData": rounds}


def line(turn: int, subject: Subject, result: dict) -> str:
    """Return one result as the terminal shows it."""
    primary = result["primaryMetric"]
    middle = Middle.of([value for fork in primary["rawData"] for value in fork])
    unit = primary["scoreUnit"]
    return f"{turn + 1}  {subject.group:14} {subject.name:16} {middle.value:14,.1f} {unit}"


def measure_starts(bench: Bench, times: int) -> dict:
    """Milliseconds from the start of a process to its first result, in turns; medians and all."""
    commands = {
        name: [bench.python, "-c", "pass"]
        if name == "python"
        else bench.command("dev.naja.bench.Start", name)
        for name in STARTED
    }
    taken = {name: [] for name in STARTED}
    for turn in range(times + 1):
        for name, command in commands.items():
            elapsed = time_first_line(command)
            if turn > 0:  # the first turn fills the file cache
                taken[name].append(round(elapsed * 1000, 2))
    for name in STARTED:
        print(f"{name:10} {statistics.median(taken[name]):7.1f} ms", flush=True)
    return {
        name: {"median_ms": statistics.median(all_ms), "all_ms": all_ms}
        for name, all_ms in taken.items()
    }


def measure_delays(bench: Bench, rounds: int) -> dict:
    """Microseconds that rows wait for their batch, and the bound of it: medians and all rounds."""
    command = bench.command("dev.naja.bench.BatchDelay", "3", options=HEAP)
    found = []
    for _ in range(rounds):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found.append(json.loads(done.stdout))
        print(found[-1], flush=True)
    return {
        "bound_us": found[0]["bound_us"],
        "p50_us": statistics.median(each["p50_us"] for each in found),
        "p99_us": statistics.median(each["p99_us"] for each in found),
        "rounds": found,
    }


def time_first_line(command: list) -> float:
    """Seconds until the process has printed its first line, or ended without one.

    Raises CalledProcessError when it fails.
    """
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        elapsed = time.perf_counter() - began
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return elapsed
