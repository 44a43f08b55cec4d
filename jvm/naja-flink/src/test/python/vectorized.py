"""Vectorized functions of the tests."""

from __future__ import annotations

import asyncio
import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

import naja
from naja.flink import udf


@udf(result_type="DOUBLE", func_type="pandas")
def ratio(a: pd.Series, b: pd.Series) -> pd.Series:
    return a / b


@udf(result_type="BIGINT", func_type="pandas")
def lengths(text: pd.Series) -> pd.Series:
    return text.str.len()


@udf(result_type="STRING", func_type="pandas")
def upper(text: pd.Series) -> pd.Series:
    return text.str.upper().where(text != "none", None)


@udf(result_type="INT", func_type="pandas")
def batch_size(n: pd.Series) -> pd.Series:
    return pd.Series([len(n)] * len(n))


@udf(result_type="ROW<low DOUBLE, high DOUBLE>", func_type="pandas")
def around(x: pd.Series) -> pd.DataFrame:
    return pd.DataFrame({"high": x + 1, "low": x - 1})


@udf(result_type="BIGINT", func_type="arrow")
def arrow_sum(a: pa.Array, b: pa.Array) -> pa.Array:
    return pc.add(a, b)


@udf(result_type="TIMESTAMP(3)", func_type="pandas")
def next_day(at: pd.Series) -> pd.Series:
    assert at.dtype.kind == "M", at.dtype
    return at + dt.timedelta(days=1)


@udf(result_type="DECIMAL(10, 2)", func_type="pandas")
def taxed(price: pd.Series) -> pd.Series:
    return price * 2


@naja.vectorized
def squared(x: np.ndarray) -> np.ndarray:
    return x * x


@udf(result_type="BIGINT", func_type="pandas")
def no_sevens(n: pd.Series) -> pd.Series:
    bad = [i for i, each in enumerate(n) if each == 7]
    if bad:
        raise naja.RowError(bad, "seven is not served here")
    return n * 10


@udf(result_type="BIGINT", func_type="pandas")
def too_few(n: pd.Series) -> pd.Series:
    return n[:-1]


async def later(n: int, text: str) -> str:
    if text == "fail":
        raise OSError("nobody answers")
    await asyncio.sleep(0.01 / n)
    return f"{text}{n}"
