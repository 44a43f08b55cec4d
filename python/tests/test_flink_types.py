from __future__ import annotations

import collections
import datetime
import decimal
import typing
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, NewType, Optional, TypedDict, Union

import pytest

from naja.flink import DataTypes, Types
from naja.flink._hints import sql_type, takes_null
from naja.flink._sql_types import parse, parse_all


class Pair(NamedTuple):
    a: int
    b: list[str]


@dataclass
class Nested:
    pair: Pair
    at: datetime.datetime | None = None


class Typed(TypedDict):
    x: float


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("int", "INT"),
        ("INTEGER NOT NULL", "INT NOT NULL"),
        ("dec(10,2)", "DECIMAL(10, 2)"),
        ("numeric", "DECIMAL"),
        ("double precision", "DOUBLE"),
        ("VARCHAR(7)", "VARCHAR(7)"),
        ("TIMESTAMP(3) WITH LOCAL TIME ZONE", "TIMESTAMP_LTZ(3)"),
        ("TIMESTAMP WITHOUT TIME ZONE", "TIMESTAMP"),
        ("time(0)", "TIME(0)"),
        ("INTERVAL DAY(3) TO SECOND(3)", "INTERVAL DAY(3) TO SECOND(3)"),
        ("INT ARRAY NOT NULL", "ARRAY<INT> NOT NULL"),
        ("MAP<STRING NOT NULL, ARRAY<INT>>", "MAP<STRING NOT NULL, ARRAY<INT>>"),
        ("ROW(a INT, `b c` STRING 'why')", "ROW<a INT, `b c` STRING>"),
        ("ROW<`x``y` ROW<>>", "ROW<`x``y` ROW<>>"),
        ("RAW('a.B', 'x')", "RAW('a.B', 'x')"),
        ("MULTISET<STRING>", "MULTISET<STRING>"),
    ],
)
def test_texts_are_read_as_flink_reads_them(text, written):
    assert str(parse(text)) == written
    assert parse(written) == parse(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ROW<a INT", "expected ',', it ends"),
        ("ARRAY<>", "expected a type, found '>'"),
        ("INT, STRING", "expected its end, found ', STRING'"),
        ("DECIMAL(a)", "expected a number, found 'a)'"),
        ("ROW<INT>", "expected a type, found '>'"),
        ("INTERVAL WEEK", "expected one of YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, found 'WEEK'"),
        ("LONG", "expected a type, found 'LONG'"),
        ("INT;", "';'"),
        ("", "expected a type, it ends"),
    ],
)
def test_what_is_no_type_says_where_it_stops_being_one(text, problem):
    with pytest.raises(ValueError) as caught:
        parse(text)
    assert str(caught.value) == f"{text!r} is no SQL type: {problem}"


def test_lists_of_types_split_outside_of_brackets():
    assert list(map(str, parse_all("INT, DECIMAL(10, 2), ROW<a INT, b INT>"))) == [
        "INT",
        "DECIMAL(10, 2)",
        "ROW<a INT, b INT>",
    ]


@pytest.mark.parametrize(
    ("hint", "written"),
    [
        (bool, "BOOLEAN"),
        (int, "BIGINT"),
        (float, "DOUBLE"),
        (str, "STRING"),
        (bytes, "BYTES"),
        (decimal.Decimal, "DECIMAL(38, 18)"),
        (datetime.date, "DATE"),
        (datetime.time, "TIME(3)"),
        (datetime.datetime, "TIMESTAMP(6)"),
        (datetime.timedelta, "INTERVAL DAY(6) TO SECOND(3)"),
        (list[int], "ARRAY<BIGINT>"),
        (typing.List[str], "ARRAY<STRING>"),  # noqa: UP006
        (tuple[int, ...], "ARRAY<BIGINT>"),
        (tuple[int, str], "ROW<f0 BIGINT, f1 STRING>"),
        (dict[str, list[float]], "MAP<STRING, ARRAY<DOUBLE>>"),
        (collections.Counter[str], "MULTISET<STRING>"),
        (Pair, "ROW<a BIGINT, b ARRAY<STRING>>"),
        (Nested, "ROW<pair ROW<a BIGINT, b ARRAY<STRING>>, at TIMESTAMP(6)>"),
        (Typed, "ROW<x DOUBLE>"),
        (Optional[int], "BIGINT"),
        (Annotated[int, "INT NOT NULL"], "INT"),
        (Annotated[decimal.Decimal, DataTypes.DECIMAL(10, 2)], "DECIMAL(10, 2)"),
        (NewType("Id", int), "BIGINT"),
        (Any, None),
        (object, None),
        (list, None),
        (dict[str, Any], None),
        (Union[int, str], None),
        (None, None),
    ],
)
def test_hints_mean_types(hint, written):
    found = sql_type(hint)
    assert (found and str(found)) == written


def test_numpys_scalars_mean_types_of_their_width():
    numpy = pytest.importorskip("numpy")
    names = ("int8", "int16", "int32", "int64", "float32", "float64", "bool_", "datetime64")
    assert [str(sql_type(getattr(numpy, name))) for name in names] == [
        "TINYINT",
        "SMALLINT",
        "INT",
        "BIGINT",
        "FLOAT",
        "DOUBLE",
        "BOOLEAN",
        "TIMESTAMP(6)",
    ]


def test_only_hints_that_say_so_take_null():
    taking = [Optional[int], Any, object, None, Union[int, str, None], Annotated[int, "INT"]]
    assert all(map(takes_null, taking))
    assert not any(map(takes_null, [int, list[int], Pair, Annotated[int, "INT NOT NULL"]]))


def test_names_of_pyflinks_types():
    row = DataTypes.ROW(
        [
            DataTypes.FIELD("a", DataTypes.DECIMAL(10, 2, False)),
            DataTypes.FIELD("b", DataTypes.ARRAY(DataTypes.VARCHAR(5))),
            DataTypes.FIELD("c", DataTypes.MAP(DataTypes.CHAR(2), DataTypes.TIMESTAMP_LTZ(3))),
            DataTypes.FIELD("d", DataTypes.INTERVAL(DataTypes.DAY(), DataTypes.SECOND(3))),
        ]
    )
    assert str(row) == (
        "ROW<a DECIMAL(10, 2) NOT NULL, b ARRAY<VARCHAR(5)>, "
        "c MAP<CHAR(2), TIMESTAMP_LTZ(3)>, d INTERVAL DAY(2) TO SECOND(3)>"
    )
    assert parse(str(row)) == row
    assert str(DataTypes.INT(nullable=False)) == "INT NOT NULL"


def test_types_of_the_datastream_api():
    named = Types.ROW_NAMED(["a", "b"], [Types.LONG(), Types.LIST(Types.STRING())])
    assert str(named) == "ROW<a BIGINT, b ARRAY<STRING>>"
    assert Types.TUPLE([Types.INT(), Types.PICKLED_BYTE_ARRAY()]) is None
    assert str(Types.PRIMITIVE_ARRAY(Types.BYTE())) == "BYTES"
    with pytest.raises(ValueError, match="1 names for 2 types"):
        Types.ROW_NAMED(["a"], [Types.INT(), Types.INT()])


def test_descriptions_are_what_adapters_take():
    assert parse("ROW<a INT, b ARRAY<ROW<c STRING>>>").description() == (
        "ROW",
        ("a", "b"),
        ("INT", ("ARRAY", ("ROW", ("c",), ("STRING",)))),
    )
    assert parse("MAP<STRING, INT>").description() == ("MAP", "STRING", "INT")
