"""What was measured? Reads the recorded JSON of one run."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measure:
    """One benchmark's mean, JMH's 99.9 % error of it, and the bytes allocated per call."""

    score: float
    error: float
    allocated: float


class Results:
    """The measures of one directory, by group and by library or floor."""

    def __init__(self, directory: Path) -> None:
        """Read every file of the directory; groups that were not run are absent."""
        self.environment = json.loads((directory / "environment.json").read_text())
        self.starts = {}
        self.delays = {}
        self.flink = {}
        self._measures = {}
        for path in sorted(directory.glob("*.json")):
            recorded = json.loads(path.read_text())
            if path.stem == "start":
                self.starts = {name: start["median_ms"] for name, start in recorded.items()}
            elif path.stem == "batchdelay":
                self.delays = recorded
            elif path.stem == "flink":
                self.flink = recorded
            elif path.stem != "environment":
                for result in recorded:
                    self._measures[path.stem, _subject(result)] = _measure(result)

    def get(self, group: str, subject: str) -> Measure | None:
        """The measure of, say, `naja` or `floor attached` in the group; None when not run."""
        return self._measures.get((group, subject))

    def score(self, group: str, subject: str) -> float | None:
        """The mean alone."""
        measure = self.get(group, subject)
        return measure.score if measure else None


def _subject(result: dict) -> str:
    library = result.get("params", {}).get("library")
    owner, _, method = result["benchmark"].rpartition(".")
    return library or f"{'floor' if owner.endswith('FloorBenchmark') else 'naja'} {method}"


def spread(measure: Measure | None) -> str:
    """Mean and error, as precise as they are."""
    if measure is None:
        return ""
    digits = 0 if measure.score >= 100 else 1
    return f"{measure.score:,.{digits}f} ± {measure.error:,.{digits}f}"


def _measure(result: dict) -> Measure:
    primary = result["primaryMetric"]
    error = float(primary["scoreError"])
    allocated = result["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
    return Measure(
        score=primary["score"],
        error=0.0 if math.isnan(error) else error,
        allocated=float(allocated),
    )
