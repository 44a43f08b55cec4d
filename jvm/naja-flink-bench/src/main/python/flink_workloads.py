"""The functions that are timed, the same for every engine."""

import json


def noop(x: int) -> int:
    """Gives back what it gets."""
    return x


def lowered(text: str) -> str:
    """Parses a JSON text, lowers a field of it, writes it again."""
    record = json.loads(text)
    record["Text"] = record["Text"].lower()
    return json.dumps(record)


def half(x):
    """Half of each number of a pandas.Series."""
    return x * 0.5


def deviation(v):
    """The standard deviation of a pandas.Series."""
    return float(v.std(ddof=0))
