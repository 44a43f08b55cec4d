"""Functions of whole rows, of the tests."""

from __future__ import annotations

import pandas as pd

from naja.flink import Row, udf


@udf(result_type="ROW<id INT, label STRING>")
def labelled(row: Row) -> Row | None:
    if row.id == 2:
        return None
    return Row(label=f"{row.name}!", id=row.id * 10)


@udf(result_type="ROW<name STRING, length BIGINT>")
def normalized(name: str) -> Row:
    return Row(name=name.strip().lower(), length=len(name))


def length(name: str) -> int:
    if name == "raise":
        raise ValueError("no length today")
    return len(name)


def by_name(price: float, id: int) -> float:
    return price * id


def unknown_column(nmae: str) -> str:
    return nmae


def untyped(name):
    return name


@udf(result_type="ROW<id INT, part DOUBLE, size INT>", func_type="pandas")
def parts(frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {"id": frame["id"], "part": frame["price"] / frame["price"].sum(), "size": len(frame)}
    )
