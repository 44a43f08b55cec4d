"""Which benchmarks run, how often and how long?

Results that are compared with each other stand in one group: they are measured right after each
other, so that a slow change of the machine's speed touches all of them alike.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from benchmarks import flink
from benchmarks.prepare import Bench
from benchmarks.quiet import undisturbed

HEAP = ("-Xms1g", "-Xmx1g")
STARTED = ("python", "none", "naja", "naja-bound", "pemja", "jep")


@dataclass(frozen=True)
class Group:
    """One call of JMH."""

    include: str
    forks: int = 2
    threads: int = 1
    libraries: str = "naja,naja-session,pemja,jep"
    mode: str = "avgt"
    unit: str = "ns"
    facade: bool = False
    """Whether PEMJA runs once more on naja-pemja, as `naja-pemja`."""


def call(method: str, floor: str = "") -> str:
    """The regular expression of a method of CallBenchmark, and of FloorBenchmark's beside it."""
    floors = rf"|FloorBenchmark\.({floor})$" if floor else ""
    return rf"CallBenchmark\.{method}${floors}"


GROUPS = {
    "start": None,
    "half": Group(call("half", "empty|attached|held")),
    "upper": Group(call("upper", "upper")),
    "row10": Group(call("row10", "row10")),
    "samples": Group(call("samples")),
    "counters": Group(call("counters")),
    "bytes1KiB": Group(call("bytes1KiB", "copied1KiB")),
    "bytes1MiB": Group(call("bytes1MiB", "copied1MiB")),
    "callback": Group(call("callback", "callback"), libraries="naja,pemja,jep"),
    "arraylist": Group(call("arraylist"), libraries="naja,pemja,jep"),
}
for method in ("total1k", "total1m"):
    GROUPS[method] = Group(
        rf"ArrayBenchmark\.{method}$|FloorBenchmark\.{method}$", libraries="naja,pemja,jep,jpy"
    )
GROUPS["ndarray"] = Group(r"NdArrayBenchmark\.")
GROUPS["rows"] = Group(r"RowBenchmark\.")
GROUPS["batches"] = Group(r"BatchBenchmark\.", threads=8, mode="thrpt", unit="s")
GROUPS["batchdelay"] = None
GROUPS["flink"] = None
for count in (1, 2, 4, 8):
    GROUPS[f"threads{count}"] = Group(
        call("half"), threads=count, libraries="naja,pemja,jep", mode="thrpt", unit="s"
    )
for method in ("half", "row10", "callback", "arraylist", "samples"):
    GROUPS[f"pemja-{method}"] = Group(call(method), libraries="pemja", facade=True)
GROUPS["pemja-threads4"] = Group(
    call("half"), threads=4, libraries="pemja", mode="thrpt", unit="s", facade=True
)
for count in (1, 4):
    GROUPS[f"pause{count}"] = Group(
        call("pause"), forks=1, threads=count, libraries="naja,pemja,jep", mode="thrpt", unit="s"
    )


def run(results: Path, bench: Bench, names: list, quick: bool) -> None:
    """Run the named groups; each leaves a JSON file of its name.

    Raises CalledProcessError when a benchmark fails or gives a wrong result.
    """
    for name in names:
        began = time.monotonic()
        print(f"\n=== {name}", flush=True)
        path = results / f"{name}.json"
        if name == "start":
            with undisturbed():
                starts = measure_starts(bench, 5 if quick else 25)
            path.write_text(json.dumps(starts, indent=2) + "\n")
        elif name == "batchdelay":
            with undisturbed():
                delays = measure_delays(bench, 2 if quick else 10)
            path.write_text(json.dumps(delays, indent=2) + "\n")
        elif name == "flink":
            path.write_text(json.dumps(flink.measure(bench, quick), indent=1) + "\n")
        else:
            measure_calls(path, bench, GROUPS[name], quick)
        print(f"=== {name}: {time.monotonic() - began:.0f} s", flush=True)


def measure_calls(path: Path, bench: Bench, group: Group, quick: bool) -> None:
    """Run one group by JMH and strip this machine's paths from what it records."""
    recorded = jmh(path, bench, group, quick, facade=False)
    if group.facade:
        for result in jmh(path, bench, group, quick, facade=True):
            result["params"]["library"] = "naja-pemja"
            recorded.append(result)
    for result in recorded:
        del result["jvm"]
        result["jvmArgs"] = list(HEAP)
        print(line(result), flush=True)
    path.write_text(json.dumps(recorded, indent=1) + "\n")


def jmh(path: Path, bench: Bench, group: Group, quick: bool, facade: bool) -> list:
    """What JMH records of one group."""
    raw = path.with_suffix(".raw")
    span = ["-wi", "2", "-w", "500ms", "-i", "3", "-r", "500ms", "-f", "1"]
    if not quick:
        span = ["-wi", "4", "-w", "1s", "-i", "5", "-r", "500ms", "-f", str(group.forks)]
    arguments = [
        group.include,
        *("-p", f"library={group.libraries}"),
        *("-t", str(group.threads), "-bm", group.mode, "-tu", group.unit),
        *span,
        *("-prof", "gc", "-foe", "true", "-v", "SILENT"),
        *("-rf", "json", "-rff", str(raw)),
    ]
    command = bench.command("org.openjdk.jmh.Main", *arguments, options=HEAP, facade=facade)
    with undisturbed() if group.threads == 1 else nullcontext():
        subprocess.run(command, check=True)
    recorded = json.loads(raw.read_text())
    raw.unlink()
    return recorded


def line(result: dict) -> str:
    """Return one result as the terminal shows it."""
    owner, _, method = result["benchmark"].rpartition(".")
    who = result.get("params", {}).get("library") or owner.rpartition(".")[2]
    primary = result["primaryMetric"]
    error = float(primary["scoreError"])
    spread = f"{primary['score']:14,.1f} ± {error:,.1f} {primary['scoreUnit']}"
    return f"{method:12} {who:14} {spread}"


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


def measure_delays(bench: Bench, seconds: int) -> dict:
    """Microseconds that rows wait for their batch, and the bound of it."""
    command = bench.command("dev.naja.bench.BatchDelay", str(seconds), options=HEAP)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    delays = json.loads(done.stdout)
    print(delays, flush=True)
    return delays


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
