"""Which measurements make a run, in which order, and where does each leave its results?"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from contextlib import nullcontext
from pathlib import Path

from benchmarks import flink, jmh
from benchmarks.groups import FLINK, GROUPS, Subject, sets
from benchmarks.prepare import Bench
from benchmarks.quiet import undisturbed

STARTED = ("python", "none", "naja", "naja-bound", "pemja", "jep")
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
        elif name.startswith(FLINK):
            # It takes long; what is there when a run is stopped can be reported.
            for taken in flink.measure(bench, name.removeprefix(FLINK), quick):
                write(results, name, taken)
        else:
            for group, recorded in measure_series(results, bench, together, quick).items():
                write(results, group, recorded)
        print("===", *together, f"{time.monotonic() - began:.0f} s", flush=True)


def write(results: Path, name: str, recorded: object) -> None:
    """Leave what was recorded of a group."""
    (results / f"{name}.json").write_text(json.dumps(recorded, indent=1) + "\n")


def measure_series(results: Path, bench: Bench, names: list, quick: bool) -> dict[str, list]:
    """Run groups in turns; by group, what JMH recorded of each subject."""
    groups = {name: GROUPS[name] for name in names}
    series = 1 if quick else max(group.series for group in groups.values())
    span = jmh.QUICK if quick else jmh.FULL
    subjects = [subject for name in names for subject in groups[name].subjects(name)]
    taken: dict[Subject, list] = {subject: [] for subject in subjects}
    # What is compared runs under one scheduler; several busy threads must not be real-time ones.
    alone = all(group.threads == 1 for group in groups.values())
    with undisturbed() if alone else nullcontext():
        for number in range(series):
            for subject, result in jmh.measure(results, bench, subjects, span).items():
                taken[subject].append(result)
                print(jmh.line(number, subject, result), flush=True)
    recorded: dict[str, list] = {name: [] for name in names}
    for subject, found in taken.items():
        recorded[subject.group].append(jmh.merged(subject, found))
    return recorded


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
    command = bench.command("dev.naja.bench.BatchDelay", "3", options=jmh.HEAP)
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
