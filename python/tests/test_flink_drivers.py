from __future__ import annotations

import importlib

import pytest

from naja.flink import _drive_aggregate, _drive_table

MODULE = """
from naja.flink import Row, udaf, udtf

class Sum:
    def open(self, context):
        self.offset = int(context.get_job_parameter("offset", "0"))
    def create_accumulator(self):
        return Row(0, [])
    def accumulate(self, accumulator, value):
        accumulator[0] += value.x + self.offset
        accumulator[1].append(value.x)
    def get_value(self, accumulator):
        return Row(total=accumulator[0], count=len(accumulator[1]))
    def close(self):
        self.offset = "closed"

class Handles(Sum):
    def create_accumulator(self):
        return Row(0, [lambda: 0])

class Top(Sum):
    def emit_value(self, accumulator):
        yield from accumulator[1]

class Lacks:
    def create_accumulator(self): ...
    def accumulate(self, accumulator, value): ...

def letters(text):
    yield from text

def nothing(text): ...
def number(text): return len(text)
"""

POINT = ("ROW", ("x", "y"), ("INTEGER", "INTEGER"))
RESULT = ("ROW", ("total", "count"), ("BIGINT", "BIGINT"))


class Task:
    def jobParameter(self, key, otherwise):
        return {"offset": "10"}.get(key, otherwise)


@pytest.fixture(autouse=True)
def module(tmp_path, monkeypatch):
    (tmp_path / "driven.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    importlib.invalidate_caches()
    yield
    import sys

    sys.modules.pop("driven", None)


def aggregate(name, accumulator=None, result=RESULT, rows=False):
    importer = importlib.import_module
    return _drive_aggregate.prepare(
        f"driven:{name}", importer, Task(), (POINT,), accumulator, result, rows
    )


def test_rows_are_read_and_results_written():
    create, accumulate, retract, merge, value, _, _, close, _ = aggregate("Sum")
    accumulator = create()
    accumulate(accumulator, (1, 2))
    accumulate(accumulator, (3, 4))
    assert value(accumulator) == (24, 2)
    assert (retract, merge) == (None, None)
    close()


def test_what_is_kept_is_a_pickle_or_a_declared_value():
    create, accumulate, _, _, value, keep, restore, _, _ = aggregate("Sum")
    accumulator = create()
    accumulate(accumulator, (1, 2))
    kept = keep(accumulator)
    assert isinstance(kept, bytes)
    assert kept[:2] == b"\x80\x04"
    accumulate(accumulator, (1, 2))
    assert (value(restore(kept)), value(accumulator)) == ((11, 1), (22, 2))
    declared = ("ROW", ("total", "values"), ("BIGINT", ("ARRAY", "BIGINT")))
    *_, keep, restore, _, _ = aggregate("Sum", declared)
    assert keep(accumulator) == (22, [1, 1])
    assert value(restore((22, [1, 1]))) == (22, 2)


def test_accumulators_that_cannot_be_kept_are_refused_at_once():
    with pytest.raises(TypeError) as caught:
        aggregate("Handles")
    assert str(caught.value).startswith("driven.py:9: the accumulator, a Row, cannot be kept in a ")
    assert "declare its type with accumulator_type" in str(caught.value)


def test_missing_methods_are_named():
    with pytest.raises(TypeError, match="^driven.py:27: Lacks has no method get_value"):
        aggregate("Lacks", "BIGINT")


def test_rows_of_table_aggregates():
    create, accumulate, _, _, emit, *_ = aggregate("Top", None, "BIGINT", True)
    accumulator = create()
    assert emit(accumulator) == []
    accumulate(accumulator, (5, 6))
    assert emit(accumulator) == [5]


def table(name, result="STRING"):
    importer = importlib.import_module
    return _drive_table.prepare(f"driven:{name}", importer, Task(), ("STRING",), result)


def test_rows_come_in_parts():
    call, more, close, _ = table("letters")
    first = call("ab" * 700)
    assert (len(first), first[:2], len(more()), more()) == (1024, ["a", "b"], 376, [])
    assert call("c") == ["c"]
    close()


def test_no_row_and_one_value():
    assert table("nothing")[0]("a") == []
    assert table("number", "BIGINT")[0]("abc") == [3]


def test_pandas_aggregates_get_series_of_the_columns_types():
    numpy = pytest.importorskip("numpy")
    pandas = pytest.importorskip("pandas")
    import driven

    seen = []

    def function(*columns):
        seen.extend(columns)
        return driven.Row(1, 2)

    driven.function = function
    call, _ = _drive_aggregate.prepare_pandas(
        "driven:function",
        importlib.import_module,
        Task(),
        ("BIGINT", "TIMESTAMP_WITH_LOCAL_TIME_ZONE", POINT),
        RESULT,
    )
    micros = numpy.array([1_000_000])
    assert call(numpy.array([5]), micros, [(1, 2)]) == (1, 2)
    assert [str(each.dtype) for each in seen] == ["int64", "datetime64[us, UTC]", "object"]
    assert seen[1][0] == pandas.Timestamp(1, unit="s", tz="UTC")
    assert seen[2][0] == driven.Row(x=1, y=2)


def test_a_frame_has_the_columns_of_its_decorator():
    pandas = pytest.importorskip("pandas")
    import driven

    driven.frame = driven.udaf(
        lambda frame: list(frame.columns),
        func_type="pandas",
        input_types="ROW<a INT, b INT>",
        result_type="ARRAY<STRING>",
    )
    driven.frame.__annotations__ = {"frame": pandas.DataFrame}
    call, _ = _drive_aggregate.prepare_pandas(
        "driven:frame",
        importlib.import_module,
        Task(),
        ("INTEGER", "INTEGER"),
        ("ARRAY", "VARCHAR"),
    )
    assert call([1], [2]) == ["a", "b"]
