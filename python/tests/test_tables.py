from __future__ import annotations

import types

import numpy
import pytest

import naja
from naja import _tables


@pytest.fixture(autouse=True)
def bridge(monkeypatch):
    fake = types.SimpleNamespace(JavaObject=type("JavaObject", (), {}))
    monkeypatch.setattr(naja, "_bridge", fake, raising=False)
    return fake


def column(cells):
    """How one column is read, its cells, and which are null."""
    rows, names, [(kind, memory, nulls)] = _tables.columns({"x": cells})
    assert names == ["x"]
    assert rows == len(cells)
    if kind != "objects":
        memory = numpy.frombuffer(memory, kind.split()[0]).tolist()
    return kind, memory, None if nulls is None else bytes(nulls)


def test_none_and_java_objects_are_left_as_they_are(bridge):
    java = bridge.JavaObject()
    assert _tables.columns(None) is None
    assert _tables.columns(java) is java


def test_dicts_are_read_by_all_their_keys():
    assert _tables.columns([{"a": 1}, {"b": 2, "a": None}]) == (
        2,
        ["a", "b"],
        [("objects", [1, None], None), ("objects", [None, 2], None)],
    )


@pytest.mark.parametrize("elements", ["?", "i1", "<u2", ">i4", "<i8", "<u8", "<f2", ">f4", "<f8"])
def test_numbers_are_memory(elements):
    cells = numpy.array([0, 1, 1], elements)
    assert column(cells) == (cells.dtype.str, [0, 1, 1], None)
    assert column(cells[::-2]) == (cells.dtype.str, [1, 0], None)


def test_masked_elements_are_null():
    assert column(numpy.ma.array([1, 2], "<i8", mask=[False, True]))[2] == b"\0\1"
    assert column(numpy.ma.array(["a", "b"], mask=[False, True]))[1] == ["a", None]


@pytest.mark.parametrize(
    ("elements", "kind", "units"),
    [
        ("<M8[ns]", "<i8 timestamp ns", 1),
        ("<M8[s]", "<i8 timestamp s", 1),
        ("<m8[us]", "<i8 duration us", 1),
        ("<M8[h]", "<i8 timestamp s", 3600),
        ("<m8[m]", "<i8 duration s", 60),
        ("<M8[10ms]", "<i8 timestamp ms", 10),
    ],
)
def test_times_are_numbers_of_units(elements, kind, units):
    cells = numpy.array([1, -(2**63)], "i8").view(elements)
    found, [first, _], nulls = column(cells)
    assert (found, first, nulls) == (kind, units, b"\0\1")


def test_what_is_no_column_is_named():
    assert _tables.columns({"x": b"bytes"}) == (
        "its column 'x' is no column but bytes: take an array or list"
    )
    assert _tables.columns({"x": 7}).startswith("its column 'x' is no column but int")
    assert _tables.columns({"x": [1], "y": []}) == (
        "its columns differ in length: 'x' has 1, 'y' has 0"
    )
    assert _tables.columns(object()).startswith("only a DataFrame, a pyarrow table")
