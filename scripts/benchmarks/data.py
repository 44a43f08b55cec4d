"""How do the results of bulk data read? Arrays, tables and batches."""

from __future__ import annotations

from benchmarks import chart
from benchmarks.results import Results, spread

PEERS = {"floor": "floor", "naja": "naja", "pemja": "PEMJA", "jep": "Jep", "jpy": "jpy"}
SUMS = {"total1k": "`double[1000]`, `numpy.sum`", "total1m": "`double[1000000]`, `numpy.sum`"}
SHARED = {
    "nothing": "a call that takes no array",
    "accept": "a call that takes a million numbers in a wrapped buffer",
    "wrap": "the same, of a buffer that Python has not seen",
    "view": "a million numbers of NumPy's as an `NdArray`, and given back",
    "copy": "a million numbers of NumPy's by `toDoubleArray()`",
    "copied": "a million numbers of Java's by `double[].clone()`",
}
TABLES = {
    "fillNumbers": "filling, by cell: longs and doubles",
    "fillMixed": "filling, by cell: numbers, a flag, texts, a time",
    "arrow": "the filled table as a pyarrow RecordBatch",
    "frame": "the filled table as a pandas DataFrame",
    "ipc": "the same DataFrame by pyarrow alone, of Arrow IPC messages in memory",
}
BATCHES = {
    "single": "a call for each row",
    "waiting": "`MicroBatcher.call`: each thread waits for its row",
    "submitted": "`MicroBatcher.submit`: each thread has 128 rows under way",
}


def subject(group: str, peer: str) -> str:
    """How the results know a peer's measure of the group."""
    return f"floor {group}" if peer == "floor" else peer


def sections(results: Results) -> list[str]:
    """The sections for which something was measured."""
    found = []
    if any(results.score(group, "naja") for group in SUMS):
        found.append(sum_table(results))
    if results.score("ndarray", "naja accept"):
        found.append(shared_table(results))
    if results.score("rows", "naja frame"):
        found.append(row_table(results))
    if results.score("batches", "naja single"):
        found.append(batch_table(results))
    return found


def sum_table(results: Results) -> str:
    """Time for NumPy to sum an array of Java's."""
    rows = [
        "## Arrays, in ns",
        "",
        "NumPy sums a `double[]` of Java's. The floor makes a NumPy array in C, copies the numbers "
        "into its memory and calls the same function. PEMJA hands over a tuple, Jep (as its Python "
        "package builds without NumPy) and jpy an object with the buffer protocol or none.",
        "",
        "| work | " + " | ".join(PEERS.values()) + " |",
        "|---" * (len(PEERS) + 1) + "|",
    ]
    for group, name in SUMS.items():
        cells = [spread(results.get(group, subject(group, peer))) for peer in PEERS]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def shared_table(results: Results) -> str:
    """Time to show memory, beside copies."""
    rows = ["Memory that both sides see, in ns:", "", "| work | naja |", "|---|---|"]
    for method, name in SHARED.items():
        rows.append(f"| {name} | {spread(results.get('ndarray', f'naja {method}'))} |")
    return "\n".join(rows)


def row_table(results: Results) -> str:
    """Time to fill and pass a table."""
    rows = [
        "## Tables, in ns",
        "",
        "A `RowBatch` of 1,000 rows and 10 columns: filled record by record, and passed as a whole.",
        "",
        "| work | naja |",
        "|---|---|",
    ]
    for method, name in TABLES.items():
        rows.append(f"| {name} | {spread(results.get('rows', f'naja {method}'))} |")
    return "\n".join(rows)


def batch_table(results: Results) -> str:
    """Throughput of a model by rows and by batches."""
    rows = [
        "## Batches",
        "",
        "Rows a second that 8 threads get out of a model that is a dot product of 128 numbers.",
        "",
        "| way | rows a second |",
        "|---|---|",
    ]
    for method, name in BATCHES.items():
        rows.append(f"| {name} | {spread(results.get('batches', f'naja {method}'))} |")
    if results.delays:
        rows += [
            "",
            "Where a batch is never full and waits for {bound_us:,} us at most, half of the rows "
            "waited for {p50_us:,.0f} us or less and 99 % for {p99_us:,.0f} us or "
            "less, by the medians of the rounds.".format(**results.delays),
        ]
    return "\n".join(rows)


def sum_bars(results: Results) -> dict[str, list[chart.Bar]]:
    """The bars of the chart of arrays."""
    groups = {}
    for group, name in SUMS.items():
        scores = [
            (shown, results.score(group, subject(group, peer))) for peer, shown in PEERS.items()
        ]
        found = [chart.Bar(shown, score, f"{score:,.0f}") for shown, score in scores if score]
        if found:
            groups[name.replace("`", "")] = found
    return groups
