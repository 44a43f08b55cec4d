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
