from __future__ import annotations

import datetime
import struct
import sys
from decimal import Decimal

import numpy
import pytest

from naja import _rows


def build(form, kind, rows, *parts, precision=0, scale=0, unit=""):
    """The table of one column `x` whose parts are given."""
    builder = _rows.Builder(form, ["x"], [(kind, precision, scale, unit)])
    block, spans = bytearray(), []
    for part in parts:
        spans += [len(block), len(part)]
        block += part + bytes(-len(part) % 64)
    return builder(rows, block, tuple(spans))


def test_arrays_are_views_of_the_copy():
    [column] = build("numpy", "int32", 3, b"", struct.pack("=3i", 1, -2, 3)).values()
    assert column.tolist() == [1, -2, 3]
    column[0] = 5
    assert column.flags.owndata is False


def test_nulls_are_masked_where_no_value_stands_for_them():
    [column] = build("numpy", "int16", 3, b"\5", struct.pack("=3h", 1, 0, 3)).values()
    assert column.tolist() == [1, None, 3]
    [column] = build("numpy", "bool", 3, b"\5", b"\4").values()
    assert column.tolist() == [False, None, True]
    [column] = build("numpy", "float32", 2, b"\1", struct.pack("=2f", 1, numpy.nan)).values()
    assert type(column) is numpy.ndarray


@pytest.mark.parametrize("texts", [["a", "", "bc"], ["日本", "é", ""]])
def test_texts_are_cut_at_their_ends(texts):
    data = [text.encode() for text in texts]
    ends = numpy.cumsum([0, *map(len, data)]).astype("i4").tobytes()
    assert build("numpy", "text", 3, b"", ends, b"".join(data))["x"].tolist() == texts


def test_decimals_of_38_digits_are_not_rounded():
    digits = 10**38 - 1
    memory = b"".join(each.to_bytes(16, sys.byteorder, signed=True) for each in (digits, -digits))
    found = build("numpy", "decimal", 2, b"", memory, precision=38, scale=2)["x"].tolist()
    assert found == [Decimal(f"{digits}E-2"), Decimal(f"-{digits}E-2")]


def test_dates_and_times():
    days = struct.pack("=2i", -1, 0)
    assert build("numpy", "date", 2, b"\1", days)["x"].tolist() == [
        datetime.date(1969, 12, 31),
        None,
    ]
    last = struct.pack("=q", 86_399_999_999)
    assert build("numpy", "time", 1, b"", last, unit="us")["x"][0] == datetime.time(
        23, 59, 59, 999999
    )


def test_missing_package_is_named_with_its_mend(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match="-m pip install pyarrow") as caught:
        _rows.Builder("arrow", [], [])
    assert caught.value.name == "pyarrow"
