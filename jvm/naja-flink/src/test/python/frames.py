"""Aggregate functions of whole columns, of the tests."""

from __future__ import annotations

import pandas as pd
from pyflink.table.udf import udaf


@udaf(result_type="STRING", func_type="pandas", input_types="ROW<item STRING, at BIGINT>")
def visits(frame: pd.DataFrame):
    return "|".join(frame.sort_values(["at", "item"])["item"])


@udaf(result_type="DOUBLE", func_type="pandas")
def spread(values: pd.Series) -> float:
    return float(values.max() - values.min())


@udaf(result_type="STRING", func_type="pandas")
def kinds(a: pd.Series, b: pd.Series, c: pd.Series, d: pd.Series, e: pd.Series):
    return " ".join(str(each.dtype) for each in (a, b, c, d, e))


@udaf(result_type="BIGINT", func_type="pandas")
def largest(values: pd.Series):
    return values.max()
