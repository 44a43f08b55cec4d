"""Where do tests keep the state that Flink keeps in a job?

In dicts by key. Values expire by the clock of the test as ``StateTtlConfig`` says.
"""

from __future__ import annotations

import copy
import pickle
from typing import Any, Callable

from naja.flink import state as kinds
from naja.flink.state import StateTtlConfig

_NONE = object()


class MemoryStates:
    """The states of one function.

    Attributes:
        key: The key that is being worked on; ``NO_KEY`` where there is none.
    """

    NO_KEY = object()

    def __init__(self, clock: Callable[[], int]) -> None:
        self.clock = clock
        self.key: Any = self.NO_KEY
        self._cells: dict[str, dict[Any, Any]] = {}
        self._kinds: dict[str, type] = {}

    def get(self, kind: type, descriptor: Any, namespace: Any = None) -> Any:
        """The state that a descriptor names.

        Raises:
            TypeError: What is given is no descriptor of this kind of state.
            ValueError: The name belongs to a state of another kind.
        """
        name = getattr(descriptor, "name", None)
        if not isinstance(name, str):
            raise TypeError(f"a descriptor of state has a name: {descriptor!r}")
        if self._kinds.setdefault(name, kind) is not kind:
            raise ValueError(
                f"the state {name!r} is a {self._kinds[name].__name__} already, "
                f"not a {kind.__name__}"
            )
        return kind(self, descriptor, namespace)

    def cells(self, name: str) -> dict[Any, Any]:
        """All that is kept under a name, by key and namespace."""
        return self._cells.setdefault(name, {})

    def snapshot(self) -> bytes:
        """All state, pickled as a checkpoint would.

        Raises:
            TypeError: A value cannot be pickled; names its state.
        """
        for name, cells in self._cells.items():
            try:
                pickle.dumps(cells)
            except Exception as error:
                raise TypeError(
                    f"the state {name!r} cannot be kept in a checkpoint: {error}"
                ) from error
        return pickle.dumps((self._cells, self._kinds))

    def restore(self, snapshot: bytes) -> None:
        """Replaces all state by that of a snapshot."""
        self._cells, self._kinds = pickle.loads(snapshot)


class _Kept:
    """One state: what it keeps for the current key is a cell of a value and the time it got it."""

    def __init__(self, states: MemoryStates, descriptor: Any, namespace: Any) -> None:
        self._states, self._descriptor, self._namespace = states, descriptor, namespace
        self._ttl: StateTtlConfig | None = getattr(descriptor, "ttl_config", None)

    def _place(self) -> Any:
        if self._states.key is MemoryStates.NO_KEY:
            raise RuntimeError(
                f"the state {self._descriptor.name!r} is that of a key, and there is none here: "
                "it can be used while a record or timer of a keyed stream is worked on"
            )
        return self._states.key, self._namespace

    def _content(self, default: Any = None) -> Any:
        return self._states.cells(self._descriptor.name).get(self._place(), default)

    def _keep(self, content: Any) -> None:
        self._states.cells(self._descriptor.name)[self._place()] = content

    def clear(self) -> None:
        self._states.cells(self._descriptor.name).pop(self._place(), None)

    def _cell(self, value: Any) -> list[Any]:
        return [copy.deepcopy(value), self._states.clock()]

    def _read(self, cell: list[Any] | None) -> Any:
        if cell is None:
            return _NONE
        if self._ttl is not None:
            now = self._states.clock()
            if now >= cell[1] + self._ttl.ttl.to_milliseconds():
                return _NONE
            if self._ttl.update_type is StateTtlConfig.UpdateType.OnReadAndWrite:
                cell[1] = now
        return copy.deepcopy(cell[0])


class MemoryValue(_Kept, kinds.ValueState):
    """One value."""

    def value(self) -> Any:
        found = self._read(self._content())
        return None if found is _NONE else found

    def update(self, value: Any) -> None:
        if value is None:
            self.clear()
        else:
            self._keep(self._cell(value))


class MemoryList(_Kept, kinds.ListState):
    """A list, whose elements expire each."""

    def get(self) -> Any:
        return [each for each in map(self._read, self._content(())) if each is not _NONE]

    def add(self, value: Any) -> None:
        self.add_all([value])

    def add_all(self, values: Any) -> None:
        self._keep([*self._content(()), *map(self._cell, values)])

    def update(self, values: Any) -> None:
        self._keep([self._cell(each) for each in values])


class MemoryMap(_Kept, kinds.MapState):
    """A dict, whose entries expire each."""

    def _entries(self) -> dict[Any, Any]:
        read = {key: self._read(cell) for key, cell in self._content({}).items()}
        return {key: value for key, value in read.items() if value is not _NONE}

    def get(self, key: Any) -> Any:
        return self._entries().get(key)

    def put(self, key: Any, value: Any) -> None:
        self.put_all({key: value})

    def put_all(self, dict_value: Any) -> None:
        added = {key: self._cell(value) for key, value in dict_value.items()}
        self._keep({**self._content({}), **added})

    def remove(self, key: Any) -> None:
        self._keep({each: cell for each, cell in self._content({}).items() if each != key})

    def contains(self, key: Any) -> bool:
        return key in self._entries()

    def items(self) -> Any:
        return self._entries().items()

    def keys(self) -> Any:
        return self._entries().keys()

    def values(self) -> Any:
        return self._entries().values()

    def is_empty(self) -> bool:
        return not self._entries()


class MemoryBroadcast(MemoryMap, kinds.BroadcastState):
    """A dict of the whole operator."""

    def _place(self) -> Any:
        return None


class MemoryReducing(_Kept, kinds.ReducingState):
    """A value that others are added to."""

    def get(self) -> Any:
        found = self._read(self._content())
        return None if found is _NONE else found

    def add(self, value: Any) -> None:
        function = self._descriptor.get_reduce_function()
        reduce = getattr(function, "reduce", function)
        before = self.get()
        self._keep(self._cell(value if before is None else reduce(before, value)))


class MemoryAggregating(_Kept, kinds.AggregatingState):
    """An accumulator that values are added to."""

    def get(self) -> Any:
        found = self._read(self._content())
        return None if found is _NONE else self._descriptor.get_agg_function().get_result(found)

    def add(self, value: Any) -> None:
        function = self._descriptor.get_agg_function()
        before = self._read(self._content())
        accumulator = function.create_accumulator() if before is _NONE else before
        self._keep(self._cell(function.add(value, accumulator)))
