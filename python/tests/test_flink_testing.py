from __future__ import annotations

import pytest

from naja.flink import (
    AggregateFunction,
    BroadcastProcessFunction,
    KeyedCoProcessFunction,
    KeyedProcessFunction,
    MapStateDescriptor,
    OutputTag,
    ProcessWindowFunction,
    ReducingStateDescriptor,
    Row,
    ScalarFunction,
    StateTtlConfig,
    TableAggregateFunction,
    Time,
    TimeDomain,
    Types,
    ValueStateDescriptor,
)
from naja.flink.state import AggregatingStateDescriptor, ListStateDescriptor
from naja.flink.testing import ProcessHarness, TestContext, aggregate, emitted, opened, rows

LATE = OutputTag("late", Types.STRING())


class Scaled(ScalarFunction):
    def __init__(self, factor=1):
        self.factor = factor

    def open(self, function_context):
        self.offset = int(function_context.get_job_parameter("offset", "0"))
        self.calls = function_context.get_metric_group().add_group("scaled").counter("calls")

    def eval(self, a):
        self.calls.inc()
        return a * self.factor + self.offset

    def close(self):
        self.offset = None


class Mean(AggregateFunction):
    def create_accumulator(self):
        return [0, 0]

    def accumulate(self, accumulator, value, weight):
        accumulator[0] += value * weight
        accumulator[1] += weight

    def retract(self, accumulator, value, weight):
        self.accumulate(accumulator, value, -weight)

    def merge(self, accumulator, accumulators):
        for each in accumulators:
            accumulator[0] += each[0]
            accumulator[1] += each[1]

    def get_value(self, accumulator):
        return accumulator[0] / accumulator[1]


class Top(TableAggregateFunction):
    def create_accumulator(self):
        return []

    def accumulate(self, accumulator, value):
        accumulator.append(value)

    def emit_value(self, accumulator):
        yield from sorted(accumulator)[-2:]


class Visits(KeyedProcessFunction):
    """Counts visits, tells the count when nothing came for 10 ms, sends late ones aside."""

    def open(self, runtime_context):
        self.count = runtime_context.get_state(ValueStateDescriptor("count", Types.LONG()))
        self.timer = runtime_context.get_state(ValueStateDescriptor("timer", Types.LONG()))

    def process_element(self, value, ctx):
        if ctx.timestamp() <= ctx.timer_service().current_watermark():
            ctx.output(LATE, value.page)
            return
        if self.count.value() is not None:
            ctx.timer_service().delete_event_time_timer(self.timer.value())
        self.count.update((self.count.value() or 0) + 1)
        self.timer.update(ctx.timestamp() + 10)
        ctx.timer_service().register_event_time_timer(self.timer.value())

    def on_timer(self, timestamp, ctx):
        yield ctx.get_current_key(), self.count.value(), timestamp
        yield LATE, f"{ctx.time_domain().name} at {ctx.timestamp()}"
        self.count.clear()


def test_opened_functions_see_parameters_and_metrics_and_are_closed():
    context = TestContext(parameters={"offset": "5"})
    with opened(Scaled, context, factor=2) as scaled:
        assert [scaled.eval(a) for a in (1, 2)] == [7, 9]
    assert scaled.offset is None
    assert context.metrics.values == {"scaled.calls": 2}


def test_aggregates_over_rows_with_retraction_and_merge():
    assert aggregate(Mean, [(1.0, 1), (4.0, 2)]) == 3.0
    assert aggregate(Mean, [(1.0, 1), (4.0, 2)], retracted=[(1.0, 1)]) == 4.0
    assert aggregate(Mean(), [(1.0, 1), (4.0, 2), (4.0, 1)], parts=3) == 3.25
    assert emitted(Top, [3, 1, 2]) == [2, 3]


def test_pandas_aggregate_sees_series():
    pytest.importorskip("pandas")
    assert aggregate(lambda a, b: (a * b).sum(), [(1, 2), (3, 4)]) == 14


def test_rows_of_table_functions():
    assert rows(lambda text: text.split(), "a b") == ["a", "b"]
    assert rows(lambda text: None, "a") == []
    assert rows(lambda text: ("a", 1), "a") == [("a", 1)]


def test_keyed_process_with_state_timers_and_side_output():
    with ProcessHarness(Visits, key=lambda value: value.user) as harness:
        harness.process(Row(user="ada", page="a"), 5)
        harness.process(Row(user="bob", page="b"), 6)
        harness.process(Row(user="ada", page="c"), 7)
        assert harness.timers() == [(16, "bob"), (17, "ada")]
        assert harness.advance_watermark(16) == [("bob", 1, 16)]
        harness.process(Row(user="bob", page="late"), 9)
        assert harness.advance_watermark(100) == [("ada", 2, 17)]
        assert harness.side(LATE) == ["EVENT_TIME at 16", "late", "EVENT_TIME at 17"]
        assert harness.results == [("bob", 1, 16), ("ada", 2, 17)]


def test_snapshot_restores_state_and_timers():
    with ProcessHarness(Visits, key=lambda value: value.user) as before:
        before.process(Row(user="ada", page="a"), 5)
    with ProcessHarness(Visits, key=lambda value: value.user) as after:
        after.restore(before.snapshot())
        assert after.advance_watermark(15) == [("ada", 1, 15)]


def test_snapshot_names_the_state_that_cannot_be_kept():
    class Keeps(KeyedProcessFunction):
        def open(self, runtime_context):
            self.state = runtime_context.get_list_state(ListStateDescriptor("functions"))

        def process_element(self, value, ctx):
            self.state.add(lambda: value)

    with ProcessHarness(Keeps, key=lambda value: 1) as harness:
        harness.process(1)
        with pytest.raises(TypeError, match="the state 'functions' cannot be kept in a checkpoint"):
            harness.snapshot()


def test_all_kinds_of_state():
    class Sum:
        def create_accumulator(self):
            return 0

        def add(self, value, accumulator):
            return accumulator + value

        def get_result(self, accumulator):
            return f"sum {accumulator}"

    class Keeps(KeyedProcessFunction):
        def open(self, runtime_context):
            self.items = runtime_context.get_list_state(ListStateDescriptor("items", Types.INT()))
            self.counts = runtime_context.get_map_state(MapStateDescriptor("counts", str, int))
            self.largest = runtime_context.get_reducing_state(ReducingStateDescriptor("max", max))
            self.sum = runtime_context.get_aggregating_state(
                AggregatingStateDescriptor("sum", Sum())
            )

        def process_element(self, value, ctx):
            self.items.add(value)
            self.counts[str(value)] = (self.counts["x"] or 0) + value
            self.largest.add(value)
            self.sum.add(value)
            yield list(self.items), dict(self.counts.items()), self.largest.get(), self.sum.get()

    with ProcessHarness(Keeps, key=lambda value: value % 2) as harness:
        harness.process(3)
        assert harness.process(1) == [([3, 1], {"3": 3, "1": 1}, 3, "sum 4")]
        assert harness.process(2) == [([2], {"2": 2}, 2, "sum 2")]


def test_state_expires_by_processing_time():
    class Remembers(KeyedProcessFunction):
        def open(self, runtime_context):
            descriptor = ValueStateDescriptor("seen", Types.BOOLEAN())
            descriptor.enable_time_to_live(
                StateTtlConfig.new_builder(Time.seconds(1)).update_ttl_on_create_and_write().build()
            )
            self.seen = runtime_context.get_state(descriptor)

        def process_element(self, value, ctx):
            yield self.seen.value()
            self.seen.update(True)

    with ProcessHarness(Remembers, key=lambda value: value) as harness:
        assert harness.process(1) == [None]
        harness.advance_processing_time(999)
        assert harness.process(1) == [True]
        harness.advance_processing_time(1999)
        assert harness.process(1) == [None]


def test_timers_of_processing_time():
    class Ticks(KeyedProcessFunction):
        def process_element(self, value, ctx):
            ctx.timer_service().register_processing_time_timer(value)

        def on_timer(self, timestamp, ctx):
            yield timestamp, ctx.time_domain(), ctx.timer_service().current_processing_time()

    with ProcessHarness(Ticks, key=lambda value: 0) as harness:
        harness.process(20)
        harness.process(10)
        assert harness.advance_processing_time(30) == [
            (10, TimeDomain.PROCESSING_TIME, 10),
            (20, TimeDomain.PROCESSING_TIME, 20),
        ]


def test_two_streams_share_state():
    class Joins(KeyedCoProcessFunction):
        def open(self, runtime_context):
            self.left = runtime_context.get_state(ValueStateDescriptor("left"))

        def process_element1(self, value, ctx):
            self.left.update(value)

        def process_element2(self, value, ctx):
            yield self.left.value(), value

    with ProcessHarness(Joins, key=lambda v: v[0], key2=lambda v: v[1]) as harness:
        harness.process(("a", 1))
        assert harness.process2((2, "a")) == [(("a", 1), (2, "a"))]


def test_broadcast_state_is_written_on_its_side_only():
    rules = MapStateDescriptor("rules", Types.STRING(), Types.INT())

    class Rules(BroadcastProcessFunction):
        def process_element(self, value, ctx):
            state = ctx.get_broadcast_state(rules)
            assert not hasattr(state, "put")
            yield value, state.get("limit"), "limit" in state, sorted(state)

        def process_broadcast_element(self, value, ctx):
            ctx.get_broadcast_state(rules).put("limit", value)

    with ProcessHarness(Rules) as harness:
        assert harness.process(1) == [(1, None, False, [])]
        assert harness.broadcast(7) == []
        assert harness.process(2) == [(2, 7, True, ["limit"])]


def test_windows_with_and_without_key():
    class Count(ProcessWindowFunction):
        def process(self, key, context, elements):
            seen = context.global_state().get_state(ValueStateDescriptor("seen"))
            seen.update((seen.value() or 0) + len(elements))
            yield key, context.window().end, seen.value()

    with ProcessHarness(Count) as harness:
        assert harness.window([1, 2], 0, 10, key="a") == [("a", 10, 2)]
        assert harness.window([3], 10, 20, key="a") == [("a", 20, 3)]

    class All:
        def apply(self, window, inputs):
            return [(window.max_timestamp(), sum(inputs))]

    assert ProcessHarness(All).window([1, 2], 0, 10) == [(9, 3)]


def test_state_and_timers_outside_of_a_key_say_so():
    with ProcessHarness(Visits) as harness, pytest.raises(RuntimeError, match="'count' is that of"):
        harness.process(Row(user="ada", page="a"), 5)

    class Ticks:
        def process_element(self, value, ctx):
            ctx.timer_service().register_event_time_timer(1)

    with pytest.raises(RuntimeError, match="timers are those of a key"):
        ProcessHarness(Ticks).process(1)
    with pytest.raises(RuntimeError, match="there is no state here"):
        TestContext().get_state(ValueStateDescriptor("a"))
