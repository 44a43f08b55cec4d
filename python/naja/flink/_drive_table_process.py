"""How does a process function run in SQL, where a call is a row or a timer of one partition?

The states of a partition are entries of one map that Flink keeps: the pickle of each state's
content under its name. A state is read when the function first asks for it in a call, and written
back at the end of the call if its pickle has changed.
"""

from __future__ import annotations

import pickle
import time
from typing import Any, Callable

from naja import value
from naja.flink import _adapt, _life, _memory_state, _resolve
from naja.flink._context import TaskFunctionContext
from naja.flink._memory_state import MemoryStates
from naja.flink.datastream import OnTimerContext, RuntimeContext, TimerService
from naja.flink.time import TimeDomain

#: What each Python that naja runs on can read.
_PROTOCOL = 5

#: The entry of the partition's key, for timers, which bring none; no state can have this name.
_KEY = "\0key"

#: In the dicts of `MemoryStates`, whose keys are those of one partition at a time.
_PLACE = (True, None)


def prepared(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    arguments: dict[str, Any],
    host: Any,
    row: Any,
    key: Any,
    result: Any,
) -> tuple[Callable[..., list[Any]], Callable[[], None]]:
    """Opens a process function.

    Args:
        reference: The function's reference, see `naja.flink._resolve`.
        import_module: What imports the job's modules.
        task: The Java object that knows the task.
        arguments: What a class is called with, by name.
        host: The Java object that has the state and the time of the current partition.
        row: The description of the table's rows.
        key: The description of the row of the partition's columns.
        result: The description of the rows that are emitted.

    Returns:
        What is called with a row, its key and its time, or with ``None``, ``None`` and the time of
        a timer; it returns the rows to emit. And what is called at the end.
    """
    function, _ = _resolve.instance(reference, arguments, import_module)
    process = _Process(reference, function, import_module, task, host, row, key, result)
    return process, process.close


class _Process:
    """Runs one process function."""

    def __init__(
        self,
        reference: str,
        function: Any,
        import_module: Callable[[str], Any],
        task: Any,
        host: Any,
        row: Any,
        key: Any,
        result: Any,
    ) -> None:
        self._reference, self._function = reference, function
        self._states = _FlinkStates(reference, host, import_module)
        self._context = _Context(host, self._states, len(key[1]) == 1)
        self._read, self._read_key = _adapt.reader(row), _adapt.reader(key)
        self._write = _adapt.writer(result)
        self._name = result[1] if isinstance(result, tuple) and result[0] == "ROW" else None
        self.close = _life.begin(function, _Runtime(task, self._states))

    def __call__(self, row: Any, key: Any, timestamp: int | None) -> list[Any]:
        self._states.begin()
        context = self._context
        context.begin(timestamp, None if key is None else self._read_key(key))
        if row is None:
            found = self._function.on_timer(timestamp, context)
        else:
            found = self._function.process_element(self._read(row), context)
        emitted = [] if found is None else self._rows(found)
        self._states.end()
        return emitted

    def _rows(self, found: Any) -> list[Any]:
        if isinstance(found, (str, bytes, dict)) or hasattr(found, "as_dict"):
            raise TypeError(
                f"{self._reference} must yield its rows or return a list of them, but returned one "
                f"{type(found).__name__}: {found!r:.200}"
            )
        write = self._write
        return list(found) if write is None else list(map(write, found))


class _FlinkStates(MemoryStates):
    """The states of one function, of the partition whose row or timer it works on."""

    def __init__(self, reference: str, host: Any, import_module: Callable[[str], Any]) -> None:
        super().__init__(lambda: time.time_ns() // 1_000_000)
        self._reference, self._host = reference, host
        # Runs a function such that names of modules are those of the job.
        self._run = getattr(getattr(import_module, "__self__", None), "call", _run)
        self._read: dict[str, bytes | None] = {}

    def begin(self) -> None:
        """A call begins: nothing is known of its partition."""
        self.key = _PLACE[0]
        self._cells.clear()
        self._read.clear()

    def cells(self, name: str) -> dict[Any, Any]:
        if name not in self._cells:
            kept = self.kept(name)
            self._read[name] = kept
            self._cells[name] = {} if kept is None else {_PLACE: self.loads(name, kept)}
        return self._cells[name]

    def end(self) -> None:
        """A call ends: what has changed is written."""
        for name, cells in self._cells.items():
            before = self._read[name]
            if _PLACE in cells:
                after = self.dumps(name, cells[_PLACE])
                if after != before:
                    self._host.put(name, after)
            elif before is not None:
                self._host.remove(name)
        self.key = self.NO_KEY

    def kept(self, name: str) -> bytes | None:
        """What Flink has under a name."""
        return value(self._host.get(name))

    def dumps(self, name: str, content: Any) -> bytes:
        """The pickle of a state's content."""
        try:
            return self._run(pickle.dumps, content, _PROTOCOL)
        except Exception as error:
            raise TypeError(
                f"{self._reference} keeps what cannot be pickled in its state {name!r}: {error}. "
                "Keep data alone there, and open files, models and connections in open()"
            ) from error

    def loads(self, name: str, kept: bytes) -> Any:
        """A state's content of its pickle."""
        try:
            return self._run(pickle.loads, kept)
        except Exception as error:
            raise ValueError(
                f"{self._reference} cannot read its state {name!r} of {len(kept)} bytes: "
                f"{type(error).__name__}: {error}. Keep the classes of what is in a state where "
                "they were, under their names, or give them __setstate__"
            ) from error


def _run(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


class _Runtime(TaskFunctionContext, RuntimeContext):
    """What ``open`` is given."""

    def __init__(self, task: Any, states: MemoryStates) -> None:
        super().__init__(task)
        self._states = states

    def get_metrics_group(self) -> Any:
        """The metrics of the operator."""
        return self.get_metric_group()

    def get_state(self, state_descriptor: Any) -> Any:
        """A state of one value."""
        return self._states.get(_memory_state.MemoryValue, state_descriptor)

    def get_list_state(self, state_descriptor: Any) -> Any:
        """A state of a list."""
        return self._states.get(_memory_state.MemoryList, state_descriptor)

    def get_map_state(self, state_descriptor: Any) -> Any:
        """A state of a dict."""
        return self._states.get(_memory_state.MemoryMap, state_descriptor)

    def get_reducing_state(self, state_descriptor: Any) -> Any:
        """A state of what elements are reduced to."""
        return self._states.get(_memory_state.MemoryReducing, state_descriptor)

    def get_aggregating_state(self, state_descriptor: Any) -> Any:
        """A state of what elements are aggregated to."""
        return self._states.get(_memory_state.MemoryAggregating, state_descriptor)


class _Context(OnTimerContext, TimerService):
    """What ``process_element`` and ``on_timer`` are given; also their timer service."""

    def __init__(self, host: Any, states: _FlinkStates, single: bool) -> None:
        self._host, self._states, self._single = host, states, single
        self._timestamp: int | None = None
        self._key: Any = None

    def begin(self, timestamp: int | None, key: Any) -> None:
        """A call begins."""
        self._timestamp, self._key = timestamp, key

    def timestamp(self) -> int | None:
        """The time of the row, ``None`` without ``on_time``; of the timer that fires."""
        return self._timestamp

    def timer_service(self) -> TimerService:
        """Event time and its timers."""
        return self

    def time_domain(self) -> TimeDomain:
        """Of which time the timer is that fires."""
        return TimeDomain.EVENT_TIME

    def get_current_key(self) -> Any:
        """The value of the partition's column; a row, if there are several."""
        if self._key is None:
            kept = self._states.kept(_KEY)
            self._key = None if kept is None else self._states.loads("key", kept)
        return self._key[0] if self._single else self._key

    def output(self, output_tag: Any, value: Any) -> None:
        raise NotImplementedError(
            "SQL has no side outputs: emit a row with a column that says what it is"
        )

    def current_processing_time(self) -> int:
        """Milliseconds since 1970, by the machine's clock."""
        return time.time_ns() // 1_000_000

    def current_watermark(self) -> int:
        """The event time that has been reached; -2**63 before the first watermark."""
        return self._host.watermark()

    def register_event_time_timer(self, timestamp: int) -> None:
        """Has ``on_timer`` called when event time gets there."""
        key = self._states.dumps("key", self._key)
        if self._states.kept(_KEY) != key and self._key is not None:
            self._host.put(_KEY, key)
        self._host.register(timestamp)

    def delete_event_time_timer(self, timestamp: int) -> None:
        """Removes a timer."""
        self._host.delete(timestamp)

    def register_processing_time_timer(self, timestamp: int) -> None:
        raise NotImplementedError(
            "process functions of SQL have timers of event time only: use "
            "register_event_time_timer, or the function in the DataStream API"
        )

    delete_processing_time_timer = register_processing_time_timer
