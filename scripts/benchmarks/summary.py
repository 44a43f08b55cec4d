"""Which figures does the README show?"""

from __future__ import annotations

from pathlib import Path

from benchmarks.results import Results

BEGIN = "<!-- figures, written by scripts/bench-report -->\n"
END = "<!-- end of figures -->\n"

CALLS = {
    "half": "`double -> double`, ns",
    "upper": "32-character `String.upper`, ns",
    "row10": "10 mixed arguments, ns",
    "callback": "a Java lambda called from a Python loop, ns",
    "total1k": "`double[1000]` to `numpy.sum`, ns",
    "threads4": "`double -> double` from 4 threads, calls a second",
}
LIBRARIES = ("naja", "pemja", "jep")
JOBS = {
    "noop": "no-op, rows a second",
    "json100": "JSON lower-case of 100 B, rows a second",
    "pandas": "pandas function, rows a second",
}
ENGINES = ("naja", "thread", "process")


def update(readme: Path, results: Results) -> None:
    """Write the figures of a run between their two marks.

    Raises ValueError when the marks are not there.
    """
    before, _, rest = readme.read_text().partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"{readme} lacks the lines {BEGIN!r} and {END!r}")
    readme.write_text(before + BEGIN + tables(results) + END + after)


def tables(results: Results) -> str:
    """The tables; a row or a table that was not measured is left out."""
    env = results.environment
    lines = [
        f"Medians on {env['cores']} cores of {env['cpu']}, CPython {env['cpython']}, {env['date'][:10]}:",
        "",
        "| | naja | PEMJA | Jep |",
        "|---|---|---|---|",
    ]
    for group, what in CALLS.items():
        lines += _row(what, [results.score(group, library) for library in LIBRARIES])
    starts = [results.starts.get(library) for library in LIBRARIES]
    lines += _row("start to first result, ms", starts)
    if results.flink:
        lines += [
            "",
            "| Flink SQL, all turns together | naja | PyFlink, thread mode | PyFlink, process mode |",
        ]
        lines += ["|---|---|---|---|"]
        for work, what in JOBS.items():
            lines += _row(what, [results.flink.total(work, engine) for engine in ENGINES])
    return "\n".join(lines) + "\n"


def _row(what: str, values: list) -> list[str]:
    """A line of a table, unless none of its values was measured."""
    if not any(values):
        return []
    return [f"| {what} | {' | '.join(f'{value:,.0f}' if value else '' for value in values)} |"]
