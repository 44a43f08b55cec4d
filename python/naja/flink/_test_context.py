"""What does a test give to ``open``?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Callable

from naja.flink import _memory_state
from naja.flink._memory_state import MemoryStates
from naja.flink.datastream import RuntimeContext
from naja.flink.functions import FunctionContext


class Metrics:
    """A metric group that remembers.

    Attributes:
        values: The counts of counters and meters, the values of gauges as they are now, and the
            lists of what distributions were updated with, by name; those of groups within as
            ``group.name``.
    """

    def __init__(self, values: dict[str, Any] | None = None, prefix: str = "") -> None:
        self._values: dict[str, Any] = {} if values is None else values
        self._prefix = prefix

    @property
    def values(self) -> dict[str, Any]:
        return {
            name: kept() if callable(kept) else kept.kept for name, kept in self._values.items()
        }

    def add_group(self, name: str, extra: str | None = None) -> Metrics:
        """A group within."""
        inner = name if extra is None else f"{name}.{extra}"
        return Metrics(self._values, f"{self._prefix}{inner}.")

    def counter(self, name: str) -> Any:
        """A count with ``inc`` and ``dec``."""
        return self._values.setdefault(self._prefix + name, _Count())

    def meter(self, name: str, time_span_in_seconds: int = 60) -> Any:
        """A rate with ``mark_event``, of which a test sees the count."""
        return self._values.setdefault(self._prefix + name, _Count())

    def gauge(self, name: str, obj: Callable[[], int]) -> None:
        """A value that is asked for."""
        self._values[self._prefix + name] = obj

    def distribution(self, name: str) -> Any:
        """Values of which Flink shows the spread, with ``update``."""
        return self._values.setdefault(self._prefix + name, _Spread())


class _Count:
    def __init__(self) -> None:
        self.kept = 0

    def inc(self, n: int = 1) -> None:
        self.kept += n

    mark_event = inc

    def dec(self, n: int = 1) -> None:
        self.kept -= n

    def get_count(self) -> int:
        return self.kept


class _Spread:
    def __init__(self) -> None:
        self.kept: list[int] = []

    def update(self, value: int) -> None:
        self.kept.append(value)


class TestContext(RuntimeContext, FunctionContext):
    """What a test gives to ``open``: the one subtask of a job of one.

    Args:
        parameters: The parameters of the job.
        files: The paths of the files of the distributed cache, by name.
        states: Where state is kept; none outside of keyed streams.

    Attributes:
        metrics: The `Metrics` of the function.
    """

    __test__ = False  # For pytest, which would take it for tests.

    def __init__(
        self,
        parameters: Mapping[str, Any] | None = None,
        files: Mapping[str, str] | None = None,
        states: MemoryStates | None = None,
        namespace: Any = None,
    ) -> None:
        self.metrics = Metrics()
        self._parameters, self._files = dict(parameters or {}), dict(files or {})
        self._states, self._namespace = states, namespace

    def get_task_name(self) -> str:
        return "test"

    def get_task_name_with_subtasks(self) -> str:
        return "test (1/1)"

    def get_number_of_parallel_subtasks(self) -> int:
        return 1

    def get_max_number_of_parallel_subtasks(self) -> int:
        return 128

    def get_index_of_this_subtask(self) -> int:
        return 0

    def get_attempt_number(self) -> int:
        return 0

    def get_metrics_group(self) -> Metrics:
        return self.metrics

    get_metric_group = get_metrics_group

    def get_job_parameter(self, key: str, default_value: Any = None) -> Any:
        return self._parameters.get(key, default_value)

    def get_cached_file(self, name: str) -> str:
        return self._files[name]

    def _state(self, kind: type, descriptor: Any) -> Any:
        if self._states is None:
            raise RuntimeError("there is no state here: it is kept for keyed streams only")
        return self._states.get(kind, descriptor, self._namespace)

    def get_state(self, state_descriptor: Any) -> Any:
        return self._state(_memory_state.MemoryValue, state_descriptor)

    def get_list_state(self, state_descriptor: Any) -> Any:
        return self._state(_memory_state.MemoryList, state_descriptor)

    def get_map_state(self, state_descriptor: Any) -> Any:
        return self._state(_memory_state.MemoryMap, state_descriptor)

    def get_reducing_state(self, state_descriptor: Any) -> Any:
        return self._state(_memory_state.MemoryReducing, state_descriptor)

    def get_aggregating_state(self, state_descriptor: Any) -> Any:
        return self._state(_memory_state.MemoryAggregating, state_descriptor)
