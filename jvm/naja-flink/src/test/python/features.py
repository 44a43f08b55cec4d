"""Lookups of the tests."""

from __future__ import annotations

from naja.flink import Row

FEATURES = {"a": (3, 0.5), "b": (7, 1.5)}


class Lookup:
    """Features by trace_id: the columns behind the key."""

    def __init__(self, factor: str = "1") -> None:
        self._factor = float(factor)

    def open(self, context: object) -> None:
        self._features = dict(FEATURES)

    def lookup(self, trace_id: str) -> tuple[int, float] | None:
        if trace_id == "broken":
            raise ConnectionError("the store is away")
        found = self._features.get(trace_id)
        return found and (found[0], found[1] * self._factor)


class Many:
    def eval(self, trace_id: str) -> dict[str, object] | None:
        raise AssertionError("eval_many has them all")

    def eval_many(self, keys: list[tuple[str]]) -> list[object]:
        return [
            FEATURES.get(trace_id) and {"clicks": FEATURES[trace_id][0], "score": float(len(keys))}
            for (trace_id,) in keys
        ]


def several(trace_id: str) -> list[Row]:
    return [Row(trace_id=trace_id, clicks=n, score=n / 2) for n in range(2)]


def two_keys(trace_id: str, clicks: int) -> dict[str, float]:
    return {"score": len(trace_id) + clicks / 10}


def wrong_column(trace_id: str) -> dict[str, float]:
    return {"clicks": 1, "scroe": 1.0}


class Counting:
    """Answers with the number of lookups so far."""

    def __init__(self) -> None:
        self._count = 0

    def lookup(self, trace_id: str) -> tuple[int, float]:
        self._count += 1
        return self._count, 0.0
