"""What was measured? Reads the recorded JSON of one run."""

from __future__ import annotations

import json
import statistics
from dataclasses import dataclass
from pathlib import Path

from benchmarks.flink_results import FlinkResults
from benchmarks.groups import FLINK
from benchmarks.middle import Middle


@dataclass(frozen=True)
class Measure:
    """One subject: what each turn gave, by JVM, and bytes allocated per call."""

    turns: list[list[float]]
    allocated: float

    @property
    def middle(self) -> Middle:
        """Of all turns."""
        return Middle.of([value for jvm in self.turns for value in jvm])

    def over(self, other: Measure) -> Middle:
        """How many times as large the other this is: the ratios of both in each turn.

        Where the machine is at times twice as slow, the medians of two subjects may fall into
        different times, and their ratio is off by that factor; what both did within a second of
        each other is not.
        """
        return Middle.of(
            [
                mine / its
                for ours, others in zip(self.turns, other.turns)
                for mine, its in zip(ours, others)
            ]
        )


class Results:
    """The measures of one directory, by group and by library or floor."""

    def __init__(self, directory: Path) -> None:
        """Read every file of the directory; groups that were not run are absent."""
        self.environment = json.loads((directory / "environment.json").read_text())
        self.starts = {}
        self.delays = {}
        self._measures = {}
        jobs = {}
        for path in sorted(directory.glob("*.json")):
            recorded = json.loads(path.read_text())
            if path.stem == "start":
                self.starts = {name: start["median_ms"] for name, start in recorded.items()}
            elif path.stem == "batchdelay":
                self.delays = recorded
            elif path.stem.startswith(FLINK):
                jobs[path.stem.removeprefix(FLINK)] = recorded
            elif path.stem != "environment":
                for result in recorded:
                    self._measures[path.stem, _subject(result)] = _measure(result)
        self.flink = FlinkResults(jobs) if jobs else None

    def get(self, group: str, subject: str) -> Measure | None:
        """The measure of, say, `naja` or `floor attached` in the group; None when not run."""
        return self._measures.get((group, subject))

    def score(self, group: str, subject: str) -> float | None:
        """The median alone."""
        measure = self.get(group, subject)
        return measure.middle.value if measure else None

    def ratio(self, group: str, over: str, under: str, other_group: str = "") -> Middle | None:
        """How many times as large one subject of a group is as another; None when not run."""
        top, bottom = self.get(group, over), self.get(other_group or group, under)
        return top.over(bottom) if top and bottom else None


def newest(root: Path) -> Path | None:
    """The directory of the newest recorded run below the repository's root; None without any."""
    recorded = sorted(path.parent for path in root.glob("benchmarks/*/environment.json"))
    return recorded[-1] if recorded else None


def _subject(result: dict) -> str:
    library = result.get("params", {}).get("library")
    owner, _, method = result["benchmark"].rpartition(".")
    return library or f"{'floor' if owner.endswith('FloorBenchmark') else 'naja'} {method}"


def spread(measure: Measure | None) -> str:
    """Median and quartiles, as precise as they are."""
    if measure is None:
        return ""
    middle = measure.middle
    digits = 0 if middle.value >= 100 else 1
    low, value, high = (f"{it:,.{digits}f}" for it in (middle.low, middle.value, middle.high))
    return f"{value} ({low}–{high})"


def times(ratio: Middle | None) -> str:
    """A ratio in a table's cell."""
    return f"{ratio.value:.1f}" if ratio else ""


def _measure(result: dict) -> Measure:
    allocated = result["secondaryMetrics"]["gc.alloc.rate.norm"]["rawData"]
    return Measure(
        turns=result["primaryMetric"]["rawData"],
        allocated=statistics.median(value for each in allocated for value in each),
    )
