"""What does a Python function see of the task that runs it?

The methods are PyFlink's. Everything here asks a Java object, on the task's thread.
"""

from __future__ import annotations

from typing import Any, Callable

from naja.flink import datastream, functions
from naja.flink._state import BroadcastState, KeyedStates, taking, value_of


class Counter:
    """A metric that counts."""

    def __init__(self, counter: Any) -> None:
        self.inc, self.dec, self.get_count = counter.inc, counter.dec, counter.getCount


class Meter:
    """A metric of events a second."""

    def __init__(self, meter: Any) -> None:
        self._meter = meter

    def mark_event(self, value: int = 1) -> None:
        """Says that events happened."""
        self._meter.markEvent(value)

    def get_count(self) -> int:
        """How many events there were."""
        return self._meter.getCount()


class Distribution:
    """A metric that shows the last of its values."""

    def __init__(self) -> None:
        self.value = 0

    def update(self, value: int) -> None:
        """Adds a value."""
        self.value = value


class MetricGroup:
    """Metrics in Flink's group of the operator."""

    def __init__(self, group: Any) -> None:
        self._group = group

    def add_group(self, name: str, extra: str | None = None) -> MetricGroup:
        """A group within this one; with ``extra`` one of a variable's value."""
        group = self._group
        return MetricGroup(group.addGroup(name) if extra is None else group.addGroup(name, extra))

    def counter(self, name: str) -> Counter:
        """Registers a counter: ``inc(n)``, ``dec(n)``, ``get_count()``."""
        return Counter(self._group.counter(name))

    def gauge(self, name: str, obj: Callable[[], Any]) -> None:
        """Registers a function that reporters ask for the value, on a thread of their own."""
        self._group.gauge(name, _gauge(obj))

    def meter(self, name: str, time_span_in_seconds: int = 60) -> Meter:
        """Registers a meter: ``mark_event(n)``."""
        from naja import cast, java_type

        view = java_type("org.apache.flink.metrics.MeterView")
        return Meter(self._group.meter(name, view(cast(time_span_in_seconds, "int"))))

    def distribution(self, name: str) -> Distribution:
        """Registers a distribution: ``update(value)``."""
        distribution = Distribution()
        self.gauge(name, lambda: distribution.value)
        return distribution

    def get_all_variables(self) -> dict[str, str]:
        """The variables of the group, such as ``<subtask_index>``."""
        return value_of(self._group.getAllVariables())


def _gauge(function: Callable[[], Any]) -> Any:
    from naja import java_type

    return java_type("org.apache.flink.metrics.Gauge")(function)


class TaskFunctionContext(functions.FunctionContext):
    """What ``open`` of a function of SQL is given.

    Args:
        task: The Java object that knows the task.
    """

    def __init__(self, task: Any) -> None:
        self._task = task

    def get_metric_group(self) -> MetricGroup:
        return MetricGroup(self._task.metricGroup())

    def get_job_parameter(self, key: str, default_value: str | None = None) -> str | None:
        return self._task.jobParameter(key, default_value)

    def get_cached_file(self, name: str) -> str:
        return self._task.cachedFile(name).getPath()


class TaskRuntimeContext(KeyedStates, TaskFunctionContext, datastream.RuntimeContext):
    """What ``open`` of a function of the DataStream API is given.

    Args:
        task: The Java object that knows the task.
        host: The Java object that the task answers by while the function runs.
        store: The Java object that has the keyed states.
    """

    def __init__(self, task: Any, host: Any, store: Any) -> None:
        TaskFunctionContext.__init__(self, task)
        KeyedStates.__init__(self, store)
        self._host = host

    def get_task_name(self) -> str:
        """The task's name in the plan."""
        return self._host.taskName()

    def get_task_name_with_subtasks(self) -> str:
        """The task's name with the subtask, such as ``map (1/2)#0``."""
        return self._host.taskNameWithSubtasks()

    def get_number_of_parallel_subtasks(self) -> int:
        """How many subtasks there are."""
        return self._host.parallelism()

    def get_max_number_of_parallel_subtasks(self) -> int:
        """How many subtasks there may be."""
        return self._host.maxParallelism()

    def get_index_of_this_subtask(self) -> int:
        """Which subtask this is, from 0."""
        return self._host.subtask()

    def get_attempt_number(self) -> int:
        """How often the subtask has been started again, 0 for the first time."""
        return self._host.attempt()

    def get_metrics_group(self) -> MetricGroup:
        """The metrics of the operator."""
        return self.get_metric_group()


class TaskTimerService(datastream.TimerService):
    """The time, and timers of the current key."""

    def __init__(self, host: Any) -> None:
        self.current_processing_time = host.currentProcessingTime
        self.current_watermark = host.currentWatermark
        self.register_processing_time_timer = host.registerProcessingTimeTimer
        self.register_event_time_timer = host.registerEventTimeTimer
        self.delete_processing_time_timer = host.deleteProcessingTimeTimer
        self.delete_event_time_timer = host.deleteEventTimeTimer


class TaskContext(datastream.OnTimerContext):
    """What ``process_element`` and ``on_timer`` are given; the same object each time."""

    def __init__(self, host: Any, key: Any, output: Callable[[Any, Any], None]) -> None:
        self._host, self._timers, self._read_key = host, TaskTimerService(host), taking(key)
        self._timestamp: int | None = None
        self._domain: Any = None
        self._output = output

    def timestamp(self) -> int | None:
        """The time of the element or timer, ``None`` if it has none."""
        return self._timestamp

    def timer_service(self) -> datastream.TimerService:
        """The time, and timers of the current key."""
        return self._timers

    def get_current_key(self) -> Any:
        """The current key."""
        key = self._host.currentKey()
        return key if self._read_key is None else self._read_key(key)

    def time_domain(self) -> Any:
        """Of which time a timer is; in ``on_timer`` alone."""
        return self._domain

    def output(self, output_tag: Any, value: Any) -> None:
        """Puts a value into a side output."""
        self._output(output_tag, value)

    def current_processing_time(self) -> int:
        """The time of the machine."""
        return self._timers.current_processing_time()

    def current_watermark(self) -> int:
        """The event time that has been reached."""
        return self._timers.current_watermark()


class TaskBroadcastContext(TaskContext, datastream.ReadOnlyContext):
    """What functions of a broadcast stream are given."""

    def __init__(
        self, host: Any, key: Any, output: Callable[[Any, Any], None], broadcast: Any
    ) -> None:
        super().__init__(host, key, output)
        self._broadcast = broadcast

    def get_broadcast_state(self, state_descriptor: Any) -> BroadcastState:
        """The broadcast state of a descriptor, or of a name.

        It may be changed in ``process_broadcast_element`` alone.
        """
        name = getattr(state_descriptor, "name", state_descriptor)
        cell, key, value = self._broadcast.state(name), *value_of(self._broadcast.types(name))
        return BroadcastState(cell, key, value)


class GlobalWindow:
    """The window of everything."""

    def max_timestamp(self) -> int:
        """The end of time."""
        return 0x7FFFFFFFFFFFFFFF


class TaskWindowContext(TaskContext, datastream.WindowContext):
    """What ``process`` of a window function is given; the same object each time."""

    def __init__(
        self, host: Any, key: Any, output: Callable[[Any, Any], None], windows: Any
    ) -> None:
        super().__init__(host, key, output)
        self._window: Any = None
        self._global = KeyedStates(windows.globalStates())
        self._of_window = KeyedStates(windows.windowStates())

    def window(self) -> Any:
        """The window."""
        return self._window

    def global_state(self) -> KeyedStates:
        """The states of the key, which all its windows share."""
        return self._global

    def window_state(self) -> KeyedStates:
        """The states of the key and this window; ``clear`` of the function clears them."""
        return self._of_window
