"""Which rows of the behaviour log are clean, and what do their prices say?

Apps of various ages write prices as `1299.00`, `1,299.00`, `¥1,299.00` or `USD 1299.00`; the pipeline wants the first.
"""

from __future__ import annotations

import json
import re

import pandas as pd

from naja.flink import OutputTag, ProcessFunction, Row, udf

#: Rows that nothing can be made of, and those that came after everybody had stopped waiting.
DIRTY = OutputTag("dirty", "STRING")
LATE = OutputTag("late", "STRING")

_NO_DIGIT = re.compile(r"[^0-9.]")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def normal_price(price: str | None) -> str | None:
    """Returns a price with two decimals and nothing else, or None for what is no price."""
    if price is None:
        return None
    number = _NO_DIGIT.sub("", price)
    return f"{float(number):.2f}" if _NUMBER.fullmatch(number) else None


@udf(result_type="STRING", func_type="pandas")
def normal_prices(prices: pd.Series) -> pd.Series:
    """Does what `normal_price` does to a batch of prices at once."""
    numbers = prices.astype("object").str.replace(_NO_DIGIT, "", regex=True)
    numbers = pd.to_numeric(numbers.where(numbers.str.fullmatch(_NUMBER) == True))  # noqa: E712
    texts = numbers.map("{:.2f}".format, na_action="ignore").astype("object")
    return texts.where(texts.notna(), None)


def problem(row: Row) -> str | None:
    """Returns why a row is dirty, or None."""
    if not row.trace_id or not row.user_id:
        return "no trace or user"
    if not row.ts:
        return "no time"
    if row.position is None or row.position < 0:
        return "no position"
    if normal_price(row.price) is None:
        return "no price"
    return None


class Clean(ProcessFunction):
    """Hands on clean rows in time with their prices normalized; the others leave by the side."""

    def process_element(self, row: Row, ctx: ProcessFunction.Context):
        dirt = problem(row)
        if dirt:
            ctx.output(
                DIRTY, json.dumps({"why": dirt, "trace_id": row.trace_id, "price": row.price})
            )
        elif row.ts <= ctx.timer_service().current_watermark():
            ctx.output(LATE, json.dumps({"trace_id": row.trace_id, "ts": row.ts}))
        else:
            row.price = normal_price(row.price)
            yield row
