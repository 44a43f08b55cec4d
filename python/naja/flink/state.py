"""What does a function say of the state that it wants to have kept?

Types of state may be given as anything that stands for a type: ``Types.LONG()``, ``"BIGINT"``,
``int``. Without one the values are Python's own and are kept pickled.
"""

from __future__ import annotations

from enum import Enum
from typing import Any

from naja.flink.time import Time


class StateTtlConfig:
    """How long state lives; made by ``StateTtlConfig.new_builder(Time.hours(1)).build()``.

    Attributes:
        ttl: The time to live.
        update_type: What makes state young again.
        state_visibility: Whether expired state may be read until it is removed.
        cleanup: The ways to remove expired state, by name: ``"full_snapshot"`` to ``True``,
            ``"incrementally"`` to (size, for every record), ``"rocksdb_compact_filter"`` to how
            many entries pass between looks at the clock.
        cleanup_in_background: Whether the state backend removes expired state on its own.
    """

    __module__ = "naja.flink"

    class UpdateType(Enum):
        """What makes state young again."""

        Disabled = 0
        OnCreateAndWrite = 1
        OnReadAndWrite = 2

    class StateVisibility(Enum):
        """Whether expired state may be read until it is removed."""

        ReturnExpiredIfNotCleanedUp = 0
        NeverReturnExpired = 1

    class TtlTimeCharacteristic(Enum):
        """The clock by which state expires."""

        ProcessingTime = 0

    def __init__(self, ttl: Time) -> None:
        self.ttl = ttl
        self.update_type = StateTtlConfig.UpdateType.OnCreateAndWrite
        self.state_visibility = StateTtlConfig.StateVisibility.NeverReturnExpired
        self.cleanup: dict[str, Any] = {}
        self.cleanup_in_background = True

    @staticmethod
    def new_builder(ttl: Time) -> StateTtlConfig.Builder:
        """Begins a configuration; expired state is never returned and writing makes it young."""
        return StateTtlConfig.Builder(ttl)

    def get_ttl(self) -> Time:
        """The time to live."""
        return self.ttl

    class Builder:
        """Gathers what a configuration says; each method but ``build`` gives the builder back."""

        def __init__(self, ttl: Time) -> None:
            self._config = StateTtlConfig(ttl)

        def set_update_type(self, update_type: StateTtlConfig.UpdateType) -> StateTtlConfig.Builder:
            """Says what makes state young again."""
            self._config.update_type = update_type
            return self

        def update_ttl_on_create_and_write(self) -> StateTtlConfig.Builder:
            """Writing makes state young again."""
            return self.set_update_type(StateTtlConfig.UpdateType.OnCreateAndWrite)

        def update_ttl_on_read_and_write(self) -> StateTtlConfig.Builder:
            """Reading does too."""
            return self.set_update_type(StateTtlConfig.UpdateType.OnReadAndWrite)

        def set_state_visibility(
            self, state_visibility: StateTtlConfig.StateVisibility
        ) -> StateTtlConfig.Builder:
            """Says whether expired state may be read until it is removed."""
            self._config.state_visibility = state_visibility
            return self

        def return_expired_if_not_cleaned_up(self) -> StateTtlConfig.Builder:
            """Expired state may be read until it is removed."""
            return self.set_state_visibility(
                StateTtlConfig.StateVisibility.ReturnExpiredIfNotCleanedUp
            )

        def never_return_expired(self) -> StateTtlConfig.Builder:
            """Expired state is never returned."""
            return self.set_state_visibility(StateTtlConfig.StateVisibility.NeverReturnExpired)

        def set_ttl_time_characteristic(
            self, ttl_time_characteristic: StateTtlConfig.TtlTimeCharacteristic
        ) -> StateTtlConfig.Builder:
            """Says by which clock; there is one."""
            return self

        def use_processing_time(self) -> StateTtlConfig.Builder:
            """State expires by the clock of the machine; it always does."""
            return self

        def cleanup_full_snapshot(self) -> StateTtlConfig.Builder:
            """Full snapshots leave expired state out."""
            self._config.cleanup["full_snapshot"] = True
            return self

        def cleanup_incrementally(
            self, cleanup_size: int, run_cleanup_for_every_record: bool
        ) -> StateTtlConfig.Builder:
            """Some entries of the heap are checked at each access."""
            self._config.cleanup["incrementally"] = (cleanup_size, run_cleanup_for_every_record)
            return self

        def cleanup_in_rocksdb_compact_filter(
            self, query_time_after_num_entries: int = 1000
        ) -> StateTtlConfig.Builder:
            """RocksDB removes expired state when it compacts."""
            self._config.cleanup["rocksdb_compact_filter"] = query_time_after_num_entries
            return self

        def disable_cleanup_in_background(self) -> StateTtlConfig.Builder:
            """Expired state is removed only when it is read."""
            self._config.cleanup_in_background = False
            return self

        def build(self) -> StateTtlConfig:
            """The configuration."""
            return self._config


class StateDescriptor:
    """What all descriptors have in common.

    Attributes:
        name: The name of the state, of which a function has one each.
        types: The types of the values as they were given: one, or those of key and value.
        ttl_config: How long it lives; ``None`` for ever.
    """

    __module__ = "naja.flink"

    def __init__(self, name: str, *types: Any) -> None:
        self.name, self.types = name, types
        self.ttl_config: StateTtlConfig | None = None

    @property
    def type_info(self) -> Any:
        """The type of the values, or a tuple of those of key and value."""
        return self.types[0] if len(self.types) == 1 else self.types

    def get_name(self) -> str:
        """The name of the state."""
        return self.name

    def enable_time_to_live(self, ttl_config: StateTtlConfig) -> None:
        """Lets values expire."""
        self.ttl_config = ttl_config

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.name!r})"


class ValueStateDescriptor(StateDescriptor):
    """One value a key.

    Args:
        name: The name of the state.
        value_type_info: The type of the value.
    """

    __module__ = "naja.flink"

    def __init__(self, name: str, value_type_info: Any = None) -> None:
        super().__init__(name, value_type_info)


class ListStateDescriptor(StateDescriptor):
    """A list a key.

    Args:
        name: The name of the state.
        elem_type_info: The type of an element.
    """

    __module__ = "naja.flink"

    def __init__(self, name: str, elem_type_info: Any = None) -> None:
        super().__init__(name, elem_type_info)


class MapStateDescriptor(StateDescriptor):
    """A dict a key; also what broadcast state is described by.

    Args:
        name: The name of the state.
        key_type_info: The type of the keys in it.
        value_type_info: The type of its values.
    """

    __module__ = "naja.flink"

    def __init__(self, name: str, key_type_info: Any = None, value_type_info: Any = None) -> None:
        super().__init__(name, key_type_info, value_type_info)


class ReducingStateDescriptor(StateDescriptor):
    """One value a key, to which others are added.

    Args:
        name: The name of the state.
        reduce_function: A function of two values, or an object with ``reduce``.
        type_info: The type of the value.
    """

    __module__ = "naja.flink"

    def __init__(self, name: str, reduce_function: Any, type_info: Any = None) -> None:
        super().__init__(name, type_info)
        self.reduce_function = reduce_function

    def get_reduce_function(self) -> Any:
        """What adds a value to another."""
        return self.reduce_function


class AggregatingStateDescriptor(StateDescriptor):
    """An accumulator a key.

    Args:
        name: The name of the state.
        agg_function: An object with ``create_accumulator``, ``add`` and ``get_result``.
        state_type_info: The type of the accumulator.
    """

    __module__ = "naja.flink"

    def __init__(self, name: str, agg_function: Any, state_type_info: Any = None) -> None:
        super().__init__(name, state_type_info)
        self.agg_function = agg_function

    def get_agg_function(self) -> Any:
        """What adds a value to an accumulator."""
        return self.agg_function


class State:
    """State of the key that is being worked on."""

    __module__ = "naja.flink"

    def clear(self) -> None:
        """Forgets what was kept for the key."""
        raise NotImplementedError


class ValueState(State):
    """One value."""

    __module__ = "naja.flink"

    def value(self) -> Any:
        """The value; ``None`` if there is none."""
        raise NotImplementedError

    def update(self, value: Any) -> None:
        """Keeps a value; ``None`` forgets it."""
        raise NotImplementedError


class AppendingState(State):
    """State that values are added to."""

    __module__ = "naja.flink"

    def get(self) -> Any:
        """What was added, or what has become of it."""
        raise NotImplementedError

    def add(self, value: Any) -> None:
        """Adds a value."""
        raise NotImplementedError


class ReducingState(AppendingState):
    """Values that are added to one of their kind; ``get`` gives ``None`` if there is none."""

    __module__ = "naja.flink"


class AggregatingState(AppendingState):
    """Values that are added to an accumulator; ``get`` gives ``None`` if there is none."""

    __module__ = "naja.flink"


class ListState(AppendingState):
    """A list; ``get`` gives an iterable, empty if there is none."""

    __module__ = "naja.flink"

    def add_all(self, values: Any) -> None:
        """Adds several values."""
        raise NotImplementedError

    def update(self, values: Any) -> None:
        """Keeps these values in place of the others."""
        raise NotImplementedError

    def __iter__(self) -> Any:
        return iter(self.get())


class ReadOnlyBroadcastState(State):
    """A dict of the whole operator, not of a key, that may only be read."""

    __module__ = "naja.flink"

    def get(self, key: Any) -> Any:
        """The value of a key; ``None`` if there is none."""
        raise NotImplementedError

    def contains(self, key: Any) -> bool:
        """Whether there is such a key."""
        raise NotImplementedError

    def items(self) -> Any:
        """An iterable of keys and values."""
        raise NotImplementedError

    def keys(self) -> Any:
        """An iterable of the keys."""
        raise NotImplementedError

    def values(self) -> Any:
        """An iterable of the values."""
        raise NotImplementedError

    def is_empty(self) -> bool:
        """Whether there is nothing."""
        raise NotImplementedError

    def __getitem__(self, key: Any) -> Any:
        return self.get(key)

    def __contains__(self, key: Any) -> bool:
        return self.contains(key)

    def __iter__(self) -> Any:
        return iter(self.keys())


class MapState(ReadOnlyBroadcastState):
    """A dict of a key."""

    __module__ = "naja.flink"

    def put(self, key: Any, value: Any) -> None:
        """Keeps a value for a key."""
        raise NotImplementedError

    def put_all(self, dict_value: Any) -> None:
        """Keeps the values of a dict."""
        raise NotImplementedError

    def remove(self, key: Any) -> None:
        """Forgets a key; nothing happens if there is none."""
        raise NotImplementedError

    def __setitem__(self, key: Any, value: Any) -> None:
        self.put(key, value)

    def __delitem__(self, key: Any) -> None:
        self.remove(key)


class BroadcastState(MapState):
    """A dict of the whole operator, not of a key; all subtasks have to keep the same."""

    __module__ = "naja.flink"
