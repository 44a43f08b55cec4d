"""How does a process function run in a test, with keys, state, timers and side outputs?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Callable

from naja.flink import _describe, _memory_state
from naja.flink._memory_state import MemoryStates
from naja.flink._test_context import TestContext
from naja.flink.datastream import (
    OnTimerContext,
    OutputTag,
    ReadOnlyContext,
    TimerService,
    TimeWindow,
    WindowContext,
)
from naja.flink.state import ReadOnlyBroadcastState
from naja.flink.time import TimeDomain

#: The watermark before there is one.
_NO_WATERMARK = -(1 << 63)


class ProcessHarness:
    """Runs a process function record by record, on the thread of the test.

    Any kind will do: plain, keyed, of two streams, with a broadcast stream, of a window. Timers
    fire when the test moves the clocks.

    Args:
        target: The function, as an object or a class.
        key: What gives the key of a record; without one the stream is not keyed.
        key2: The same for the second of two streams; ``key``, if none.
        context: The parameters and files of the job; fresh ones, if none.
        arguments: What the class is called with.

    Attributes:
        results: What was given out so far.
        watermark: The watermark in milliseconds.
        processing_time: The clock of the machine in milliseconds; 0 at first.
    """

    def __init__(
        self,
        target: Any,
        key: Callable[[Any], Any] | None = None,
        key2: Callable[[Any], Any] | None = None,
        context: TestContext | None = None,
        **arguments: Any,
    ) -> None:
        self.function = target(**arguments) if isinstance(target, type) else target
        self.results: list[Any] = []
        self.watermark, self.processing_time = _NO_WATERMARK, 0
        self._sides: dict[str, list[Any]] = {}
        self._keys = (key, key2 or key)
        self._timers: tuple[set[Any], set[Any]] = (set(), set())
        self._states = MemoryStates(lambda: self.processing_time)
        self.context = context or TestContext()
        self.context._states = self._states

    def __enter__(self) -> ProcessHarness:
        if hasattr(self.function, "open"):
            self.function.open(self.context)
        return self

    def __exit__(self, *error: object) -> None:
        if hasattr(self.function, "close"):
            self.function.close()

    def process(self, value: Any, timestamp: int | None = None) -> list[Any]:
        """Passes a record to ``process_element`` or ``process_element1``.

        Returns:
            What was given out for it.
        """
        method = getattr(self.function, "process_element", None)
        if method is None:
            method = self.function.process_element1
        return self._call(method, value, timestamp, self._keys[0], _Context)

    def process2(self, value: Any, timestamp: int | None = None) -> list[Any]:
        """Passes a record of the second stream to ``process_element2``."""
        return self._call(self.function.process_element2, value, timestamp, self._keys[1], _Context)

    def broadcast(self, value: Any, timestamp: int | None = None) -> list[Any]:
        """Passes a record of the broadcast stream to ``process_broadcast_element``."""
        return self._call(
            self.function.process_broadcast_element, value, timestamp, None, _WritingContext
        )

    def window(self, elements: Iterable[Any], start: int, end: int, key: Any = None) -> list[Any]:
        """Passes the elements of a window to ``process`` or ``apply``."""
        self._states.key = key
        window, elements = TimeWindow(start, end), list(elements)
        if hasattr(self.function, "apply"):
            arguments: list[Any] = [window, elements]
        else:
            arguments = [_WindowContext(self, window), elements]
        method = getattr(self.function, "apply", None) or self.function.process
        if len(_describe.describe(method)["arguments"]) == 3:
            arguments.insert(0, key)
        return self._emit(method(*arguments))

    def advance_watermark(self, timestamp: int) -> list[Any]:
        """Moves the watermark, which fires timers of event time in their order.

        Returns:
            What they gave out.
        """
        before = len(self.results)
        self._fire(TimeDomain.EVENT_TIME, timestamp)
        self.watermark = max(self.watermark, timestamp)
        return self.results[before:]

    def advance_processing_time(self, timestamp: int) -> list[Any]:
        """Moves the clock of the machine, which fires timers of processing time."""
        before = len(self.results)
        self._fire(TimeDomain.PROCESSING_TIME, timestamp)
        self.processing_time = max(self.processing_time, timestamp)
        return self.results[before:]

    def side(self, tag: OutputTag | str) -> list[Any]:
        """What was sent to a side output so far."""
        return self._sides.setdefault(getattr(tag, "tag_id", tag), [])

    def timers(self, domain: TimeDomain = TimeDomain.EVENT_TIME) -> list[tuple[int, Any]]:
        """The times and keys of the timers that have not fired yet, sorted by time."""
        return sorted(self._timers[domain.value], key=lambda timer: timer[0])

    def snapshot(self) -> tuple[bytes, Any]:
        """State and timers, as a checkpoint would keep them.

        Raises:
            TypeError: A value cannot be pickled; names its state.
        """
        return self._states.snapshot(), tuple(map(frozenset, self._timers))

    def restore(self, snapshot: tuple[bytes, Any]) -> None:
        """Takes state and timers from the snapshot of another harness."""
        states, timers = snapshot
        self._states.restore(states)
        self._timers = (set(timers[0]), set(timers[1]))

    def _call(
        self,
        method: Any,
        value: Any,
        timestamp: int | None,
        key: Callable[[Any], Any] | None,
        kind: Any,
    ) -> list[Any]:
        self._states.key = MemoryStates.NO_KEY if key is None else key(value)
        return self._emit(method(value, kind(self, timestamp)))

    def _emit(self, results: Any) -> list[Any]:
        before = len(self.results)
        for each in () if results is None else results:
            if type(each) is tuple and len(each) == 2 and hasattr(each[0], "tag_id"):
                self.side(each[0]).append(each[1])
            else:
                self.results.append(each)
        return self.results[before:]

    def _fire(self, domain: TimeDomain, until: int) -> None:
        timers = self._timers[domain.value]
        while True:
            due = [timer for timer in timers if timer[0] <= until]
            if not due:
                return
            timer = min(due, key=lambda each: each[0])
            timers.remove(timer)
            if domain is TimeDomain.EVENT_TIME:
                self.watermark = max(self.watermark, timer[0])
            else:
                self.processing_time = max(self.processing_time, timer[0])
            self._states.key = timer[1]
            context = _TimerContext(self, timer[0], domain)
            self._emit(self.function.on_timer(timer[0], context))


class _Timers(TimerService):
    def __init__(self, harness: ProcessHarness) -> None:
        self._harness = harness

    def current_processing_time(self) -> int:
        return self._harness.processing_time

    def current_watermark(self) -> int:
        return self._harness.watermark

    def _of(self, domain: TimeDomain) -> set[Any]:
        if self._harness._states.key is MemoryStates.NO_KEY:
            raise RuntimeError("timers are those of a key: give the harness a key")
        return self._harness._timers[domain.value]

    def register_event_time_timer(self, timestamp: int) -> None:
        self._of(TimeDomain.EVENT_TIME).add((timestamp, self._harness._states.key))

    def register_processing_time_timer(self, timestamp: int) -> None:
        self._of(TimeDomain.PROCESSING_TIME).add((timestamp, self._harness._states.key))

    def delete_event_time_timer(self, timestamp: int) -> None:
        self._of(TimeDomain.EVENT_TIME).discard((timestamp, self._harness._states.key))

    def delete_processing_time_timer(self, timestamp: int) -> None:
        self._of(TimeDomain.PROCESSING_TIME).discard((timestamp, self._harness._states.key))


class _Context(ReadOnlyContext):
    def __init__(self, harness: ProcessHarness, timestamp: int | None) -> None:
        self._harness, self._timestamp = harness, timestamp

    def timestamp(self) -> int | None:
        return self._timestamp

    def timer_service(self) -> TimerService:
        return _Timers(self._harness)

    def get_current_key(self) -> Any:
        key = self._harness._states.key
        return None if key is MemoryStates.NO_KEY else key

    def output(self, output_tag: OutputTag, value: Any) -> None:
        self._harness.side(output_tag).append(value)

    def current_processing_time(self) -> int:
        return self._harness.processing_time

    def current_watermark(self) -> int:
        return self._harness.watermark

    def get_broadcast_state(self, state_descriptor: Any) -> Any:
        states = self._harness._states
        return _ReadOnly(states.get(_memory_state.MemoryBroadcast, state_descriptor))


class _WritingContext(_Context):
    """The context of the broadcast stream, which may change broadcast state."""

    def get_broadcast_state(self, state_descriptor: Any) -> Any:
        return super().get_broadcast_state(state_descriptor).state


class _ReadOnly(ReadOnlyBroadcastState):
    """Broadcast state without the methods that change it."""

    def __init__(self, state: Any) -> None:
        self.state = state
        for name in ("get", "contains", "items", "keys", "values", "is_empty"):
            setattr(self, name, getattr(state, name))


class _TimerContext(_Context, OnTimerContext):
    def __init__(self, harness: ProcessHarness, timestamp: int, domain: TimeDomain) -> None:
        super().__init__(harness, timestamp)
        self._domain = domain

    def time_domain(self) -> TimeDomain:
        return self._domain


class _WindowContext(WindowContext):
    def __init__(self, harness: ProcessHarness, window: TimeWindow) -> None:
        self._harness, self._window = harness, window

    def window(self) -> TimeWindow:
        return self._window

    def current_processing_time(self) -> int:
        return self._harness.processing_time

    def current_watermark(self) -> int:
        return self._harness.watermark

    def window_state(self) -> Any:
        return TestContext(states=self._harness._states, namespace=self._window)

    def global_state(self) -> Any:
        return TestContext(states=self._harness._states)

    def output(self, output_tag: OutputTag, value: Any) -> None:
        self._harness.side(output_tag).append(value)
