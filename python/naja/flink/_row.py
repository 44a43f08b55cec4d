"""What is a row of several fields in a Python function?"""

from __future__ import annotations

from enum import Enum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any


class RowKind(Enum):
    """What a row does to a changelog; the values are those of Flink's ``RowKind``."""

    __module__ = "naja.flink"

    INSERT = 0
    UPDATE_BEFORE = 1
    UPDATE_AFTER = 2
    DELETE = 3

    def __str__(self) -> str:
        return ("+I", "-U", "+U", "-D")[self.value]


class Row:
    """Some values with or without names, as in PyFlink; mutable, not thread-safe.

    ``Row(1, "a")`` has positions only, ``Row(id=1, name="a")`` names too. ``Row("id", "name")`` of
    names only may be called like a class: ``Person = Row("id", "name"); Person(1, "a")``.

    Fields are read as ``row[0]``, ``row["id"]`` or ``row.id``. Rows are equal if their kinds, names
    and values are.

    Args:
        values: The fields by position.
        named: The fields by name; not together with ``values``.

    Raises:
        ValueError: Fields were given both ways.
    """

    __module__ = "naja.flink"
    __slots__ = ("_fields", "_kind", "_values")

    _fields: tuple[str, ...] | None
    _kind: RowKind
    _values: list[Any]

    def __init__(self, *values: Any, **named: Any) -> None:
        if values and named:
            raise ValueError("a Row has fields by position or by name, not both")
        self._values = list(values or named.values())
        self._fields = tuple(named) if named else None
        self._kind = RowKind.INSERT

    @staticmethod
    def of_kind(row_kind: RowKind, *values: Any, **named: Any) -> Row:
        """A row that does not only insert."""
        row = Row(*values, **named)
        row._kind = row_kind
        return row

    def as_dict(self, recursive: bool = False) -> dict[str, Any]:
        """The values by name.

        Args:
            recursive: Whether rows within become dicts too, also in lists, tuples and dicts.

        Raises:
            TypeError: The row has no names.
        """
        if self._fields is None:
            raise TypeError(f"{self!r} has no names of fields, so there is no dict of it")
        plain = _as_plain if recursive else _itself
        return {name: plain(value) for name, value in zip(self._fields, self._values)}

    def get_row_kind(self) -> RowKind:
        """What the row does to a changelog."""
        return self._kind

    def set_row_kind(self, row_kind: RowKind) -> None:
        """Changes what the row does to a changelog."""
        self._kind = row_kind

    def set_field_names(self, field_names: Sequence[str]) -> None:
        """Names the fields.

        Raises:
            ValueError: There are more or fewer names than fields.
        """
        if len(field_names) != len(self._values):
            raise ValueError(f"{len(field_names)} names for a row of {len(self._values)} fields")
        self._fields = tuple(field_names)

    def get_fields_by_names(self, names: Sequence[str]) -> list[Any]:
        """The values of some fields, in the order of the names asked for."""
        return [self[name] for name in names]

    def __call__(self, *values: Any) -> Row:
        """A row whose names are the values of this one."""
        if len(values) != len(self._values):
            raise TypeError(f"{self!r} takes {len(self._values)} values, {len(values)} were given")
        row = Row(*values)
        row._fields = tuple(map(str, self._values))
        return row

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return self._values[self._index(name)]
        except KeyError:
            raise AttributeError(_absent(self, name)) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in Row.__slots__:
            object.__setattr__(self, name, value)
        else:
            try:
                self._values[self._index(name)] = value
            except KeyError:
                raise AttributeError(_absent(self, name)) from None

    def __getitem__(self, item: Any) -> Any:
        return self._values[self._index(item) if isinstance(item, str) else item]

    def __setitem__(self, item: Any, value: Any) -> None:
        self._values[self._index(item) if isinstance(item, str) else item] = value

    def _index(self, name: str) -> int:
        try:
            return (self._fields or ()).index(name)
        except ValueError:
            raise KeyError(_absent(self, name)) from None

    def __contains__(self, item: object) -> bool:
        return item in (self._values if self._fields is None else self._fields)

    def __len__(self) -> int:
        return len(self._values)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return (
            self._kind == other._kind
            and self._fields == other._fields
            and self._values == other._values
        )

    def __hash__(self) -> int:
        return hash((self._kind, self._fields, tuple(self._values)))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (tuple(self._values), self._fields, self._kind.value)

    def __repr__(self) -> str:
        if self._fields is None:
            fields = ", ".join(map(repr, self._values))
        else:
            fields = ", ".join(f"{n}={v!r}" for n, v in zip(self._fields, self._values))
        return f"Row({fields})"

    def __str__(self) -> str:
        return repr(self) if self._kind is RowKind.INSERT else f"{self._kind}{self!r}"


_KINDS = tuple(RowKind)


def made(values: Sequence[Any], fields: tuple[str, ...] | None) -> Row:
    """A row of values that it may keep; without the checks of ``Row(...)``."""
    row = Row.__new__(Row)
    _set_values(row, list(values))
    _set_fields(row, fields)
    _set_kind(row, RowKind.INSERT)
    return row


def _restored(values: tuple[Any, ...], fields: tuple[str, ...] | None, kind: int) -> Row:
    row = made(values, fields)
    row._kind = _KINDS[kind]
    return row


_set_values = Row.__dict__["_values"].__set__
_set_fields = Row.__dict__["_fields"].__set__
_set_kind = Row.__dict__["_kind"].__set__


def _absent(row: Row, name: str) -> str:
    there = "it has no names" if row._fields is None else f"it has {', '.join(row._fields)}"
    return f"the row has no field {name!r}; {there}"


def _itself(value: Any) -> Any:
    return value


def _as_plain(value: Any) -> Any:
    if isinstance(value, Row):
        return list(map(_as_plain, value)) if value._fields is None else value.as_dict(True)
    if isinstance(value, list):
        return list(map(_as_plain, value))
    if type(value) is tuple:
        return tuple(map(_as_plain, value))
    if isinstance(value, dict):
        return {key: _as_plain(each) for key, each in value.items()}
    return value
