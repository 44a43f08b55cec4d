"""How functions of many rows, and lookups, are called with batches."""

from __future__ import annotations

import pytest

from naja.flink import Row, _drive_lookup, _drive_vectorized

ROW = ("ROW", ("a", "b"), ("DOUBLE", "STRING"))


def called(function, style, whole, result, *arguments):
    form, call = _drive_vectorized.prepared(function, style, whole, ROW, result)
    return form, call(*arguments)


def test_single_rows_are_called_one_by_one():
    def scale(a, b):
        if b == "bad":
            raise ValueError("no")
        return a * 2

    form, (first, second) = called(scale, None, False, "DOUBLE", [(1.0, "x"), (2.0, "bad")])
    assert (form, first) == ("rows", 2.0)
    assert isinstance(second, ValueError)


def test_a_single_row_may_be_the_argument():
    result = ("ROW", ("s", "n"), ("STRING", "INTEGER"))

    def swap(row):
        return {"n": 1, "s": row.b}

    assert called(swap, None, True, result, [(1.0, "x")]) == ("rows", [("x", 1)])


def test_tables_are_rows_by_name():
    pandas = pytest.importorskip("pandas")
    result = ("ROW", ("n", "s"), ("INTEGER", "STRING"))

    def table(frame):
        return pandas.DataFrame({"s": ["x", None], "n": [1, 2]})

    assert called(table, "pandas", True, result, None) == ("frame", [(1, "x"), (2, None)])


def test_missing_columns_are_named():
    with pytest.raises(KeyError, match="nameless has returned a table without the columns n; it"):

        def nameless(a):
            return {"m": [1]}

        nameless.__qualname__ = "nameless"
        called(nameless, "pandas", False, ("ROW", ("n",), ("INTEGER",)), None)


def test_what_pandas_misses_is_none():
    pandas = pytest.importorskip("pandas")
    series = pandas.Series(["x", None, float("nan")], dtype=object)
    assert called(lambda a: series, "pandas", False, "STRING", None)[1] == ["x", None, None]


def lookup(function, *keys):
    names, types = ("k", "v", "w"), ("STRING", "INTEGER", "INTEGER")
    return _drive_lookup.one(function, names, types, [0])(*keys)


@pytest.mark.parametrize(
    "answer, rows",
    [
        (None, []),
        ((1, 2), [("a", 1, 2)]),
        (("b", 1, 2), [("b", 1, 2)]),
        ({"w": 2, "v": 1}, [("a", 1, 2)]),
        (Row(v=1, w=2, k="c"), [("c", 1, 2)]),
        ([(1, 2), {"v": 3, "w": 4}], [("a", 1, 2), ("a", 3, 4)]),
        ([], []),
    ],
)
def test_answers_are_rows(answer, rows):
    assert list(lookup(lambda key: answer, "a")) == rows


@pytest.mark.parametrize(
    "answer, message",
    [
        ("text", "a lookup returns a Row, dict or tuple of the table's columns"),
        ({"v": 1}, "without the column 'w'"),
        ({"v": 1, "w": 2, "x": 3}, "with the field 'x', which the table has not"),
        ((1, 2, 3, 4), "a row of 4 values; the table has 3 columns: k, v, w"),
    ],
)
def test_other_answers_are_refused(answer, message):
    with pytest.raises((TypeError, ValueError), match=message):
        list(lookup(lambda key: answer, "a"))


def test_keys_come_in_the_order_of_the_columns():
    one = _drive_lookup.one(
        lambda first, second: {"y": first + second}, ("x", "y", "z"), ("STRING",) * 3, [2, 0]
    )
    # Java passes z before x, as the join's condition has them.
    assert list(one("Z", "X")) == [("X", "XZ", "Z")]


def test_many_keys_are_one_call():
    class Store:
        def lookup(self, key):
            raise AssertionError

        def eval_many(self, keys):
            return [None if key == ("b",) else (1, 2) for key in keys]

    form, many = _drive_lookup.many(
        Store().lookup, ("k", "v", "w"), ("STRING", "INTEGER", "INTEGER"), [0]
    )
    assert form == "rows"
    assert list(map(list, many([("a",), ("b",)]))) == [[("a", 1, 2)], []]


def test_many_keys_need_as_many_answers():
    class Store:
        def lookup(self, key):
            raise AssertionError

        def eval_many(self, keys):
            return []

    _, many = _drive_lookup.many(Store().lookup, ("k",), ("STRING",), [0])
    with pytest.raises(ValueError, match="eval_many has returned 0 answers for 1 keys"):
        many([("a",)])
