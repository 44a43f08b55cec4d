"""What do classes for functions of the DataStream API look like?

They are PyFlink's shapes. None has to be inherited from: what has the methods is such a function.
A function that may give any number of results yields them or returns a list; one for a side output
it passes to ``ctx.output(tag, value)`` or, as in PyFlink, yields as ``tag, value``.
"""

from __future__ import annotations

from typing import Any

from naja.flink.time import TimeDomain


class OutputTag:
    """Names a side output; tags of one name are equal.

    Args:
        tag_id: The name.
        type_info: The type of what goes there, as for state; without one, values of Python's own.

    Raises:
        ValueError: The name is empty.
    """

    __module__ = "naja.flink"
    __slots__ = ("tag_id", "type_info")

    def __init__(self, tag_id: str, type_info: Any = None) -> None:
        if not tag_id:
            raise ValueError("a side output needs a name")
        self.tag_id, self.type_info = tag_id, type_info

    def __eq__(self, other: object) -> bool:
        return self.tag_id == other.tag_id if isinstance(other, OutputTag) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.tag_id)

    def __repr__(self) -> str:
        return f"OutputTag({self.tag_id!r})"


class RuntimeContext:
    """What ``open`` is given: the task, its metrics, and the state of a keyed stream.

    Made by the task; ``naja.flink.testing`` makes one for tests. Not thread-safe.
    """

    __module__ = "naja.flink"

    def get_task_name(self) -> str:
        """The name of the task."""
        raise NotImplementedError

    def get_task_name_with_subtasks(self) -> str:
        """The name of the task with the number of the subtask: ``"Score (3/6)"``."""
        raise NotImplementedError

    def get_number_of_parallel_subtasks(self) -> int:
        """How many subtasks there are."""
        raise NotImplementedError

    def get_max_number_of_parallel_subtasks(self) -> int:
        """How many subtasks there may ever be."""
        raise NotImplementedError

    def get_index_of_this_subtask(self) -> int:
        """Which subtask this is, from 0."""
        raise NotImplementedError

    def get_attempt_number(self) -> int:
        """How often the subtask was started before."""
        raise NotImplementedError

    def get_metrics_group(self) -> Any:
        """The metrics of the function: ``counter``, ``gauge``, ``meter``, ``distribution``."""
        raise NotImplementedError

    def get_job_parameter(self, key: str, default_value: Any = None) -> Any:
        """A parameter of the job."""
        raise NotImplementedError

    def get_state(self, state_descriptor: Any) -> Any:
        """The `ValueState` that a descriptor names."""
        raise NotImplementedError

    def get_list_state(self, state_descriptor: Any) -> Any:
        """The `ListState` that a descriptor names."""
        raise NotImplementedError

    def get_map_state(self, state_descriptor: Any) -> Any:
        """The `MapState` that a descriptor names."""
        raise NotImplementedError

    def get_reducing_state(self, state_descriptor: Any) -> Any:
        """The `ReducingState` that a descriptor names."""
        raise NotImplementedError

    def get_aggregating_state(self, state_descriptor: Any) -> Any:
        """The `AggregatingState` that a descriptor names."""
        raise NotImplementedError


class TimerService:
    """The clocks of a subtask, and the timers of the key that is being worked on.

    Times are milliseconds since 1970 in UTC.
    """

    __module__ = "naja.flink"

    def current_processing_time(self) -> int:
        """The clock of the machine."""
        raise NotImplementedError

    def current_watermark(self) -> int:
        """The watermark, before which no more records are expected."""
        raise NotImplementedError

    def register_event_time_timer(self, timestamp: int) -> None:
        """Has ``on_timer`` called when the watermark passes a time."""
        raise NotImplementedError

    def register_processing_time_timer(self, timestamp: int) -> None:
        """Has ``on_timer`` called when the clock of the machine passes a time."""
        raise NotImplementedError

    def delete_event_time_timer(self, timestamp: int) -> None:
        """Takes a timer back; nothing happens if there is none."""
        raise NotImplementedError

    def delete_processing_time_timer(self, timestamp: int) -> None:
        """Takes a timer back; nothing happens if there is none."""
        raise NotImplementedError


class Context:
    """What a process function is given with each record; valid during the call only."""

    __module__ = "naja.flink"

    def timestamp(self) -> int | None:
        """The time of the record in milliseconds; ``None`` if it has none."""
        raise NotImplementedError

    def timer_service(self) -> TimerService:
        """Clocks and timers."""
        raise NotImplementedError

    def get_current_key(self) -> Any:
        """The key of the record, in a keyed stream."""
        raise NotImplementedError

    def output(self, output_tag: OutputTag, value: Any) -> None:
        """Sends a value to a side output."""
        raise NotImplementedError


class OnTimerContext(Context):
    """What ``on_timer`` is given."""

    __module__ = "naja.flink"

    def time_domain(self) -> TimeDomain:
        """By which clock the timer fired."""
        raise NotImplementedError


class Function:
    """What all functions of the DataStream API have in common."""

    __module__ = "naja.flink"

    def open(self, runtime_context: RuntimeContext) -> None:
        """Runs once in each subtask before the first record."""

    def close(self) -> None:
        """Runs once in each subtask after the last record, also if the task failed."""


class MapFunction(Function):
    """One result for each record; a subclass has ``map(self, value)``."""

    __module__ = "naja.flink"


class FlatMapFunction(Function):
    """Any number of results for each record; a subclass has ``flat_map(self, value)``."""

    __module__ = "naja.flink"


class FilterFunction(Function):
    """Which records stay; a subclass has ``filter(self, value)``."""

    __module__ = "naja.flink"


class KeySelector(Function):
    """The key of a record; a subclass has ``get_key(self, value)``."""

    __module__ = "naja.flink"


class ReduceFunction(Function):
    """One value of two; a subclass has ``reduce(self, value1, value2)``."""

    __module__ = "naja.flink"


class AggregateFunction(Function):
    """Accumulators of the DataStream API.

    A subclass has ``create_accumulator(self)``, ``add(self, value, accumulator)``, which returns
    the accumulator, ``get_result(self, accumulator)``, and ``merge(self, acc_a, acc_b)``, which
    windows that merge need.
    """

    __module__ = "naja.flink.datastream"


class CoMapFunction(Function):
    """One result for each record of two streams; a subclass has ``map1`` and ``map2``."""

    __module__ = "naja.flink"


class CoFlatMapFunction(Function):
    """Results for each record of two streams; a subclass has ``flat_map1`` and ``flat_map2``."""

    __module__ = "naja.flink"


class AsyncFunction(Function):
    """Results that come later; a subclass has ``async def async_invoke(self, value)``."""

    __module__ = "naja.flink"


class ProcessFunction(Function):
    """Any number of results, side outputs; has ``process_element(self, value, ctx)``."""

    __module__ = "naja.flink"

    Context = Context
    OnTimerContext = OnTimerContext


class KeyedProcessFunction(ProcessFunction):
    """The same with state and timers a key; ``on_timer(self, timestamp, ctx)``."""

    __module__ = "naja.flink"


class CoProcessFunction(Function):
    """Two streams; a subclass has ``process_element1`` and ``process_element2``."""

    __module__ = "naja.flink"

    Context = Context
    OnTimerContext = OnTimerContext


class KeyedCoProcessFunction(CoProcessFunction):
    """The same with state and timers a key."""

    __module__ = "naja.flink"


class ReadOnlyContext(Context):
    """What a broadcast process function is given with a record of the other stream."""

    __module__ = "naja.flink"

    def get_broadcast_state(self, state_descriptor: Any) -> Any:
        """The broadcast state that a `MapStateDescriptor` names, to be read only."""
        raise NotImplementedError

    def current_processing_time(self) -> int:
        """The clock of the machine, in milliseconds."""
        raise NotImplementedError

    def current_watermark(self) -> int:
        """The watermark, in milliseconds."""
        raise NotImplementedError


class BroadcastProcessFunction(Function):
    """A stream beside one that all subtasks see.

    A subclass has ``process_element(self, value, ctx)``, which may read broadcast state, and
    ``process_broadcast_element(self, value, ctx)``, which may change it.
    """

    __module__ = "naja.flink"

    Context = ReadOnlyContext
    ReadOnlyContext = ReadOnlyContext


class KeyedBroadcastProcessFunction(BroadcastProcessFunction):
    """The same with state and timers a key."""

    __module__ = "naja.flink"

    OnTimerContext = OnTimerContext


class WindowContext:
    """What a process window function is given; valid during the call only."""

    __module__ = "naja.flink"

    def window(self) -> Any:
        """The window: ``start`` and ``end`` in milliseconds."""
        raise NotImplementedError

    def current_processing_time(self) -> int:
        """The clock of the machine, in milliseconds."""
        raise NotImplementedError

    def current_watermark(self) -> int:
        """The watermark, in milliseconds."""
        raise NotImplementedError

    def window_state(self) -> Any:
        """State of this window and key: ``get_state`` and its kin of `RuntimeContext`."""
        raise NotImplementedError

    def global_state(self) -> Any:
        """State of this key in all windows."""
        raise NotImplementedError

    def output(self, output_tag: OutputTag, value: Any) -> None:
        """Sends a value to a side output."""
        raise NotImplementedError


class ProcessWindowFunction(Function):
    """All elements of a window; a subclass has ``process(self, key, context, elements)``."""

    __module__ = "naja.flink"

    Context = WindowContext

    def clear(self, context: WindowContext) -> None:
        """Forgets state of a window that has ended."""


class ProcessAllWindowFunction(Function):
    """The same without keys; a subclass has ``process(self, context, elements)``."""

    __module__ = "naja.flink"

    Context = WindowContext

    def clear(self, context: WindowContext) -> None:
        """Forgets state of a window that has ended."""


class WindowFunction(Function):
    """All elements of a window; a subclass has ``apply(self, key, window, inputs)``."""

    __module__ = "naja.flink"


class AllWindowFunction(Function):
    """The same without keys; a subclass has ``apply(self, window, inputs)``."""

    __module__ = "naja.flink"


class TimeWindow:
    """A span of event or processing time.

    Args:
        start: Its first millisecond.
        end: The first millisecond after it.
    """

    __module__ = "naja.flink"
    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    def max_timestamp(self) -> int:
        """Its last millisecond."""
        return self.end - 1

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, TimeWindow):
            return NotImplemented
        return (self.start, self.end) == (other.start, other.end)

    def __hash__(self) -> int:
        return hash((self.start, self.end))

    def __repr__(self) -> str:
        return f"TimeWindow({self.start}, {self.end})"
