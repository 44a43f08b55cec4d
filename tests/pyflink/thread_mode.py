"""Does PyFlink's thread mode give the rows that its process mode gives, on naja-pemja?

usage: python thread_mode.py            runs both modes, each in a process of its own, and compares
       python thread_mode.py MODE FILE [SCENARIO ...]
                                        runs one mode and writes its rows as JSON

Run by the Python of an environment with apache-flink 2.3, whose ``pyflink/lib`` holds the jars of naja
and naja-pemja.
"""

from __future__ import annotations

import datetime
import decimal
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pyflink.common import (
    Configuration,
    Row,
    Time,
    Types,
    WatermarkStrategy,
)
from pyflink.common.watermark_strategy import TimestampAssigner
from pyflink.datastream import (
    AggregateFunction,
    BroadcastProcessFunction,
    CoProcessFunction,
    FlatMapFunction,
    KeyedCoProcessFunction,
    KeyedProcessFunction,
    MapFunction,
    OutputTag,
    ProcessFunction,
    ProcessWindowFunction,
    ReduceFunction,
    StreamExecutionEnvironment,
)
from pyflink.datastream.state import (
    AggregatingStateDescriptor,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    ValueStateDescriptor,
)
from pyflink.datastream.window import (
    EventTimeSessionWindows,
    SlidingEventTimeWindows,
    TumblingEventTimeWindows,
)
from pyflink.table import StreamTableEnvironment
from pyflink.table.udf import udf, udtf

TYPES = {
    "a_boolean": ("BOOLEAN", "TRUE"),
    "a_tinyint": ("TINYINT", "CAST(-128 AS TINYINT)"),
    "a_smallint": ("SMALLINT", "CAST(32767 AS SMALLINT)"),
    "an_int": ("INT", "CAST(-2147483648 AS INT)"),
    "a_bigint": ("BIGINT", "CAST(9223372036854775807 AS BIGINT)"),
    "a_float": ("FLOAT", "CAST(1.5 AS FLOAT)"),
    "a_double": ("DOUBLE", "CAST(3.141592653589793 AS DOUBLE)"),
    "a_string": ("STRING", "'h\u00e9llo \u65e5\u672c'"),
    "a_char": ("CHAR(3)", "CAST('abc' AS CHAR(3))"),
    "some_bytes": ("BYTES", "CAST('xyz' AS BYTES)"),
    "a_decimal": ("DECIMAL(38, 18)", "CAST(12345.678 AS DECIMAL(38, 18))"),
    "a_date": ("DATE", "DATE '2026-02-28'"),
    "a_time": ("TIME(0)", "TIME '12:34:56'"),
    "a_timestamp": ("TIMESTAMP(3)", "CAST(TIMESTAMP '2026-02-28 12:34:56.789' AS TIMESTAMP(3))"),
    "an_instant": (
        "TIMESTAMP_LTZ(3)",
        "CAST(TIMESTAMP '2026-02-28 12:34:56.789' AS TIMESTAMP_LTZ(3))",
    ),
    "an_array": ("ARRAY<BIGINT>", "ARRAY[CAST(1 AS BIGINT), 2, 3]"),
    "a_map": ("MAP<STRING, BIGINT>", "MAP['a', CAST(1 AS BIGINT), 'b', 2]"),
    "a_row": ("ROW<x INT, y STRING>", "CAST(ROW(1, 'y') AS ROW<x INT, y STRING>)"),
}


NULLABLE = ("a_boolean", "a_bigint", "a_double", "a_string")


def environment(mode: str) -> StreamExecutionEnvironment:
    configuration = Configuration()
    configuration.set_string("python.execution-mode", mode)
    configuration.set_string("python.executable", sys.executable)
    made = StreamExecutionEnvironment.get_execution_environment(configuration)
    made.set_parallelism(1)
    return made


def rows(table) -> list[str]:
    with table.execute().collect() as results:
        return sorted(repr(row) for row in results)


def collected(stream) -> list[str]:
    with stream.execute_and_collect() as results:
        return sorted(repr(row) for row in results)


# SQL


def kind(value) -> str:
    # PyFlink hands an array over as a list in process mode, as a tuple in thread mode.
    return "sequence" if isinstance(value, (list, tuple)) else type(value).__name__


def scalar(mode: str) -> list[str]:
    tables = StreamTableEnvironment.create(environment(mode))
    selected = []
    for name, (sql, _) in TYPES.items():
        tables.create_temporary_function(name, udf(lambda value: value, result_type=sql))
        tables.create_temporary_function(f"{name}_is", udf(kind, result_type="STRING"))
        called = f"{name}({name}(c_{name}))"
        # The client of PyFlink cannot fetch an instant.
        called = f"CAST({called} AS STRING)" if name == "an_instant" else called
        selected += [called, f"{name}_is(c_{name})"]
    # A condition keeps the planner from handing literals over. Where other types are null, PyFlink's
    # thread mode itself fails.
    columns = ", ".join(
        f"CASE WHEN id > {int(name in NULLABLE)} THEN {literal} END AS c_{name}"
        for name, (_, literal) in TYPES.items()
    )
    query = f"SELECT {', '.join(selected)} FROM (SELECT {columns} FROM (VALUES (1), (2)) t(id))"
    found = rows(tables.sql_query(query))
    two = udf(lambda one, other: one * other + 1, result_type="BIGINT")
    tables.create_temporary_function("two", two)
    return found + rows(
        tables.sql_query("SELECT two(a, b), two(b, two(a, a)) FROM (VALUES (2, 3), (4, 5)) t(a, b)")
    )


def packages(mode: str) -> list[str]:
    def total(number):
        import numpy

        return f"{numpy.arange(number).sum()} {Path(numpy.__file__).is_relative_to(sys.prefix)}"

    tables = StreamTableEnvironment.create(environment(mode))
    tables.create_temporary_function("total", udf(total, result_type="STRING"))
    return rows(tables.sql_query("SELECT total(n) FROM (VALUES (3), (4)) t(n)"))


def table_function(mode: str) -> list[str]:
    tables = StreamTableEnvironment.create(environment(mode))

    @udtf(result_types=["STRING", "INT"])
    def pieces(text):
        for word in (text or "").split():
            yield word, len(word)

    tables.create_temporary_function("pieces", pieces)
    lines = "(VALUES (1, 'to be or'), (2, 'not'), (3, '')) AS t(id, line)"
    return rows(
        tables.sql_query(f"SELECT id, w, n FROM {lines}, LATERAL TABLE(pieces(line)) AS s(w, n)")
    ) + rows(
        tables.sql_query(
            f"SELECT id, w, n FROM {lines} LEFT JOIN LATERAL TABLE(pieces(line)) AS s(w, n) ON TRUE"
        )
    )


# DataStream

WORDS = ["to be", "or not", "to be that"]


def stateless(mode: str) -> list[str]:
    class Words(FlatMapFunction):
        def flat_map(self, value):
            yield from value.split()

    class Length(MapFunction):
        def open(self, runtime_context):
            self.lengths = runtime_context.get_metrics_group().counter("lengths")

        def map(self, value):
            self.lengths.inc(len(value))
            return value, len(value), self.lengths.get_count() > 0

    class Twice(ProcessFunction):
        def process_element(self, value, ctx):
            yield value
            yield Row(value[0].upper(), value[1] * 2, value[2])

    stream = environment(mode).from_collection(WORDS, Types.STRING())
    return (
        collected(stream.flat_map(Words()).map(Length()).process(Twice()))
        + collected(
            stream.flat_map(Words(), Types.STRING())
            .map(lambda word: Row(word, len(word)), Types.ROW([Types.STRING(), Types.INT()]))
            .filter(lambda row: row[1] > 2)
        )
        + collected(
            stream.map(
                lambda text: (text, [1, 2], {"k": 1.5}, None, b"\0", decimal.Decimal("1.50"))
            )
        )
        + collected(
            stream.map(
                lambda text: (
                    datetime.date(2026, 2, 28),
                    datetime.time(1, 2, 3),
                    datetime.datetime(2026, 2, 28, 1, 2, 3, 4000),
                    text,
                ),
                Types.TUPLE(
                    [Types.SQL_DATE(), Types.SQL_TIME(), Types.SQL_TIMESTAMP(), Types.STRING()]
                ),
            )
            .rebalance()
            .map(repr, Types.STRING())  # The client of PyFlink cannot fetch these types.
        )
    )


class FirstIsTime(TimestampAssigner):
    def extract_timestamp(self, value, record_timestamp):
        return value[1]


EVENTS = [("a", 1000), ("b", 2000), ("a", 2500), ("a", 9000), ("b", 9500), ("c", 30000)]


def events(mode: str, elements=EVENTS):
    return (
        environment(mode)
        .from_collection(elements, Types.TUPLE([Types.STRING(), Types.LONG()]))
        .assign_timestamps_and_watermarks(
            WatermarkStrategy.for_monotonous_timestamps().with_timestamp_assigner(FirstIsTime())
        )
    )


class Sum(ReduceFunction):
    def reduce(self, value1, value2):
        return value1 + value2


class Mean(AggregateFunction):
    def create_accumulator(self):
        return 0, 0

    def add(self, value, accumulator):
        return accumulator[0] + value, accumulator[1] + 1

    def get_result(self, accumulator):
        return accumulator[0] / accumulator[1]

    def merge(self, one, other):
        return one[0] + other[0], one[1] + other[1]


class AllStates(KeyedProcessFunction):
    def open(self, runtime_context):
        self.value = runtime_context.get_state(ValueStateDescriptor("value", Types.LONG()))
        self.pickled = runtime_context.get_state(
            ValueStateDescriptor("pickled", Types.PICKLED_BYTE_ARRAY())
        )
        self.list = runtime_context.get_list_state(ListStateDescriptor("list", Types.LONG()))
        self.map = runtime_context.get_map_state(
            MapStateDescriptor("map", Types.STRING(), Types.LONG())
        )
        self.reducing = runtime_context.get_reducing_state(
            ReducingStateDescriptor("reducing", Sum(), Types.LONG())
        )
        self.aggregating = runtime_context.get_aggregating_state(
            AggregatingStateDescriptor("aggregating", Mean(), Types.PICKLED_BYTE_ARRAY())
        )

    def process_element(self, value, ctx):
        number = value[1]
        self.value.update((self.value.value() or 0) + 1)
        self.pickled.update({"last": number, "before": self.pickled.value()})
        self.list.add(number)
        if number > 9000:
            self.list.update([7, *self.list.get()])
            self.list.add_all([8, 9])
        self.map.put(f"k{number % 2000}", number)
        self.map.put("all", number)
        self.reducing.add(number)
        self.aggregating.add(number)
        ctx.timer_service().register_event_time_timer(number + 100)
        ctx.timer_service().register_event_time_timer(number + 200)
        ctx.timer_service().delete_event_time_timer(number + 200)
        yield (
            ctx.get_current_key(),
            ctx.timestamp(),
            self.value.value(),
            self.pickled.value(),
            list(self.list.get()),
            sorted(self.map.items()),
            sorted(self.map.keys()),
            sorted(self.map.values()),
            self.map.contains("k1000"),
            self.map.get("all"),
            self.map.is_empty(),
            self.reducing.get(),
            self.aggregating.get(),
        )
        if number == 9500:
            self.map.remove("all")
            self.value.clear()
            self.list.clear()

    def on_timer(self, timestamp, ctx):
        yield (
            "timer",
            timestamp,
            ctx.get_current_key(),
            ctx.time_domain().name,
            self.value.value(),
            list(self.list.get()),
            sorted(self.map.keys()),
        )


def keyed(mode: str) -> list[str]:
    return collected(events(mode).key_by(lambda event: event[0]).process(AllStates()))


def co_process(mode: str) -> list[str]:
    class Both(CoProcessFunction):
        def process_element1(self, value, ctx):
            yield "left", value

        def process_element2(self, value, ctx):
            yield "right", value * 2

    class Joined(KeyedCoProcessFunction):
        def open(self, runtime_context):
            self.seen = runtime_context.get_list_state(ListStateDescriptor("seen", Types.STRING()))

        def process_element1(self, value, ctx):
            self.seen.add(f"1{value}")
            ctx.timer_service().register_event_time_timer(100)

        def process_element2(self, value, ctx):
            self.seen.add(f"2{value}")

        def on_timer(self, timestamp, ctx):
            yield ctx.get_current_key(), timestamp, sorted(self.seen.get())

    made = environment(mode)
    numbers = made.from_collection([1, 2, 3], Types.INT())
    letters = made.from_collection(["a", "b"], Types.STRING())
    one = made.from_collection([1, 2, 3], Types.INT())
    other = made.from_collection([4, 5], Types.INT())
    return collected(numbers.connect(letters).process(Both())) + collected(
        one.connect(other)
        .key_by(lambda value: value % 2, lambda value: value % 2)
        .process(Joined())
    )


def broadcast(mode: str) -> list[str]:
    rules = MapStateDescriptor("rules", Types.STRING(), Types.INT())

    class Rules(BroadcastProcessFunction):
        def process_element(self, value, ctx):
            ctx.get_broadcast_state(rules).contains("a")
            yield "element", value

        def process_broadcast_element(self, value, ctx):
            state = ctx.get_broadcast_state(rules)
            state.put(value, len(value))
            yield "rules", sorted(state.items())

    made = environment(mode)
    elements = made.from_collection([1, 2], Types.INT())
    names = made.from_collection(["a", "bb"], Types.STRING()).broadcast(rules)
    return collected(elements.connect(names).process(Rules()))


class Contents(ProcessWindowFunction):
    def process(self, key, context, elements):
        window = context.window()
        yield key, window.start, window.end, sorted(value[1] for value in elements)


def windows(mode: str) -> list[str]:
    found = []
    for window in (
        TumblingEventTimeWindows.of(Time.seconds(5)),
        SlidingEventTimeWindows.of(Time.seconds(10), Time.seconds(5)),
        EventTimeSessionWindows.with_gap(Time.seconds(3)),
    ):
        stream = events(mode).key_by(lambda event: event[0]).window(window)
        found += collected(stream.process(Contents()))
        stream = events(mode).key_by(lambda event: event[0]).window(window)
        found += collected(stream.reduce(lambda one, other: (one[0], one[1] + other[1])))
    return found


def side_outputs(mode: str) -> list[str]:
    odd = OutputTag("odd", Types.INT())

    class Split(ProcessFunction):
        def process_element(self, value, ctx):
            if value % 2:
                yield odd, value
            else:
                yield value

    def split():
        return environment(mode).from_collection([1, 2, 3, 4], Types.INT()).process(Split())

    # Who does not ask for a side output gets it in the main one.
    evens = [row for row in collected(split()) if row.isdigit()]
    return evens + [f"odd {row}" for row in collected(split().get_side_output(odd))]


SCENARIOS = (
    scalar,
    packages,
    table_function,
    stateless,
    keyed,
    co_process,
    broadcast,
    windows,
    side_outputs,
)


def run(mode: str, file: str, *names: str) -> None:
    """Runs scenarios, by default all, in one mode."""
    found = {}
    for scenario in SCENARIOS:
        if names and scenario.__name__ not in names:
            continue
        found[scenario.__name__] = scenario(mode)
        print(f"{mode}: {scenario.__name__}: {len(found[scenario.__name__])} rows", flush=True)
    Path(file).write_text(json.dumps(found))


def compare() -> int:
    """Runs both modes; 0 if they give the same rows."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for mode in ("process", "thread"):
            file = str(Path(folder, mode))
            subprocess.run([sys.executable, __file__, mode, file], check=True)
            found[mode] = json.loads(Path(file).read_text())
    different = 0
    for name, expected in found["process"].items():
        got = found["thread"][name]
        same = got == expected and len(expected) > 0
        different += not same
        print(f"{name}: {'same' if same else 'DIFFERENT'}, {len(expected)} rows")
        if not same:
            print(f"  process: {expected}\n  thread:  {got}")
    return different


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:]) if len(sys.argv) > 1 else compare())
