"""What did the Flink jobs give? Reads what `flink.measure` has recorded, up to where it was stopped."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.middle import Middle


@dataclass(frozen=True)
class JsonCosts:
    """Microseconds a row with texts of one length.

    Attributes:
        alone: Of the Python function alone.
        none: Of the job without a function.
        naja: Of the job with naja.
        over: How many times both of the others together the job with naja takes.
    """

    alone: Middle
    none: Middle
    naja: Middle
    over: Middle


class FlinkResults:
    """The rates of jobs by workload and engine, and what jobs do under load."""

    def __init__(self, taken: dict) -> None:
        """Take what was recorded, by workload."""
        self._taken = taken

    def rates(self, work: str, engine: str) -> list[float]:
        """Rows a second by turn; none where it was not run."""
        return [rows / seconds for rows, seconds in self._taken.get(work, {}).get(engine, [])]

    def rate(self, work: str, engine: str) -> Middle | None:
        """Rows a second."""
        rates = self.rates(work, engine)
        return Middle.of(rates) if rates else None

    def total(self, work: str, engine: str) -> float | None:
        """Rows of all turns by their seconds: of an engine that takes rows in large bundles, too."""
        turns = self._taken.get(work, {}).get(engine)
        return turns and sum(rows for rows, _ in turns) / sum(seconds for _, seconds in turns)

    def faster(self, work: str, peer: str) -> Middle | None:
        """How many times the rate of a peer naja has, within the turns."""
        pairs = list(zip(self.rates(work, "naja"), self.rates(work, peer)))
        return Middle.of([naja / its for naja, its in pairs]) if pairs else None

    def reachable(self, work: str, peer: str, call: float) -> float | None:
        """How many times the rate of a peer it were, if a row took what it takes with Java's function and a call.

        Args:
            work: The workload.
            peer: The engine that it is compared with.
            call: Nanoseconds.
        """
        java, its = self.rate(work, "java"), self.rate(work, peer)
        return 1e9 / (1e9 / java.value + call) / its.value if java and its else None

    def costs(self, length: int) -> JsonCosts | None:
        """What texts of a length cost."""
        engines = ("alone", "none", "naja")
        turns = list(zip(*(self.rates(f"json{length}", engine) for engine in engines)))
        if not turns:
            return None
        by_engine = ([1e6 / rate for rate in rates] for rates in zip(*turns))
        over = [(1 / naja) / (1 / alone + 1 / none) for alone, none, naja in turns]
        return JsonCosts(*map(Middle.of, by_engine), Middle.of(over))

    def under_load(self, engine: str, what: str, quantile: str) -> Middle | None:
        """A quantile of a job's records or checkpoints under load, of all rounds.

        Args:
            engine: ``"java"`` or ``"naja"``.
            what: ``"latency_ns"`` or ``"checkpoints_ms"``.
            quantile: ``"p50"`` or ``"p99"``.
        """
        found = self._loaded(engine, what, quantile)
        return Middle.of(found) if found else None

    def slower(self, what: str, quantile: str) -> Middle | None:
        """How many times that quantile of Java's the one of naja is, within the rounds."""
        pairs = list(zip(*(self._loaded(it, what, quantile) for it in ("naja", "java"))))
        return Middle.of([naja / java for naja, java in pairs]) if pairs else None

    def _loaded(self, engine: str, what: str, quantile: str) -> list[float]:
        return [found[what][quantile] for found in self._taken.get("load", {}).get(engine, [])]
