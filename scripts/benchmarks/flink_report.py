"""How do the results of the Flink jobs read?"""

from __future__ import annotations

from benchmarks.flink import LENGTHS, LOAD_ROUNDS, SECONDS, TURNS, WARM_UP
from benchmarks.flink_results import FlinkResults
from benchmarks.middle import Middle

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


def section(flink: FlinkResults) -> str:
    """The tables of Flink's jobs."""
    heads = " | ".join(ENGINES.values())
    lines = [
        "## Flink 2.3, rows a second",
        "SQL at parallelism 1 with object reuse: datagen, the function, blackhole. Rows of jobs that run without end, as Flink counts them at the source; "
        f"{TURNS} turns of {SECONDS:g} s after {WARM_UP:g} s of warm-up, between which an engine's processes are stopped. "
        "Every engine has a JVM of its own, with the same heap of 2 GiB, touched at the start. All engines run on the Flink that PyFlink 2.3.0 brings (in thread mode with PEMJA 0.5.7, and with naja-pemja), Python functions in one "
        "CPython. PyFlink has no vectorized functions in thread mode; beside them, Java's function is an asynchronous one that completes at once, "
        "which is the time that Flink itself takes for a row there.",
        f"| work | {heads} |\n|{'---|' * (len(ENGINES) + 1)}\n" + "\n".join(_rows(flink)),
        _costs(flink),
        _load(flink),
    ]
    return "\n\n".join(line for line in lines if line)


def _rows(flink: FlinkResults) -> list[str]:
    rows = []
    for work, what in WORK.items():
        rates = [flink.total(work, engine) for engine in ENGINES]
        if any(rates):
            cells = " | ".join(f"{rate:,.0f}" if rate else "" for rate in rates)
            rows.append(f"| {what} | {cells} |")
    return rows


def _costs(flink: FlinkResults) -> str:
    lines = [
        "| JSON lower-case | Python alone, us | the job without it, us | naja, us | over both |",
        "|---|---|---|---|---|",
    ]
    for length in LENGTHS:
        if costs := flink.costs(length):
            times = (costs.alone, costs.none, costs.naja)
            cells = " | ".join(_cell(time, 1) for time in times)
            lines.append(f"| {length:,} B | {cells} | {_cell(costs.over, 2)}x |")
    return "\n".join(lines) if len(lines) > 2 else ""


def _load(flink: FlinkResults) -> str:
    rows = []
    for engine in ("java", "naja"):
        found = [
            flink.under_load(engine, "latency_ns", "p50"),
            flink.under_load(engine, "latency_ns", "p99"),
            flink.under_load(engine, "checkpoints_ms", "p50"),
            flink.under_load(engine, "checkpoints_ms", "p99"),
        ]
        if all(found):
            late = [_cell(middle.scaled(lambda ns: ns / 1000), 1) for middle in found[:2]]
            saved = [_cell(middle, 1) for middle in found[2:]]
            rows.append(f"| {ENGINES[engine]} | {' | '.join(late + saved)} |")
    if not rows:
        return ""
    return "\n".join(
        [
            f"At a steady 50,000 rows a second, with a checkpoint every 200 ms; medians of {LOAD_ROUNDS} rounds in turns:",
            "",
            "| function | p50 of a record, us | p99, us | p50 of checkpoints, ms | p99, ms |",
            "|---|---|---|---|---|",
            *rows,
        ]
    )


def _cell(middle: Middle | None, digits: int) -> str:
    return f"{middle.value:,.{digits}f}" if middle else ""
