"""Which features do clicks give, minute by minute?

The items that a user visited, as a pandas aggregate for SQL and as an aggregate function for DataStream;
what share of a group's clicks each category has, as an aggregate function for SQL.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from naja.flink import AggregateFunction, Row, udaf


@udaf(result_type="STRING", func_type="pandas")
def visited(items: pd.Series, times: pd.Series) -> str:
    """Returns the items of a window sorted by time and joined by `|`."""
    return "|".join(items.iloc[np.lexsort((items, times))])


class Visited(AggregateFunction):
    """The same over the rows of a stream. The accumulator is a list of (time, item)."""

    def create_accumulator(self) -> list:
        return []

    def add(self, click: Row, clicks: list) -> list:
        clicks.append((click.ts, click.item_id))
        return clicks

    def get_result(self, clicks: list) -> str:
        return "|".join(item for _, item in sorted(clicks))

    def merge(self, clicks: list, others: list) -> list:
        return clicks + others


class Shares(AggregateFunction):
    """What share of the rows each category has, as `books:0.250 toys:0.750`, by name."""

    result_type = "STRING"

    def create_accumulator(self) -> dict:
        return {}

    def accumulate(self, counts: dict, category: str) -> None:
        counts[category] = counts.get(category, 0) + 1

    def merge(self, counts: dict, accumulators: list) -> None:
        for others in accumulators:
            for category, count in others.items():
                counts[category] = counts.get(category, 0) + count

    def get_value(self, counts: dict) -> str:
        total = sum(counts.values())
        return " ".join(f"{category}:{counts[category] / total:.3f}" for category in sorted(counts))
