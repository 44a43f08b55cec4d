"""Models of the tests."""

from __future__ import annotations

import pandas as pd

from naja.flink import Row, udf

BATCHES: list[int] = []


class Linear:
    """A model whose weight is given where it is declared."""

    def __init__(self, weight: str = "2") -> None:
        self._weight = float(weight)

    def open(self, context: object) -> None:
        self._bias = 1.0
        self.model_version = 6

    def predict(self, amount: float, merchant: str) -> float:
        if merchant == "bad":
            raise ValueError("no model for bad merchants")
        self.model_version = 7
        return amount * self._weight + self._bias


class Labelled:
    model_version = "2026-11"

    @udf(result_type="ROW<p DOUBLE, label STRING>")
    def predict(self, amount: float) -> Row:
        return Row(p=amount / 10, label="high" if amount > 5 else "low")


def whole(row: Row) -> float:
    return row.amount + len(row.merchant)


@udf(result_type="DOUBLE", func_type="pandas")
def doubled(amount: pd.Series) -> pd.Series:
    BATCHES.append(len(amount))
    return amount * 2


@udf(result_type="ROW<p DOUBLE, size INT>", func_type="pandas")
def framed(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({"size": len(frame), "p": frame["amount"] + frame["merchant"].str.len()})


def length(text: str) -> int:
    return len(text)
