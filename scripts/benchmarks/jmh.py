"""How does JMH measure the subjects of some groups in turns?

Each in a JVM of its own, since two embedded CPythons cannot share a process.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.groups import GROUPS, Subject
from benchmarks.middle import Middle
from benchmarks.prepare import Bench
from benchmarks.turns import Contestant, turned

# Touched at the start: else what allocates pays a page fault every few dozen calls, until all of the
# heap was used once. All JVMs of a set are there at once.
HEAP = ("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch")
ALLOCATED = "gc.alloc.rate.norm"


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


def measure(
    raw: Path, bench: Bench, subjects: Sequence[Subject], span: Span
) -> dict[Subject, dict]:
    """Measure each subject in a JVM, in turns; what JMH records of each.

    Raises CalledProcessError when a benchmark fails or gives a wrong result.

    Args:
        raw: The directory for files that are needed meanwhile.
        bench: Where everything is.
        subjects: What is compared.
        span: How many turns each has, how long.
    """
    with ExitStack() as stack:
        files = {subject: raw / f"{number}.raw" for number, subject in enumerate(subjects)}
        jvms = {
            subject: stack.enter_context(Contestant(command(bench, subject, span, file)))
            for subject, file in files.items()
        }
        for turn in range(span.warmups + span.turns):
            for subject in turned(subjects, turn):
                jvms[subject].turn()
        for jvm in jvms.values():
            jvm.end()
    return {subject: taken(file) for subject, file in files.items()}


def command(bench: Bench, subject: Subject, span: Span, file: Path) -> list:
    """The command line of the JVM of one subject."""
    group = GROUPS[subject.group]
    return bench.command(
        "org.openjdk.jmh.Main",
        rf"\.{subject.method.replace('.', '[.]')}$",
        *(("-p", f"library={subject.library}") if subject.library else ()),
        *("-t", str(group.threads)),
        *(("-bm", "thrpt", "-tu", "s") if group.throughput else ("-bm", "avgt", "-tu", "ns")),
        *span.arguments(),
        *("-prof", "dev.naja.bench.Turns", "-prof", "gc"),
        *("-f", "0", "-foe", "true", "-v", "SILENT", "-rf", "json", "-rff", str(file)),
        # JMH's own lock lets one JVM measure at a time, as the turns do.
        options=(*HEAP, "-Djmh.ignoreLock=true"),
        facade=subject.facade,
    )


def taken(file: Path) -> dict:
    """The record of the one benchmark in a file of JMH's, which is removed."""
    (recorded,) = json.loads(file.read_text())
    file.unlink()
    return recorded


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
