"""Which speeds does naja promise, and does this run keep them?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from benchmarks.flink import LENGTHS
from benchmarks.flink_results import FlinkResults
from benchmarks.middle import Middle
from benchmarks.results import Results


@dataclass(frozen=True)
class Verdict:
    """One promise and what was measured; `measured` is None when the run left it out."""

    what: str
    limit: float
    at_most: bool
    unit: str
    measured: float | None
    between: tuple[float, float] | None = None
    """The quartiles, where the measured value is a median."""
    floor: float | None = None
    """What the floor in naja's place would reach, where that is known."""

    @property
    def kept(self) -> bool:
        """Whether the measured value lies on the promised side."""
        if self.measured is None:
            return False
        return self.measured <= self.limit if self.at_most else self.measured >= self.limit


def verdict(
    at_most: bool,
    what: str,
    limit: float,
    unit: str,
    measured: Middle | float | None,
    floor: float | None = None,
) -> Verdict:
    """A promise, with quartiles where there are some."""
    if isinstance(measured, Middle):
        between = (measured.low, measured.high)
        return Verdict(what, limit, at_most, unit, measured.value, between, floor)
    return Verdict(what, limit, at_most, unit, measured, floor=floor)


most = partial(verdict, True)
"""A promise to stay below."""
least = partial(verdict, False)
"""A promise to reach."""


def flink_verdicts(flink: FlinkResults | None, call: float | None) -> list[Verdict]:
    """The promises of Flink's jobs; none where there is nothing of them.

    Args:
        flink: What the jobs gave.
        call: Nanoseconds of a call at its floor.
    """
    if flink is None:
        return []
    rate = flink.rate("noop", "naja")
    millions = rate and rate.scaled(lambda rows: rows / 1e6)
    thread = "PyFlink's thread mode"
    short = flink.faster("json100", "thread")
    found = [
        least("Flink SQL, no-op", 1, " million rows/s", millions),
        least(
            f"Flink SQL, no-op, over {thread}",
            3.5,
            "x",
            flink.faster("noop", "thread"),
            call and flink.reachable("noop", "thread", call),
        ),
        least(f"Flink SQL, JSON of 100 B, over {thread}", 1.35, "x", short),
    ]
    for length in LENGTHS:
        costs = flink.costs(length)
        what = f"Flink SQL, JSON of {length:,} B, time over Python's and the job's own"
        found.append(most(what, 1.15, "x", costs and costs.over))
    pandas, hop = flink.faster("pandas", "process"), flink.faster("hop", "process")
    return [
        *found,
        least("pandas scalar over PyFlink's", 5, "x", pandas),
        least("pandas aggregate over HOP over PyFlink's", 3, "x", hop),
        most(
            "checkpoints under load, time over those with Java's function",
            1,
            "x",
            flink.slower("checkpoints_ms", "p50"),
        ),
        most(
            "p99 of a record at 50,000 rows/s, over Java's function",
            1.15,
            "x",
            flink.slower("latency_ns", "p99"),
        ),
    ]


def verdicts(results: Results) -> list[Verdict]:
    """Every promise, in the order of the report."""

    ratio = results.ratio

    def microseconds(group: str, subject: str = "naja") -> Middle | None:
        measure = results.get(group, subject)
        return measure and measure.middle.scaled(lambda ns: ns / 1000)

    def million_per_second(group: str, subject: str) -> Middle | None:
        measure = results.get(group, subject)
        return measure and measure.middle.scaled(lambda ns: 1000 / ns)

    def allocated(subject: str) -> float | None:
        measure = results.get("half", subject)
        return None if measure is None else round(measure.allocated, 1)

    def floor(group: str, name: str, facade: bool = False) -> float | None:
        """How many times as fast as PEMJA the floor is."""
        faster = ratio(f"pemja-{group}" if facade else group, "pemja", f"floor {name}", group)
        return faster and faster.value

    call, crowd = results.score("half", "floor attached"), results.score("pemja-threads4", "pemja")

    half = "`double -> double`"
    start = None
    if results.starts:
        start = results.starts["naja"] - results.starts["python"]
    return [
        most(
            f"{half}, over the attached floor", 1.15, "x", ratio("half", "naja", "floor attached")
        ),
        least(
            f"{half}, faster than PEMJA",
            3,
            "x",
            ratio("half", "pemja", "naja"),
            floor("half", "attached"),
        ),
        most(f"{half}, allocated per call", 0, " B", allocated("naja")),
        most(
            f"{half} in a session, over the held floor",
            1.25,
            "x",
            ratio("half", "naja-session", "floor held"),
        ),
        least(
            f"{half} in a session, faster than PEMJA",
            6,
            "x",
            ratio("half", "pemja", "naja-session"),
            floor("half", "held"),
        ),
        most(f"{half} in a session, allocated per call", 0, " B", allocated("naja-session")),
        least(
            "32-character `String.upper`, faster than PEMJA",
            2.3,
            "x",
            ratio("upper", "pemja", "naja"),
            floor("upper", "upper"),
        ),
        least(
            "`row10`, faster than PEMJA",
            7.5,
            "x",
            ratio("row10", "pemja", "naja"),
            floor("row10", "row10"),
        ),
        most("`List` of 100 `Double`, there and back by value", 6, " us", microseconds("samples")),
        most("`Map` of 10, there and back by value", 4, " us", microseconds("counters")),
        most(
            "`byte[1 MiB]`, over a copy of it plus a call",
            1.3,
            "x",
            ratio("bytes1MiB", "naja", "floor copied1MiB"),
        ),
        most(
            "`DoubleUnaryOperator` called from a Python loop, over its floor",
            1.2,
            "x",
            ratio("callback", "naja", "floor callback"),
        ),
        least(
            "`DoubleUnaryOperator` called from a Python loop, faster than PEMJA",
            2,
            "x",
            ratio("callback", "pemja", "naja"),
            floor("callback", "callback"),
        ),
        least(
            "`ArrayList.add` and `get` from a Python loop, faster than Jep",
            2,
            "x",
            ratio("arraylist", "jep", "naja"),
        ),
        most(
            "`double[1000]` to `numpy.sum`, over its floor",
            1.3,
            "x",
            ratio("total1k", "naja", "floor total1k"),
        ),
        most(
            "`double[1000000]` to `numpy.sum`, over its floor",
            1.2,
            "x",
            ratio("total1m", "naja", "floor total1m"),
        ),
        most(
            "a call with a million numbers in a wrapped buffer, over one without",
            1.2,
            "x",
            ratio("ndarray", "naja accept", "naja nothing"),
        ),
        most(
            "a million numbers of NumPy's seen from Java",
            2,
            " us",
            microseconds("ndarray", "naja view"),
        ),
        most(
            "a million numbers of NumPy's copied, over a copy in Java",
            1.2,
            "x",
            ratio("ndarray", "naja copy", "naja copied"),
        ),
        most(
            "`RowBatch` of 1,000 x 10 to a DataFrame, over pyarrow's own from IPC",
            1.3,
            "x",
            ratio("rows", "naja frame", "naja ipc"),
        ),
        least(
            "filling a `RowBatch` with numbers",
            20,
            " million cells/s",
            million_per_second("rows", "naja fillNumbers"),
        ),
        least(
            "`MicroBatcher` with 8 threads, throughput over single calls",
            5,
            "x",
            ratio("batches", "naja submitted", "naja single"),
        ),
        most(
            "time that rows wait for a batch that is not full, p99 over its bound",
            1,
            "x",
            results.delays["p99_us"] / results.delays["bound_us"] if results.delays else None,
        ),
        least(
            "4 threads of tiny calls, throughput over 1 thread's",
            0.8,
            "x",
            ratio("threads4", "naja", "naja", "threads1"),
        ),
        least(
            "4 threads in `time.sleep(0.01)`, throughput over 1 thread's",
            3.5,
            "x",
            ratio("pause4", "naja", "naja", "pause1"),
        ),
        *(
            least(
                f"PEMJA's API on naja, {what}, faster than PEMJA",
                limit,
                "x",
                ratio(f"pemja-{group}", "pemja", "naja-pemja"),
                floor(group, name, facade=True),
            )
            for what, limit, group, name in [
                ('`invoke("f", x)` on a double', 2.5, "half", "attached"),
                ("10 mixed arguments", 6, "row10", "row10"),
                ("callbacks", 1.8, "callback", "callback"),
            ]
        ),
        least(
            "PEMJA's API on naja, 4 threads, throughput over PEMJA's",
            8,
            "x",
            ratio("pemja-threads4", "naja-pemja", "pemja"),
            # One thread at a time has the GIL.
            1e9 / call / crowd if call and crowd else None,
        ),
        most("start to first result, over `python -c pass`", 120, " ms", start),
        *flink_verdicts(results.flink, call),
    ]
