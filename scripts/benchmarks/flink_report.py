"""How do the results of the Flink jobs read?"""

from __future__ import annotations

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
        alone, none, naja = json_costs(taken, length)
        lines.append(
            f"| {length:,} B | {alone:,.1f} | {none:,.1f} | {naja:,.1f} | {naja / (alone + none):.2f}x |"
        )
    return "\n".join(lines)


def json_costs(taken: dict, length: int) -> tuple[float, float, float]:
    """Microseconds a row of Python alone, of the job without a function, and of the job with naja."""
    jobs = taken["jobs"][f"json{length}"]
    return taken["alone"][str(length)], 1e6 / rate(jobs["none"]), 1e6 / rate(jobs["naja"])


def _load(taken: dict) -> str:
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
