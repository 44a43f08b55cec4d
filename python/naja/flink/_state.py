"""How does a Python function reach the keyed state that Flink keeps for it?

The classes have the methods of PyFlink's; each call is one of a Java object, which has the state of
the current key. For the task's thread alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Callable

from naja.flink import _adapt, _given_types
from naja.flink import state as kinds
from naja.flink._pickles import Held

#: Types whose values Java hands over by value; others have to be asked for.
_PLAIN = frozenset(
    ("BOOLEAN", "TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE", "CHAR", "VARCHAR")
    + ("STRING",)
)


class ValueState(kinds.ValueState):
    """One value for each key."""

    def __init__(self, cell: Any, described: Any) -> None:
        self._get, self._set, self.clear = cell.get, cell.set, cell.clear
        self._read, self._write = taking(described), giving(described)

    def value(self) -> Any:
        """The value of the current key, ``None`` if there is none."""
        value = self._get()
        return value if self._read is None else self._read(value)

    def update(self, value: Any) -> None:
        """Changes the value of the current key; ``None`` removes it."""
        self._set(value if self._write is None or value is None else self._write(value))


class ListState(kinds.ListState):
    """A list for each key."""

    def __init__(self, cell: Any, described: Any) -> None:
        self._cell, self.clear = cell, cell.clear
        self._read, self._write = taking(described, by_value=True), giving(described)

    def get(self) -> list[Any]:
        """The elements of the current key; a list of one's own."""
        elements = value_of(self._cell.get())
        return elements if self._read is None else list(map(self._read, elements))

    def add(self, value: Any) -> None:
        """Adds an element."""
        self._cell.add(value if self._write is None else self._write(value))

    def add_all(self, values: Iterable[Any]) -> None:
        """Adds elements."""
        self._cell.addAll(self._written(values))

    def update(self, values: Iterable[Any]) -> None:
        """Replaces the elements."""
        self._cell.update(self._written(values))

    def _written(self, values: Iterable[Any]) -> list[Any]:
        return list(values) if self._write is None else list(map(self._write, values))


class MapState(kinds.MapState):
    """A dict for each key."""

    def __init__(self, cell: Any, key: Any, value: Any) -> None:
        self._cell, self.clear = cell, cell.clear
        self._read, self._write = taking(value), giving(value)
        self._read_key, self._write_key = taking(key, by_value=True), giving(key)
        self._read_each = taking(value, by_value=True)

    def _key(self, key: Any) -> Any:
        return key if self._write_key is None else self._write_key(key)

    def get(self, key: Any) -> Any:
        """The value of a key, ``None`` if there is none."""
        value = self._cell.get(self._key(key))
        return value if self._read is None else self._read(value)

    def put(self, key: Any, value: Any) -> None:
        """Changes the value of a key."""
        written = value if self._write is None or value is None else self._write(value)
        self._cell.put(self._key(key), written)

    def put_all(self, dict_value: dict[Any, Any]) -> None:
        """Changes the values of several keys."""
        for key, value in dict_value.items():
            self.put(key, value)

    def remove(self, key: Any) -> None:
        """Removes a key."""
        self._cell.remove(self._key(key))

    def contains(self, key: Any) -> bool:
        """Whether there is such a key."""
        return self._cell.contains(self._key(key))

    def items(self) -> Iterator[tuple[Any, Any]]:
        """The keys and their values; the state must not be changed meanwhile."""
        entries = self._cell.entries()
        while some := value_of(entries.next()):
            for key, value in zip(some[::2], some[1::2]):
                yield (
                    key if self._read_key is None else self._read_key(key),
                    value if self._read_each is None else self._read_each(value),
                )

    def keys(self) -> Iterator[Any]:
        """The keys."""
        return (key for key, _ in self.items())

    def values(self) -> Iterator[Any]:
        """The values."""
        return (value for _, value in self.items())

    def is_empty(self) -> bool:
        """Whether there is no key."""
        return not value_of(self._cell.entries().next())


class BroadcastState(MapState, kinds.BroadcastState):
    """A dict that is the same in all subtasks."""


class ReducingState(kinds.ReducingState):
    """What the elements of a key have been reduced to."""

    def __init__(self, state: ValueState, function: Any) -> None:
        self._state, self.clear = state, state.clear
        self._reduce = getattr(function, "reduce", function)

    def get(self) -> Any:
        """What the elements were reduced to, ``None`` if there is none."""
        return self._state.value()

    def add(self, value: Any) -> None:
        """Adds an element."""
        there = self._state.value()
        self._state.update(value if there is None else self._reduce(there, value))


class AggregatingState(kinds.AggregatingState):
    """What the elements of a key have been aggregated to."""

    def __init__(self, state: ValueState, function: Any) -> None:
        self._state, self.clear, self._function = state, state.clear, function

    def get(self) -> Any:
        """The result for the elements, ``None`` if there is none."""
        there = self._state.value()
        return None if there is None else self._function.get_result(there)

    def add(self, value: Any) -> None:
        """Adds an element."""
        there = self._state.value()
        if there is None:
            there = self._function.create_accumulator()
        self._state.update(self._function.add(value, there))


class KeyedStates:
    """The states that a descriptor names: the methods of PyFlink's ``KeyedStateStore``."""

    def __init__(self, store: Any) -> None:
        self._store = store

    def get_state(self, state_descriptor: Any) -> ValueState:
        """The state of one value for each key."""
        (described,) = _described(state_descriptor)
        cell = self._store.value(state_descriptor.name, described, _ttl(state_descriptor))
        return ValueState(cell, described)

    def get_list_state(self, state_descriptor: Any) -> ListState:
        """The state of a list for each key."""
        (described,) = _described(state_descriptor)
        cell = self._store.list(state_descriptor.name, described, _ttl(state_descriptor))
        return ListState(cell, described)

    def get_map_state(self, state_descriptor: Any) -> MapState:
        """The state of a dict for each key."""
        key, value = _described(state_descriptor)
        cell = self._store.map(state_descriptor.name, key, value, _ttl(state_descriptor))
        return MapState(cell, key, value)

    def get_reducing_state(self, state_descriptor: Any) -> ReducingState:
        """The state of what a function reduces the elements of each key to."""
        return ReducingState(
            self.get_state(state_descriptor), state_descriptor.get_reduce_function()
        )

    def get_aggregating_state(self, state_descriptor: Any) -> AggregatingState:
        """The state of what a function aggregates the elements of each key to."""
        return AggregatingState(
            self.get_state(state_descriptor), state_descriptor.get_agg_function()
        )


def taking(described: Any, by_value: bool = False) -> Callable[[Any], Any] | None:
    """What makes of a value that Java has returned what the function sees; ``None`` for nothing.

    Args:
        described: The type, see ``naja.flink._adapt``; ``"PICKLED"`` for what only Python reads.
        by_value: Whether the value has come out of a list that was taken by value.
    """
    if described == "PICKLED":
        return _unheld
    if type(described) is str and (by_value or described in _PLAIN):
        return None
    adapt = _adapt.reader(described)
    if by_value:
        return adapt
    return value_of if adapt is None else lambda value: adapt(value_of(value))


def giving(described: Any) -> Callable[[Any], Any] | None:
    """What makes of a value what Java is given; ``None`` for nothing."""
    return Held if described == "PICKLED" else _adapt.writer(described)


def _unheld(held: Held | None) -> Any:
    return None if held is None else held.value


def value_of(returned: Any) -> Any:
    """A Java object that was returned to Python, by value."""
    from naja import value

    return value(returned)


def _described(descriptor: Any) -> list[Any]:
    """The descriptions of the types of a descriptor; ``"PICKLED"`` where none was given.

    Raises:
        TypeError: Something stands for no type.
        ValueError: A text is no type.
    """
    found = []
    for given in descriptor.types:
        type = _given_types.one(given)
        found.append("PICKLED" if type is None or type.root == "RAW" else type.description())
    return found


def _ttl(descriptor: Any) -> Any:
    """What Java is told of how long values live; see ``StateStore``."""
    config = descriptor.ttl_config
    if config is None:
        return None
    size, each = config.cleanup.get("incrementally", (None, False))
    return (
        config.ttl.to_milliseconds(),
        config.update_type.name,
        config.state_visibility.name,
        config.cleanup.get("full_snapshot", False),
        config.cleanup_in_background,
        size,
        each,
        config.cleanup.get("rocksdb_compact_filter"),
    )
