"""Functions of the DataStream API for the tests."""

import asyncio
import logging
import sys

import naja
from naja.flink import (
    AggregatingStateDescriptor,
    CoProcessFunction,
    FlatMapFunction,
    KeyedBroadcastProcessFunction,
    KeyedCoProcessFunction,
    KeyedProcessFunction,
    ListStateDescriptor,
    MapFunction,
    MapStateDescriptor,
    OutputTag,
    ProcessFunction,
    ProcessWindowFunction,
    ReducingStateDescriptor,
    Row,
    StateTtlConfig,
    Time,
    TimeDomain,
    Types,
    ValueStateDescriptor,
)

logger = logging.getLogger("streams")


def double(x):
    return x * 2


def text(x):
    return f"<{x}>"


def fail_odd(x):
    if x % 2:
        raise ValueError(f"{x} is odd")
    return x


def is_even(x):
    return x % 2 == 0


def first_letter(word):
    return word[:1]


def as_text(x):
    return str(x)


def echo(value):
    return value


def shown(value):
    return repr(value)


def total_of(row):
    return row.price * row.count


def renamed(row):
    return Row(city=row["city"].lower(), population=row.population + 1)


def words(line):
    yield from line.split()


def many(count):
    return range(count)


def one_word(line):
    return line


class Scaled(MapFunction):
    """Opened, closed, with an argument."""

    #: Jobs have modules of their own each; this is shared by all.
    events = sys.__dict__.setdefault("naja_test_events", [])

    def __init__(self, factor):
        self.factor = factor

    def open(self, runtime_context):
        Scaled.events.append(f"open {runtime_context.get_index_of_this_subtask()}")
        metrics = runtime_context.get_metrics_group()
        self.seen = metrics.add_group("own").counter("seen")
        metrics.gauge("factor", lambda: self.factor)
        self.meter = metrics.meter("rate")

    def map(self, value):
        self.seen.inc()
        self.meter.mark_event(2)
        return value * self.factor

    def close(self):
        Scaled.events.append(f"close {self.seen.get_count()}")


class Sides(ProcessFunction):
    """Main and side outputs, in both ways."""

    late = OutputTag("late", Types.LONG())

    def process_element(self, value, ctx):
        if value < 0:
            ctx.output(self.late, value)
        elif value == 0:
            yield OutputTag("zeros"), "zero"
        else:
            yield value
            yield ctx.timestamp()


class Unknown(ProcessFunction):
    def process_element(self, value, ctx):
        yield OutputTag("nowhere"), value


class Counting(KeyedProcessFunction):
    """Keyed state of all kinds."""

    def open(self, runtime_context):
        self.count = runtime_context.get_state(ValueStateDescriptor("count", Types.LONG()))
        self.seen = runtime_context.get_list_state(ListStateDescriptor("seen", Types.STRING()))
        self.by_length = runtime_context.get_map_state(
            MapStateDescriptor(
                "by_length",
                Types.INT(),
                Types.ROW_NAMED(["n", "last"], [Types.LONG(), Types.STRING()]),
            )
        )
        self.longest = runtime_context.get_reducing_state(
            ReducingStateDescriptor("longest", lambda a, b: max(a, b, key=len), Types.STRING())
        )
        self.mean = runtime_context.get_aggregating_state(
            AggregatingStateDescriptor("mean", Mean(), None)
        )
        self.own = runtime_context.get_state(ValueStateDescriptor("own", None))

    def process_element(self, value, ctx):
        if value == "clear":
            for state in (self.count, self.seen, self.by_length, self.longest, self.mean, self.own):
                state.clear()
            return
        self.count.update((self.count.value() or 0) + 1)
        self.seen.add(value)
        row = self.by_length.get(len(value)) or Row(n=0, last="")
        self.by_length.put(len(value), Row(n=row.n + 1, last=value))
        self.longest.add(value)
        self.mean.add(len(value))
        own = self.own.value() or {"words": set()}
        own["words"].add(value)
        self.own.update(own)
        by_length = {length: (row.n, row.last) for length, row in self.by_length.items()}
        yield (
            f"{ctx.get_current_key()} {self.count.value()} {list(self.seen)} "
            f"{sorted(by_length.items())} {self.longest.get()} {self.mean.get()} "
            f"{sorted(self.own.value()['words'])} {2 in self.by_length}"
        )


class Mean:
    """An aggregate function as that of the DataStream API."""

    def create_accumulator(self):
        return (0, 0)

    def add(self, value, accumulator):
        return accumulator[0] + value, accumulator[1] + 1

    def get_result(self, accumulator):
        return accumulator[0] / accumulator[1]

    def merge(self, one, other):
        return one[0] + other[0], one[1] + other[1]


class Timers(KeyedProcessFunction):
    """Timers of both times."""

    def process_element(self, value, ctx):
        timers = ctx.timer_service()
        timers.register_event_time_timer(value + 10)
        timers.register_event_time_timer(value + 11)
        timers.delete_event_time_timer(value + 11)
        timers.register_processing_time_timer(timers.current_processing_time() + 100)
        yield f"{ctx.get_current_key()} at {ctx.timestamp()} wm {timers.current_watermark() > 0}"

    def on_timer(self, timestamp, ctx):
        clock = "event" if ctx.time_domain() is TimeDomain.EVENT_TIME else "processing"
        return [f"{ctx.get_current_key()} {clock} {timestamp} {ctx.timestamp()}"]


class Expiring(KeyedProcessFunction):
    """State that expires."""

    def open(self, runtime_context):
        descriptor = ValueStateDescriptor("expiring", "BIGINT")
        descriptor.enable_time_to_live(
            StateTtlConfig.new_builder(Time.milliseconds(50)).never_return_expired().build()
        )
        self.state = runtime_context.get_state(descriptor)

    def process_element(self, value, ctx):
        yield str(self.state.value())
        self.state.update(value)


class Joining(KeyedCoProcessFunction):
    """Two streams that share state."""

    def open(self, runtime_context):
        self.state = runtime_context.get_state(ValueStateDescriptor("left", Types.STRING()))

    def process_element1(self, value, ctx):
        self.state.update(value)

    def process_element2(self, value, ctx):
        yield f"{self.state.value()}+{value}"


class Tagging(CoProcessFunction):
    """Two streams without keys."""

    def open(self, runtime_context):
        self.seen = 0

    def process_element1(self, value, ctx):
        self.seen += 1
        yield f"first {value}"

    def process_element2(self, value, ctx):
        self.seen += 1
        if value < 0:
            ctx.timer_service().register_event_time_timer(1)
        yield f"second {value}"


class Swapping(KeyedBroadcastProcessFunction):
    """A model that is broadcast."""

    def process_element(self, value, ctx):
        model = ctx.get_broadcast_state("models").get("current")
        yield f"{ctx.get_current_key()}:{model['version'] if model else None}:{value}"

    def process_broadcast_element(self, value, ctx):
        descriptor = MapStateDescriptor("models", Types.STRING(), None)
        ctx.get_broadcast_state(descriptor).put("current", {"version": value})


class WritesWhereItMayNot(Swapping):
    def process_element(self, value, ctx):
        ctx.get_broadcast_state("models").put("current", None)


class Joined(ProcessWindowFunction):
    """The elements of a window."""

    def process(self, key, context, elements):
        count = context.global_state().get_state(ValueStateDescriptor("windows", Types.LONG()))
        count.update((count.value() or 0) + 1)
        window = context.window()
        yield f"{key} [{window.start}, {window.end}) {'|'.join(elements)} {count.value()}"


class SortedTexts:
    """An aggregate function as that of SQL."""

    def create_accumulator(self):
        return []

    def accumulate(self, accumulator, value):
        accumulator.append(value)

    def merge(self, accumulator, accumulators):
        for other in accumulators:
            accumulator.extend(other)

    def get_value(self, accumulator):
        return "|".join(sorted(accumulator))


class Unpicklable(SortedTexts):
    def create_accumulator(self):
        import threading

        return [threading.Lock()]


class Stateful(KeyedProcessFunction):
    """Counts by key in values of its own, for savepoints."""

    def open(self, runtime_context):
        self.state = runtime_context.get_state(ValueStateDescriptor("history", None))

    def process_element(self, value, ctx):
        history = self.state.value() or History()
        history.add(value)
        self.state.update(history)
        yield f"{ctx.get_current_key()} {history.values}"


class History:
    def __init__(self):
        self.values = []

    def add(self, value):
        self.values.append(value)


class Logging(MapFunction):
    def map(self, value):
        logger.warning("got %s", value)
        return value


class Words(FlatMapFunction):
    def flat_map(self, value):
        return value.split()


class NoTimerMethod(KeyedProcessFunction):
    def process_element(self, value, ctx):
        ctx.timer_service().register_event_time_timer(value)


def fail_odd_keyed(value, ctx):
    yield str(fail_odd(value))


def scaled_events(value):
    return str(Scaled.events)


def hinted(name: str) -> str:
    return name


@naja.vectorized(form="frame")
def frame_sum(frame):
    return frame.a + frame.b


@naja.vectorized(form="frame")
def frame_to_frame(frame):
    return frame[["b"]].assign(n=len(frame))


@naja.vectorized(form="lists")
def all_even(values):
    if any(value % 2 for value in values):
        raise ValueError(f"{values} are not all even")
    return values


async def later(value):
    await asyncio.sleep(0.01 / value)
    return f"<{value}>"


async def later_odd_fails(value):
    return fail_odd(value)


class Invoked:
    async def async_invoke(self, value):
        return [str(value), f"{value}!"]


class Measured(MapFunction):
    """Metrics of its own."""

    def open(self, runtime_context):
        self.last = 0
        metrics = runtime_context.get_metrics_group()
        self.seen = metrics.add_group("own").counter("seen")
        self.rate = metrics.meter("rate")
        self.spread = metrics.distribution("spread")
        metrics.gauge("last", lambda: self.last)

    def map(self, value):
        self.seen.inc()
        self.rate.mark_event(2)
        self.spread.update(value)
        self.last = value
        return fail_odd(value)


def mdc(value):
    context = naja.java_type("org.slf4j.MDC")
    return f"{context.get('flink-subtask')} {context.get('flink-task-name').split(' -> ')[1]}"


def never(value, ctx):
    while True:
        value += 1


class TableRow:
    """Changes two fields of a row by name; the others go back as they came."""

    def map(self, row):
        row.name += "!"
        row.count += 1
        return row
