"""How do the plain tuples that cross become rows, and rows tuples?

Java passes a row as a tuple of its fields and wants one back. `reader` and `writer` give a function
for a type, or ``None`` where values of it need nothing done to them.
"""

from __future__ import annotations

from naja.flink._row import Row, made

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Adapter = Callable[[Any], Any]


def reader(described: Any) -> Adapter | None:
    """What makes an argument of Python of a value that came from Java.

    Rows become `Row` objects with names, also within arrays and maps.

    Args:
        described: The type: ``("ROW", names, types)``, ``("TUPLE", types)``, ``("ARRAY", type)``,
            ``("MAP", key, value)``, ``("MULTISET", type)``, or a name.
    """
    if type(described) is str:
        return None
    root = described[0]
    if root == "ROW":
        return _row_reader(described[1], [reader(each) for each in described[2]])
    if root == "TUPLE":
        return _tuple_adapter([reader(each) for each in described[1]])
    if root == "MAP":
        return _map_adapter(reader(described[1]), reader(described[2]))
    element = reader(described[1])
    if element is None:
        return None
    if root == "MULTISET":
        return _map_adapter(element, None)
    return _list_adapter(element)


def writer(described: Any) -> Adapter | None:
    """What makes a value that Java can read of a result of Python.

    A row may be a `Row`, a tuple or list by position, a dict, a named tuple or a dataclass by name.
    Names are compared where the row has any: other names for all fields are taken by position.

    The function that is returned raises ``TypeError`` for what is no row, ``ValueError`` for a row
    of another number of fields or of other names.

    Args:
        described: As in `reader`.
    """
    if type(described) is str:
        return None
    root = described[0]
    if root == "ROW":
        return _row_writer(tuple(described[1]), [writer(each) for each in described[2]])
    if root == "TUPLE":
        return _tuple_adapter([writer(each) for each in described[1]])
    if root == "MAP":
        return _map_adapter(writer(described[1]), writer(described[2]))
    element = writer(described[1])
    if element is None:
        return None
    if root == "MULTISET":
        return _map_adapter(element, None)
    return _list_adapter(element)


def _list_adapter(element: Adapter) -> Adapter:
    return lambda values: None if values is None else list(map(element, values))


def _tuple_adapter(fields: list[Adapter | None]) -> Adapter | None:
    if not any(fields):
        return None

    def adapt(values: Any) -> Any:
        if values is None or len(values) != len(fields):
            return values  # Java says what is wrong with the number.
        return tuple(
            value if field is None else field(value) for field, value in zip(fields, values)
        )

    return adapt


def _row_reader(names: tuple[str, ...], readers: list[Adapter | None]) -> Adapter:
    fields = [(index, read) for index, read in enumerate(readers) if read is not None]
    names = tuple(names)

    def plain(values: Any) -> Any:
        return None if values is None else made(values, names)

    def nested(values: Any) -> Any:
        if values is None:
            return None
        values = list(values)
        for index, read in fields:
            values[index] = read(values[index])
        return made(values, names)

    return nested if fields else plain


def _map_adapter(key: Adapter | None, value: Adapter | None) -> Adapter | None:
    if key is None and value is None:
        return None
    key, value = key or _itself, value or _itself

    def adapt(entries: Any) -> Any:
        if entries is None:
            return None
        return {key(each): value(other) for each, other in entries.items()}

    return adapt


def _row_writer(names: tuple[str, ...], writers: list[Adapter | None]) -> Adapter:
    count = len(names)
    fields = [(index, write) for index, write in enumerate(writers) if write is not None]

    def flat(value: Any) -> Any:
        if type(value) is tuple:
            if len(value) != count:
                raise _wrong_count(value, len(value), names)
            return value
        return None if value is None else _values(value, names)

    def nested(value: Any) -> Any:
        values = flat(value)
        if values is None:
            return None
        values = list(values)
        for index, write in fields:
            values[index] = write(values[index])
        return tuple(values)

    return nested if fields else flat


def _values(value: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    """The fields of what is no plain tuple."""
    if isinstance(value, Row):
        return _ordered(value._values, value._fields, names, value)
    if isinstance(value, dict):
        return _ordered(list(value.values()), tuple(value), names, value, by_name=True)
    if isinstance(value, (tuple, list)):
        return _ordered(value, getattr(value, "_fields", None), names, value)
    fields = getattr(type(value), "__dataclass_fields__", None)
    if fields is not None:
        there = tuple(fields)
        return _ordered([getattr(value, name) for name in there], there, names, value)
    if type(value).__name__ == "Row" and hasattr(value, "_values"):  # An installed PyFlink's.
        return _ordered(value._values, getattr(value, "_fields", None), names, value)
    raise TypeError(
        f"expected a row of {len(names)} fields ({', '.join(names)}): a Row, tuple, list, dict, "
        f"named tuple or dataclass; got {type(value).__name__}: {_shown(value)}"
    )


def _ordered(
    values: Any, there: Any, names: tuple[str, ...], value: Any, by_name: bool = False
) -> tuple[Any, ...]:
    if there is None or tuple(there) == names:
        if len(values) != len(names):
            raise _wrong_count(value, len(values), names)
        return tuple(values)
    if len(there) == len(names) and set(there) == set(names):
        places = {name: index for index, name in enumerate(there)}
        return tuple(values[places[name]] for name in names)
    if by_name or not set(there).isdisjoint(names):
        missing = [name for name in names if name not in there]
        extra = [str(name) for name in there if name not in names]
        raise ValueError(
            f"expected a row of the fields {', '.join(names)}; "
            + "; ".join(
                f"{what} {', '.join(which)}"
                for what, which in (("missing", missing), ("too many:", extra))
                if which
            )
            + f": {_shown(value)}"
        )
    if len(values) != len(names):
        raise _wrong_count(value, len(values), names)
    return tuple(values)


def _wrong_count(value: Any, count: int, names: tuple[str, ...]) -> ValueError:
    return ValueError(
        f"expected a row of {len(names)} fields ({', '.join(names)}), got {count}: {_shown(value)}"
    )


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "..."


def _itself(value: Any) -> Any:
    return value
