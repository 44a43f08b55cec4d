from __future__ import annotations

import functools
import inspect
import json
import math
import pickle
from collections.abc import Iterator
from typing import Any, Optional

import pytest

from naja.flink import (
    AggregateFunction,
    AsyncScalarFunction,
    DataTypes,
    ListView,
    MapView,
    Row,
    ScalarFunction,
    SignatureError,
    TableAggregateFunction,
    TableFunction,
    udaf,
    udf,
    udtaf,
    udtf,
)
from naja.flink._describe import describe, describe_reference


def line_of(function: Any) -> int:
    return inspect.getsourcelines(function)[1]


def score(amount: float, merchant: str | None, extra: Any, *rest: int) -> float:
    return amount


class Model(ScalarFunction):
    def __init__(self, factor: int = 2):
        self.factor = factor

    def open(self, function_context):
        self.opened = True

    def eval(self, a: int, b: int = 0) -> int:
        return a * self.factor + b


class Mean(AggregateFunction):
    def create_accumulator(self):
        return Row(0, 0)

    def accumulate(self, accumulator, value: int):
        accumulator[0] += value
        accumulator[1] += 1

    def retract(self, accumulator, value: int):
        accumulator[0] -= value

    def get_value(self, accumulator) -> float:
        return accumulator[0] / accumulator[1]


def test_hints_of_a_function_are_its_types():
    assert describe(score) == {
        "kind": "scalar",
        "name": "score",
        "arguments": ("amount", "merchant", "extra", "rest"),
        "types": ("DOUBLE", "STRING", None, "BIGINT"),
        "nullable": (False, True, True, False),
        "required": 3,
        "varargs": True,
        "result": "DOUBLE",
        "accumulator": None,
        "vectorized": None,
        "deterministic": True,
        "location": f"test_flink_describe.py:{line_of(score)}",
        "methods": (),
    }


@pytest.mark.parametrize("target", [Model, Model(3)])
def test_class_and_object_are_their_eval(target):
    found = describe(target)
    assert (found["kind"], found["name"], found["methods"]) == ("scalar", "Model", ("open",))
    assert found["arguments"] == ("a", "b")
    assert (found["types"], found["required"]) == (("BIGINT", "BIGINT"), 1)
    assert found["location"] == f"test_flink_describe.py:{line_of(Model.eval)}"


def test_method_of_a_class_loses_self_only_where_there_is_one(tmp_path, monkeypatch):
    (tmp_path / "references_here.py").write_text(
        "class Model:\n"
        "    def eval(self, a: int) -> str: ...\n"
        "    @staticmethod\n"
        "    def plain(a: int, b: str): ...\n"
        "    @classmethod\n"
        "    def made(cls, a: bytes): ...\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert describe_reference("references_here:Model.eval")["types"] == ("BIGINT",)
    assert describe_reference("references_here:Model.plain")["types"] == ("BIGINT", "STRING")
    assert describe_reference("references_here:Model.made")["types"] == ("BYTES",)
    assert describe_reference("references_here:Model")["name"] == "Model"
    assert describe(Model(1).eval)["types"] == ("BIGINT", "BIGINT")


def test_decorator_wins_over_hints():
    @udf(input_types="INT NOT NULL, STRING", result_type="ROW<a INT, `b c` STRING>", name="twin")
    def function(a: float, b) -> str:
        return ""

    found = describe(function)
    assert (found["types"], found["nullable"]) == (("INT", "STRING"), (False, True))
    assert found["result"] == "ROW<a INT, `b c` STRING>"
    assert found["name"] == "twin"


def test_decorators_leave_functions_callable():
    double = udf(lambda i: i * 2, result_type="BIGINT")
    assert double(3) == 6
    assert double._func(4) == 8
    builtin = udf(math.sqrt, input_types=["DOUBLE"], result_type="DOUBLE")
    assert builtin(9.0) == 3.0
    assert describe(builtin)["types"] == ("DOUBLE",)
    assert describe(udf(functools.partial(pow, 2), input_types=["INT"], result_type="INT"))[
        "types"
    ] == ("INT",)


def test_object_in_a_decorator():
    model = udf(Model(5), result_type="INT", deterministic=False)
    found = describe(model)
    assert (found["result"], found["deterministic"], found["methods"]) == ("INT", False, ("open",))
    assert model.eval(2) == 10


def test_functions_without_a_signature_take_anything():
    found = describe(max)
    assert (found["arguments"], found["varargs"], found["location"]) == (
        ("args",),
        True,
        "builtins",
    )
    assert describe(json.loads)["location"].startswith("json/__init__.py:")


def test_accumulator_is_no_argument_and_get_value_says_the_result():
    found = describe(Mean)
    assert (found["kind"], found["types"], found["result"]) == ("aggregate", ("BIGINT",), "DOUBLE")
    assert found["accumulator"] is None
    assert found["methods"] == ("retract", "get_value")


def test_aggregate_may_be_asked_for_its_types():
    class Asked(Mean):
        def get_result_type(self):
            return "DECIMAL(10, 2)"

        def get_accumulator_type(self):
            return "ROW<total BIGINT, rows BIGINT>"

        def is_deterministic(self):
            return False

    found = describe(udaf(Asked()))
    assert found["result"] == "DECIMAL(10, 2)"
    assert found["accumulator"] == "ROW<total BIGINT, rows BIGINT>"
    assert found["deterministic"] is False


def test_accumulators_with_views_are_pickled():
    class Views(Mean):
        def get_accumulator_type(self):
            return DataTypes.ROW([DataTypes.FIELD("a", DataTypes.LIST_VIEW(DataTypes.INT()))])

    assert describe(Views)["accumulator"] is None
    view = ListView([1])
    view.add_all([2, 3])
    assert list(pickle.loads(pickle.dumps(view))) == list(view.get()) == [1, 2, 3]
    counts = MapView({"a": 1})
    counts["b"] = (counts["b"] or 0) + 1
    del counts["a"]
    assert (list(counts.items()), "a" in counts, counts.is_empty()) == ([("b", 1)], False, False)
    assert pickle.loads(pickle.dumps(counts)) == counts


def test_pandas_aggregate_is_a_function():
    @udaf(result_type="DOUBLE", func_type="pandas")
    def mean(values):
        return values.mean()

    found = describe(mean)
    assert (found["kind"], found["vectorized"]) == ("aggregate", "pandas")
    assert found["arguments"] == ("values",)


def test_hints_of_columns_are_vectorized():
    pandas = pytest.importorskip("pandas")

    def series(a, b):
        return a + b

    series.__annotations__ = {"a": pandas.Series, "b": Optional[pandas.Series]}
    assert describe(series)["vectorized"] == "pandas"
    assert describe(series)["types"] == (None, None)


def test_marks_of_naja_are_vectorized():
    import naja

    assert describe(naja.vectorized(lambda a: a))["vectorized"] == "numpy"
    assert describe(naja.vectorized(form="series")(lambda a: a))["vectorized"] == "pandas"


def test_generators_are_table_functions():
    def split(text: str) -> Iterator[tuple[int, str]]:
        yield from enumerate(text.split())

    found = describe(split)
    assert (found["kind"], found["result"]) == ("table", "ROW<f0 BIGINT, f1 STRING>")

    class Listing(TableFunction):
        def eval(self, text: str) -> list[str]:
            return text.split()

    assert (describe(Listing)["kind"], describe(Listing)["result"]) == ("table", "STRING")
    columns = udtf(lambda text: [], result_types=["BIGINT", "STRING"])
    assert describe(columns)["result"] == "ROW<f0 BIGINT, f1 STRING>"
    assert describe(udtf(lambda t: [], result_type="ROW<w STRING>"))["result"] == "ROW<w STRING>"


def test_table_aggregate_is_told_by_what_it_emits():
    class Top(TableAggregateFunction):
        def create_accumulator(self):
            return []

        def accumulate(self, accumulator, value: int):
            accumulator.append(value)

        def emit_value(self, accumulator) -> Iterator[int]:
            yield from sorted(accumulator)[-2:]

    assert (describe(Top)["kind"], describe(Top)["result"]) == ("table_aggregate", "BIGINT")
    assert describe(udtaf(Top(), result_type="ROW<v INT>"))["result"] == "ROW<v INT>"


def test_coroutines_are_asynchronous():
    class Later(AsyncScalarFunction):
        async def eval(self, a: int) -> int:
            return a

    async def later(a: int) -> int:
        return a

    assert describe(Later)["kind"] == describe(later)["kind"] == "async_scalar"


def test_too_many_input_types_are_refused_with_file_and_line():
    @udf(input_types=["INT", "INT", "INT"], result_type="INT")
    def add(a, b):
        return a + b

    with pytest.raises(SignatureError) as caught:
        describe(add)
    name = "test_too_many_input_types_are_refused_with_file_and_line.<locals>.add"
    assert str(caught.value) == (
        f"test_flink_describe.py:{line_of(add)}: {name}: it has 2 parameters (a, b), "
        "but input_types has 3 (INT, INT, INT)"
    )


def test_parameters_by_name_only_are_refused():
    def function(a, *, threshold):
        return a

    with pytest.raises(SignatureError, match="'threshold' can be given by name only, and SQL"):
        describe(function)
    assert describe(lambda a, *, threshold=1: a)["arguments"] == ("a",)


def test_what_is_no_function_is_refused():
    with pytest.raises(SignatureError, match="^builtins: 3: it is no function, and has none of"):
        describe(3)


def test_class_that_cannot_be_made_is_refused_where_it_has_to_be_asked():
    class Needs(Mean):
        def __init__(self, factor):
            self.factor = factor

        def get_result_type(self):
            return "INT" if self.factor else "BIGINT"

    with pytest.raises(SignatureError, match="no object of it could be made with the arguments {}"):
        describe(Needs)
    assert describe(Needs, {"factor": 0})["result"] == "BIGINT"


def test_decorator_refuses_what_it_cannot_read():
    with pytest.raises(ValueError, match="^'BIGIN' is no SQL type: expected a type, found 'BIGIN'"):
        udf(lambda a: a, result_type="BIGIN")
    with pytest.raises(ValueError, match="func_type='panda': it is one of 'general', 'pandas'"):
        udf(lambda a: a, result_type="INT", func_type="panda")
    with pytest.raises(TypeError, match="^@udaf takes a function, or an object or class that has"):
        udaf(object(), result_type="INT")
    with pytest.raises(TypeError, match="stands for no SQL type; write one as text"):
        udf(lambda a: a, result_type=object())
