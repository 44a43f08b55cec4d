"""Tests of what a task calls for functions of the DataStream API, without a JVM."""

import importlib
import pickle
import re
import sys
import threading
import types
from pathlib import Path

import pytest

from naja.flink import OutputTag, Row, _pickles, _stream_plan
from naja.flink._drive_accumulator import Accumulating
from naja.flink._drive_process import Outputs
from naja.flink._drive_simple import Simple
from naja.flink.testing import ProcessHarness

DOCS = Path(__file__).parents[2] / "docs" / "flink"


@pytest.fixture
def job():
    """A module of a job, into which tests put what it has."""
    module = sys.modules["job_module"] = types.ModuleType("job_module")
    yield module
    del sys.modules["job_module"]


def outputs(described="BIGINT", tags=()):
    return Outputs("job_module:f", described, tags)


def test_outputs_cross_in_chunks():
    given = outputs()
    first, sides, more = given.all(iter(range(2500)))
    assert (len(first), sides, more) == (1024, None, True)
    second, _, more = given.more()
    assert (second[0], len(second), more) == (1024, 1024, True)
    third, _, more = given.more()
    assert (third[-1], len(third), more) == (2499, 452, False)


def test_nothing_is_none():
    assert outputs().all(None) is None
    assert outputs().all([]) is None


def test_side_outputs_by_yield_and_by_call():
    given = outputs(tags=(("late", "BIGINT"), ("rows", ("ROW", ("a",), ("BIGINT",)))))
    given.side("late", 7)
    main, sides, more = given.all([1, (OutputTag("rows"), Row(a=2)), 3])
    assert (main, sides, more) == ([1, 3], [(0, 7), (1, (2,))], False)
    assert given.all(None) is None


def test_an_unknown_side_output_names_those_there_are():
    given = outputs(tags=(("late", "BIGINT"),))
    with pytest.raises(ValueError, match="job_module:f has no side output 'x', only late: declare"):
        given.all([(OutputTag("x"), 1)])


@pytest.mark.parametrize("single", ["text", b"bytes", {"a": 1}, Row(a=1), 5, 1.5, True])
def test_one_value_is_no_list_of_outputs(single):
    with pytest.raises(TypeError, match="job_module:f must yield its outputs or return a list"):
        outputs().all(single)


def test_what_a_failed_call_has_left_is_forgotten():
    given = outputs(tags=(("late", "BIGINT"),))
    given.side("late", 7)
    given.forget()
    assert given.all([1]) == ([1], None, False)


def simple(kind, *names, inputs=("BIGINT",), output="BIGINT", **arguments):
    references = [f"job_module:{name}" for name in names]
    label = " + ".join(references)
    types_ = (inputs, output)
    return Simple(label, references, importlib.import_module, kind, arguments, None, types_)


def test_a_function_that_needs_nothing_is_called_itself(job):
    job.f = lambda value: value + 1
    assert simple("map", "f").call is job.f


def test_functions_run_one_after_the_other(job):
    job.f = lambda value: value + 1
    job.g = lambda value: f"{value}"
    assert simple("map", "f", "g", output="STRING").call(4) == "5"


def test_rows_come_with_names_and_go_as_tuples(job):
    described = ("ROW", ("a", "b"), ("BIGINT", "STRING"))
    job.f = lambda row: {"b": row.b * 2, "a": row["a"]}
    call = simple("map", "f", inputs=(described,), output=described).call
    assert call((1, "x")) == (1, "xx")


def test_what_has_no_method_names_file_and_methods(job):
    job.Empty = type("Empty", (), {})
    with pytest.raises(
        TypeError, match="job_module:Empty .* neither itself nor by its map or eval"
    ):
        simple("map", "Empty")


def test_both_shapes_of_aggregate_functions(job):
    class Stream:
        def create_accumulator(self):
            return 0

        def add(self, value, accumulator):
            return accumulator + value

        def get_result(self, accumulator):
            return accumulator

        def merge(self, one, other):
            return one + other

    class Sql:
        def create_accumulator(self):
            return [0]

        def accumulate(self, accumulator, value):
            accumulator[0] += value

        def get_value(self, accumulator):
            return accumulator[0]

        def merge(self, accumulator, accumulators):
            accumulator[0] += sum(each[0] for each in accumulators)

    job.Stream, job.Sql = Stream, Sql
    for name in ("Stream", "Sql"):
        function = Accumulating(
            name,
            [f"job_module:{name}"],
            importlib.import_module,
            {},
            (("BIGINT",), "BIGINT"),
        )
        one, other = function.create(), function.create()
        function.add(one, 3)
        function.add(other, 4)
        function.merge(one, other)
        assert function.result(one) == 7


def test_what_is_no_aggregate_function_says_what_it_lacks(job):
    job.Half = type("Half", (), {"create_accumulator": list, "add": print})
    with pytest.raises(TypeError, match="Half .* is no aggregate function: it has no get_result"):
        Accumulating(
            "Half", ["job_module:Half"], importlib.import_module, {}, (("BIGINT",), "BIGINT")
        )


def test_pickles_keep_values_and_name_who_cannot():
    dumps, loads = _pickles.of("job_module:f", importlib.import_module)
    data = dumps(_pickles.Held({"a": (1, 2)}))
    assert pickle.loads(data) == {"a": (1, 2)}
    assert loads(data).value == {"a": (1, 2)}
    with pytest.raises(TypeError, match="job_module:f keeps a list in its state that cannot be"):
        dumps(_pickles.Held([threading.Lock()]))
    with pytest.raises(ValueError, match="job_module:f cannot read its state of 2 bytes"):
        loads(b"xx")


def check(job, function, given, wanted):
    job.f = function
    return _stream_plan.check("job_module:f", importlib.import_module, {}, given, wanted)


def test_hints_that_fit(job):
    def f(value: int) -> float: ...

    assert check(job, f, "BIGINT", "DOUBLE") is None
    assert check(job, f, "INT", "DOUBLE") is None
    assert check(job, lambda value: value, "STRING", "DOUBLE") is None


def test_hints_that_do_not_fit(job):
    def f(value: int) -> float: ...

    found = check(job, f, "STRING", "DOUBLE")
    assert found.startswith("test_flink_streams.py:")
    assert "job_module:f takes a whole number (value: BIGINT" in found
    assert found.endswith("but the records of the stream are STRING")
    found = check(job, f, "BIGINT", "STRING")
    assert "job_module:f returns a number (DOUBLE" in found
    assert found.endswith("but the type of its results was said to be STRING")


def page(name):
    """What the snippets of a page define."""
    defined = {}
    exec("import naja\nfrom naja.flink import *", defined)
    for code in re.findall(r"```python\n(.*?)```", (DOCS / name).read_text(), re.DOTALL):
        exec(code, defined)
    return defined


def test_side_outputs_of_the_page():
    with ProcessHarness(page("datastream.md")["Sides"]) as harness:
        assert [harness.process(value) for value in (5, 0, -3)] == [[5], [], []]
        assert harness.side("late") == [-3]
        assert harness.side("zeros") == ["zero"]


def test_samples_of_the_page():
    with ProcessHarness(page("state.md")["WaitForClick"], key=lambda value: "user") as harness:
        harness.process(("exposure", "a"), 1000)
        harness.process(("click", "a"), 2000)
        assert harness.advance_watermark(600_999) == []
        assert harness.advance_watermark(601_000) == [("user", 1, "a|a")]


def test_models_of_the_page():
    with ProcessHarness(page("state.md")["Swapping"], key=lambda value: value) as harness:
        assert harness.process(1) == ["None:1"]
        harness.broadcast(7)
        assert harness.process(1) == ["7:1"]
