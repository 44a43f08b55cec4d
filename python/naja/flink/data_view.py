"""What do lists and dicts in accumulators look like in PyFlink?

There they may be kept apart from the rest of an accumulator. Here they are part of it, and an
accumulator that has one is pickled whole, whatever type is declared for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any


class ListView:
    """A list; not thread-safe.

    Args:
        values: What it holds at first.
    """

    __module__ = "naja.flink"

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self._list = list(values)

    def get(self) -> Iterable[Any]:
        """The values."""
        return self._list

    def add(self, value: Any) -> None:
        """Adds a value at the end."""
        self._list.append(value)

    def add_all(self, values: Iterable[Any]) -> None:
        """Adds values at the end."""
        self._list.extend(values)

    def clear(self) -> None:
        """Forgets all values."""
        self._list = []

    def __iter__(self) -> Iterator[Any]:
        return iter(self._list)

    def __eq__(self, other: object) -> bool:
        return self._list == other._list if isinstance(other, ListView) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self._list))

    def __repr__(self) -> str:
        return f"ListView({self._list!r})"


class MapView:
    """A dict; not thread-safe.

    Args:
        values: What it holds at first.
    """

    __module__ = "naja.flink"

    def __init__(self, values: Mapping[Any, Any] | Iterable[tuple[Any, Any]] = ()) -> None:
        self._dict = dict(values)

    def get(self, key: Any) -> Any:
        """The value of a key, or ``None``."""
        return self._dict.get(key)

    def put(self, key: Any, value: Any) -> None:
        """Keeps a value for a key."""
        self._dict[key] = value

    def put_all(self, dict_value: Mapping[Any, Any]) -> None:
        """Keeps the values of a dict."""
        self._dict.update(dict_value)

    def remove(self, key: Any) -> None:
        """Forgets a key.

        Raises:
            KeyError: There is no such key.
        """
        del self._dict[key]

    def contains(self, key: Any) -> bool:
        """Whether there is such a key."""
        return key in self._dict

    def items(self) -> Iterable[tuple[Any, Any]]:
        """Keys and values."""
        return self._dict.items()

    def keys(self) -> Iterable[Any]:
        """The keys."""
        return self._dict.keys()

    def values(self) -> Iterable[Any]:
        """The values."""
        return self._dict.values()

    def is_empty(self) -> bool:
        """Whether there is nothing."""
        return not self._dict

    def clear(self) -> None:
        """Forgets everything."""
        self._dict = {}

    __contains__ = contains
    __setitem__ = put
    __delitem__ = remove

    def __getitem__(self, key: Any) -> Any:
        return self.get(key)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._dict)

    def __eq__(self, other: object) -> bool:
        return self._dict == other._dict if isinstance(other, MapView) else NotImplemented

    def __hash__(self) -> int:
        return hash(frozenset(self._dict))

    def __repr__(self) -> str:
        return f"MapView({self._dict!r})"
