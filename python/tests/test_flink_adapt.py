from __future__ import annotations

from collections import namedtuple
from dataclasses import dataclass

import pytest

from naja.flink import Row
from naja.flink._adapt import reader, writer

POINT = ("ROW", ("x", "y"), ("INT", "DOUBLE"))
NESTED = ("ROW", ("id", "points", "by"), ("INT", ("ARRAY", POINT), ("MAP", "STRING", POINT)))


@dataclass
class Point:
    y: float
    x: int


def test_plain_types_need_nothing():
    for described in ("BIGINT", ("ARRAY", "INT"), ("MAP", "STRING", "INT"), ("MULTISET", "INT")):
        assert reader(described) is None
        assert writer(described) is None


def test_tuples_become_rows_at_every_depth():
    row = reader(NESTED)((7, [(1, 2.0), None], {"a": (3, 4.0)}))
    assert row == Row(id=7, points=[Row(x=1, y=2.0), None], by={"a": Row(x=3, y=4.0)})
    assert (row.points[0].x, row["by"]["a"].y) == (1, 4.0)
    assert reader(NESTED)(None) is None
    assert reader(NESTED)((7, None, None)).points is None
    assert reader(("MULTISET", POINT))({(1, 2.0): 3}) == {Row(x=1, y=2.0): 3}


@pytest.mark.parametrize(
    "value",
    [
        (1, 2.0),
        [1, 2.0],
        Row(1, 2.0),
        Row(x=1, y=2.0),
        Row(y=2.0, x=1),
        Row(a=1, b=2.0),
        {"y": 2.0, "x": 1},
        Point(2.0, 1),
        namedtuple("Point", "y x")(2.0, 1),
    ],
)
def test_everything_with_fields_becomes_a_tuple(value):
    assert writer(POINT)(value) == (1, 2.0)


def test_rows_within_become_tuples():
    row = Row(7, [Row(x=1, y=2.0), None], {"a": Point(4.0, 3)})
    assert writer(NESTED)(row) == (7, [(1, 2.0), None], {"a": (3, 4.0)})
    assert writer(NESTED)(None) is None
    assert writer(("ARRAY", NESTED))([None]) == [None]


def test_wrong_rows_are_refused_by_what_they_lack():
    write = writer(POINT)
    with pytest.raises(
        ValueError, match=r"^expected a row of 2 fields \(x, y\), got 3: \(1, 2, 3\)"
    ):
        write((1, 2, 3))
    with pytest.raises(ValueError, match=r"fields x, y; missing y; too many: z: Row\(x=1, z=2\)"):
        write(Row(x=1, z=2))
    with pytest.raises(ValueError, match="missing x, y; too many: a, b"):
        write({"a": 1, "b": 2})
    with pytest.raises(TypeError, match="named tuple or dataclass; got int: 5"):
        write(5)
