from __future__ import annotations

import array
import pickle
import sys

import numpy
import pytest

import naja
from naja._vectorized import Partly, fail, prepare


def called(function, *columns, form="lists", kinds=None, names=(), by_keyword=False, want="values"):
    """What a function returns for a batch of such columns."""
    prepared = prepare(function, form, [], want)
    kinds = "O" * len(columns) if kinds is None else kinds
    widths = [-1] * len(columns)
    return prepared(len(columns[0]), by_keyword, list(names), kinds, widths, *columns)


def test_a_vectorized_function_stays_what_it_is():
    def double(x):
        return [2 * v for v in x]

    assert naja.vectorized(double) is double
    assert naja.vectorized(form="lists", columns=["x"])(double) is double
    assert double([1, 2]) == [2, 4]
    prepared = prepare(double, None, [], "values")
    assert (prepared.form, prepared.columns, prepared.by_row) == ("lists", ["x"], False)
    assert prepare(double, "rows", ["a", "b"], "values").columns == ["a", "b"]
    assert prepare(double, "rows", [], "values").by_row


def test_a_function_without_decorator_takes_arrays():
    prepared = prepare(len, None, [], "values")
    assert (prepared.form, prepared.columns, prepared.name) == ("arrays", [], "len")


def test_one_column_may_be_named_by_a_string():
    assert prepare(naja.vectorized(lambda x: x, columns="x"), None, [], "values").columns == ["x"]


def test_an_unknown_form_names_those_that_there_are():
    with pytest.raises(ValueError, match="form='table'.* arrays, series, frame, arrow, dict"):
        naja.vectorized(form="table")


def test_only_functions_can_take_batches():
    with pytest.raises(TypeError, match="int cannot be called"):
        naja.vectorized(5)

    async def later(x):
        return x

    class Model:
        async def score(self, x):
            return x

    with pytest.raises(TypeError, match="later is a coroutine function"):
        naja.vectorized(later)
    with pytest.raises(TypeError, match="score is a coroutine function"):
        prepare(Model().score, "lists", [], "values")


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match="needs the package pandas.* -m pip install pandas"):
        prepare(len, "frame", [], "values")


def test_lists_are_passed_by_position_or_keyword():
    def join(a, b):
        return [f"{x}{y}" for x, y in zip(a, b)]

    assert called(join, [1, 2], ["x", "y"]) == ["1x", "2y"]
    assert called(join, ["x"], [1], names=["b", "a"], by_keyword=True) == ["1x"]
    assert called(lambda a: [type(a)], array.array("d", [1])) == [list]


def test_arrays_have_the_kind_that_java_says():
    def shown(*columns):
        return [" ".join(f"{c.dtype}{c.shape}" for c in columns)]

    assert called(shown, [1.5], [7], [True], form="arrays", kinds="fi?") == [
        "float32(1,) int32(1,) bool(1,)"
    ]
    assert called(shown, ["a"], [[1, 2]], form="arrays") == ["object(1,) object(1,)"]
    assert called(shown, [[1.0, 2.0]], form="arrays", kinds="d") == ["float64(1, 2)"]
    given = numpy.arange(3.0)
    assert called(lambda a: [a is given] * 3, given, form="arrays", kinds="d") == [True] * 3


def test_none_is_nan_among_floats_alone():
    def plain(a):
        return [str(a.tolist())] * len(a)

    assert called(plain, [1.5, None], form="arrays", kinds="d")[0] == "[1.5, nan]"
    assert called(plain, [1, None], form="arrays", kinds="q")[0] == "[1, None]"


@pytest.mark.parametrize(
    ("returned", "rows"),
    [
        ([1, 2], [1, 2]),
        ((1, 2), [1, 2]),
        (([1], [2]), [[1], [2]]),
        (array.array("d", [1, 2]), [1.0, 2.0]),
        (numpy.array([1.5, 2.5]), [1.5, 2.5]),
        (numpy.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        ((numpy.array([1, 2]), numpy.array([3.5, 4.5])), [(1, 3.5), (2, 4.5)]),
        ({"a": numpy.array([1, 2]), "b": ["x", "y"]}, [{"a": 1, "b": "x"}, {"a": 2, "b": "y"}]),
        (numpy.array(["2026-01-01", "NaT"], "M8[ns]"), None),
    ],
)
def test_results_become_a_list_with_an_element_a_row(returned, rows):
    found = called(lambda a: returned, [0, 0])
    assert type(found) is list
    if rows is None:
        assert [type(each) for each in found] == [numpy.datetime64] * 2
    else:
        assert found == rows
        assert list(map(type, found)) == list(map(type, rows))


def test_results_that_are_wanted_whole_are_not_made_plain():
    found = called(lambda a: numpy.array([[1.0, 2.0]]), [0], want="objects")
    assert [type(each) for each in found] == [numpy.ndarray]


@pytest.mark.parametrize("returned", [None, 5, "ab", {1, 2}, numpy.float64(1), numpy.array(1)])
def test_what_has_no_element_a_row_is_refused(returned):
    with pytest.raises(TypeError, match="<lambda> has returned .* for a batch of 2 rows: it must"):
        called(lambda a: returned, [0, 0])


def test_a_wrong_number_of_results_names_both():
    with pytest.raises(ValueError, match="returned 3 results for a batch of 2 rows"):
        called(lambda a: numpy.zeros(3), [0, 0])
    with pytest.raises(ValueError, match=r"column 1 of .* has 1 elements for a batch of 2 rows"):
        called(lambda a: (numpy.zeros(2), numpy.zeros(1)), [0, 0])
    with pytest.raises(TypeError, match="column 'a' of what .* has returned is None, not an array"):
        called(lambda a: {"a": None}, [0, 0])


def test_columns_without_names_are_refused_where_they_need_some():
    with pytest.raises(TypeError, match="rows of 2 values came with no names: name them by"):
        called(len, [1], [2], form="dict")
    with pytest.raises(TypeError, match="rows of 1 value came with 2 names"):
        called(len, [1], form="dict", names=["a", "b"])


def test_row_error_names_rows():
    one = naja.RowError(3, "amount is negative")
    assert (one.indices, str(one)) == ((3,), "row 3: amount is negative")
    assert naja.RowError(numpy.int64(3)).indices == (3,)
    several = naja.RowError(numpy.array([1, 2]))
    assert (several.indices, str(several)) == ((1, 2), "rows 1, 2")
    again = pickle.loads(pickle.dumps(one))
    assert (type(again), again.indices, str(again)) == (naja.RowError, (3,), str(one))


def test_a_row_error_asks_for_the_other_rows_again():
    error = naja.RowError([0, 2])

    def refuse(a):
        raise error

    partly = called(refuse, [0, 1, 2])
    assert type(partly) is Partly
    assert (partly.results, partly.failures) == (None, [([0, 2], error)])
    assert prepare(refuse, "rows", [], "values")([5, 6, 7]).failures == [([0, 2], error)]


@pytest.mark.parametrize("indices", [3, -1, [0, 3], []])
def test_a_row_error_outside_of_the_batch_is_an_error(indices):
    def refuse(a):
        raise naja.RowError(indices)

    with pytest.raises(IndexError, match="but the batch has the rows 0 to 2"):
        called(refuse, [0, 1, 2])


def test_exceptions_among_the_results_are_told_apart():
    error = ValueError("bad")
    partly = called(lambda a: [1, error, 3], [0, 1, 2])
    assert partly.failures == [([1], error)]
    assert partly.results[::2] == [1, 3]
    partly = called(lambda a: numpy.array([error, 2], dtype=object), [0, 1])
    assert partly.failures == [([0], error)]


def test_arrays_whose_elements_come_one_after_the_other_are_put_apart():
    flat = numpy.arange(6.0)
    prepared = prepare(lambda a: a, "arrays", [], "objects")
    assert [row.tolist() for row in prepared(3, False, [], "d", [2], flat)] == [
        [0, 1],
        [2, 3],
        [4, 5],
    ]
    assert [row.tolist() for row in prepared(2, False, [], "d", [0], flat[:0])] == [[], []]
    lists = prepare(lambda a: a, "lists", [], "values")
    assert lists(3, False, [], "d", [2], flat) == [[0, 1], [2, 3], [4, 5]]
    assert lists(3, False, [], "d", [2], flat.tolist()) == [[0, 1], [2, 3], [4, 5]]


def test_doubles_may_come_as_one_array():
    doubles = numpy.arange(2.0)
    assert called(lambda a: doubles, [0, 0], want="doubles") is doubles
    assert called(lambda a: doubles, [0, 0]) == [0.0, 1.0]
    for other in (doubles.astype("f4"), doubles.astype(int), numpy.ma.array(doubles)):
        found = called(lambda a, other=other: other, [0, 0], want="doubles")
        assert (type(found), found) == (list, [0, 1])


def test_fail_raises_what_it_is_given():
    with pytest.raises(KeyError):
        fail(KeyError("k"))
