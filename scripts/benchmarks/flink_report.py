"""How do the results of the Flink jobs read?"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.flink import LENGTHS, LOAD_ROUNDS, ROUNDS, rate, under_load

ENGINES = {
    "none": "no function",
    "java": "Java",
    "naja": "naja",
    "thread": "PyFlink, thread",
    "thread-naja": "PyFlink, thread, naja-pemja",
    "process": "PyFlink, process",
}
WORK = {
    "noop": "no-op scalar",
    **{f"json{length}": f"JSON lower-case, {length:,} B" for length in LENGTHS},
    "pandas": "pandas scalar",
    "hop": "pandas aggregate over HOP",
}


def section(taken: dict) -> str:
    """The tables of Flink's jobs."""
    heads = " | ".join(ENGINES.values())
    lines = [
        "## Flink 2.3, rows a second",
        "Measured on {date} at commit `{commit}`. ".format(**taken["measured"])
        + "SQL at parallelism 1 with object reuse: datagen, the function, blackhole. Marginal rates, of the rows of a long job beyond those "
        f"of a short one; the median of {ROUNDS} rounds in turns, and of the engines that stand only beside, one. All engines run on the Flink that PyFlink 2.3.0 brings (in thread mode with PEMJA 0.5.7, and with naja-pemja), Python functions in one "
        "CPython. PyFlink has no vectorized functions in thread mode; beside them, Java's function is an asynchronous one that completes at once, "
        "which is the time that Flink itself takes for a row there.",
        f"| work | {heads} |\n|{'---|' * (len(ENGINES) + 1)}\n" + "\n".join(_rows(taken)),
        _alone(taken),
        _load(taken),
    ]
    return "\n\n".join(line for line in lines if line)


def _rows(taken: dict) -> list[str]:
    return [
        f"| {what} | "
        + " | ".join(
            f"{rate(taken['jobs'][name][engine]):,.0f}" if engine in taken["jobs"][name] else ""
            for engine in ENGINES
        )
        + " |"
        for name, what in WORK.items()
        if name in taken["jobs"]
    ]


def _alone(taken: dict) -> str:
    lines = [
        "| JSON lower-case | Python alone, us | the job without it, us | naja, us | over both |",
        "|---|---|---|---|---|",
    ]
    for length in LENGTHS:
        if costs := json_costs(taken, length):
            lines.append(
                f"| {length:,} B | {costs.alone:,.1f} | {costs.none:,.1f} | {costs.naja:,.1f} "
                f"| {costs.over:.2f}x |"
            )
    return "\n".join(lines) if len(lines) > 2 else ""


@dataclass(frozen=True)
class JsonCosts:
    """Microseconds a row: of Python alone, of the job without a function, and of the job with naja."""

    alone: float
    none: float
    naja: float

    @property
    def over(self) -> float:
        """How many times both of the others together the job with naja takes."""
        return self.naja / (self.alone + self.none)


def json_costs(taken: dict, length: int) -> JsonCosts | None:
    """What texts of a length cost; None when the run was stopped before."""
    jobs = taken["jobs"].get(f"json{length}", {})
    if not {"none", "naja"} <= jobs.keys():
        return None
    alone = taken["alone"][str(length)]
    return JsonCosts(alone, 1e6 / rate(jobs["none"]), 1e6 / rate(jobs["naja"]))


def _load(taken: dict) -> str:
    if not taken["load"]:
        return ""
    lines = [
        f"At a steady 50,000 rows a second, with a checkpoint every 200 ms; medians of {LOAD_ROUNDS} rounds in turns:",
        "| function | p50 of a record, us | p99, us | p50 of checkpoints, ms | p99, ms |\n|---|---|---|---|---|\n"
        + "\n".join(
            f"| {ENGINES[engine]} | {under_load(rounds, 'latency_ns', 'p50') / 1000:,.1f} "
            f"| {under_load(rounds, 'latency_ns', 'p99') / 1000:,.1f} "
            f"| {under_load(rounds, 'checkpoints_ms', 'p50')} "
            f"| {under_load(rounds, 'checkpoints_ms', 'p99')} |"
            for engine, rounds in taken["load"].items()
        ),
    ]
    return "\n\n".join(lines)
