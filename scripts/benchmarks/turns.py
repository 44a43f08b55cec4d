"""How do benchmarks in several JVMs take turns?

What is compared runs in JVMs of its own that are all there at once, and each waits while another
one measures an iteration. On a virtual machine the same code may take twice as long for half a
minute, for what its host's other tenants do; in turns of a fraction of a second that touches all
subjects alike, and a comparison within a turn cancels it.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from benchmarks.groups import GROUPS, Subject
from benchmarks.prepare import Bench
from benchmarks.results import Middle

# Touched at the start: else what allocates pays a page fault every few dozen calls, until all of the
# heap was used once. All JVMs of a set are there at once.
HEAP = ("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")
ALLOCATED = "gc.alloc.rate.norm"

OVER = "turn over"
"""What a JVM prints after each iteration, see Turns.java."""


@dataclass(frozen=True)
class Span:
    """How many turns a JVM has, and how long each of them is."""

    warmups: int
    warmup: str
    turns: int
    turn: str

    def arguments(self) -> tuple[str, ...]:
        """JMH's options."""
        warmup = ("-wi", str(self.warmups), "-w", self.warmup)
        return (*warmup, "-i", str(self.turns), "-r", self.turn)


FULL = Span(3, "500ms", 15, "200ms")
QUICK = Span(1, "300ms", 2, "250ms")


class Contestant:
    """The JVM of one subject, which measures when it is its turn."""

    def __init__(self, bench: Bench, subject: Subject, span: Span, raw: Path) -> None:
        """Start the JVM.

        Args:
            bench: Where everything is.
            subject: What it measures.
            span: How many iterations, how long.
            raw: The file for what JMH records.
        """
        group = GROUPS[subject.group]
        self._raw = raw
        self._command = bench.command(
            "org.openjdk.jmh.Main",
            rf"\.{subject.method.replace('.', '[.]')}$",
            *(("-p", f"library={subject.library}") if subject.library else ()),
            *("-t", str(group.threads)),
            *(("-bm", "thrpt", "-tu", "s") if group.throughput else ("-bm", "avgt", "-tu", "ns")),
            *span.arguments(),
            *("-prof", "dev.naja.bench.Turns", "-prof", "gc"),
            *("-f", "0", "-foe", "true", "-v", "SILENT", "-rf", "json", "-rff", str(raw)),
            # JMH's own lock lets one JVM measure at a time, as the turns do.
            options=(*HEAP, "-Djmh.ignoreLock=true"),
            facade=subject.facade,
        )
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, text=True)

    def __enter__(self) -> Contestant:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type | None, error: Exception | None, at: TracebackType | None
    ) -> None:
        """Kill the JVM if it has not ended."""
        self._process.kill()
        self._process.communicate()

    def turn(self) -> None:
        """Have it measure one iteration.

        Raises CalledProcessError when the benchmark fails or gives a wrong result.
        """
        with suppress(BrokenPipeError):
            print(file=self._process.stdin, flush=True)
        if OVER not in map(str.strip, self._process.stdout):
            raise subprocess.CalledProcessError(self._process.wait(), self._command)

    def result(self) -> dict:
        """What JMH has recorded, after the last turn.

        Raises CalledProcessError when the benchmark fails at its end.
        """
        self._process.communicate()
        if self._process.returncode:
            raise subprocess.CalledProcessError(self._process.returncode, self._command)
        (recorded,) = json.loads(self._raw.read_text())
        self._raw.unlink()
        return recorded


def measure(
    raw: Path, bench: Bench, subjects: Sequence[Subject], span: Span
) -> dict[Subject, dict]:
    """Measure each subject once, in turns; what JMH records of each.

    Args:
        raw: The directory for files that are needed meanwhile.
        bench: Where everything is.
        subjects: What is compared.
        span: How many turns each has, how long.
    """
    with ExitStack() as stack:
        contestants = {
            subject: stack.enter_context(Contestant(bench, subject, span, raw / f"{number}.raw"))
            for number, subject in enumerate(subjects)
        }
        for turn in range(span.warmups + span.turns):
            for subject in turned(subjects, turn):
                contestants[subject].turn()
        return {subject: contestant.result() for subject, contestant in contestants.items()}


def turned(subjects: Sequence, turn: int) -> list:
    """The subjects from another one on in each turn."""
    first = turn % len(subjects)
    return [*subjects[first:], *subjects[:first]]


def merged(subject: Subject, found: list) -> dict:
    """JMH's records of a subject as one, whose raw data has a list for each JVM.

    Leaves this machine's paths out, and what JMH makes of the raw data of a single JVM.
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
    """A metric's unit and its values by JVM."""
    values = [turns for metric in metrics for turns in metric["rawData"]]
    return {"scoreUnit": metrics[0]["scoreUnit"], "rawData": values}


def line(series: int, subject: Subject, result: dict) -> str:
    """Return one result as the terminal shows it."""
    primary = result["primaryMetric"]
    middle = Middle.of([value for turns in primary["rawData"] for value in turns])
    unit = primary["scoreUnit"]
    return f"{series + 1}  {subject.group:14} {subject.name:16} {middle.value:14,.1f} {unit}"
