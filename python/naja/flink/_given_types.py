"""Which SQL type is meant by what a user wrote in its place?

A text, a type of ``naja.flink.DataTypes`` or ``Types``, a type of an installed PyFlink, a Python
type, or a list of them.
"""

from __future__ import annotations

import re
from typing import Any

from naja.flink import _sql_types
from naja.flink._sql_types import SqlType

#: The classes of PyFlink's types whose root is not their name in capitals.
_PYFLINK = {
    "VarCharType": "VARCHAR",
    "VarBinaryType": "VARBINARY",
    "LocalZonedTimestampType": "TIMESTAMP_LTZ",
    "ZonedTimestampType": "TIMESTAMP_TZ",
}

#: How long texts and bytes may be where PyFlink says nothing of it.
_UNBOUNDED = 0x7FFFFFFF


def one(given: Any) -> SqlType | None:
    """The type that is meant; ``None`` for ``None``.

    Raises:
        ValueError: A text is no type.
        TypeError: It is nothing that stands for a type.
    """
    if given is None or isinstance(given, SqlType):
        return given
    if isinstance(given, str):
        return _sql_types.parse(given)
    if _is_pyflink(given):
        return None if _is_type_information(given) else _of_pyflink(given)
    from naja.flink import _hints

    found = _hints.sql_type(given)
    if found is None:
        raise TypeError(
            f"{given!r} stands for no SQL type; write one as text, such as 'BIGINT' or "
            f"'ROW<a INT, b STRING>'"
        )
    return found


def several(given: Any) -> list[SqlType] | None:
    """The types of a list, a text of several, or one type.

    Raises:
        ValueError: A text is no type.
        TypeError: Something stands for no type.
    """
    if given is None:
        return None
    if isinstance(given, str):
        return _sql_types.parse_all(given)
    if isinstance(given, (list, tuple)):
        return [_certain(each) for each in given]
    return [_certain(given)]


def row(given: Any) -> SqlType | None:
    """The type of the rows of a table function, of whose columns some are given without names.

    Raises:
        ValueError: A text is no type.
        TypeError: Something stands for no type.
    """
    types = several(given)
    if types is None:
        return None
    if len(types) == 1:
        return types[0]
    return SqlType("ROW", children=types, names=[f"f{index}" for index in range(len(types))])


def _certain(given: Any) -> SqlType:
    found = one(given)
    if found is None:
        raise TypeError("None stands for no SQL type")
    return found


def _is_pyflink(given: Any) -> bool:
    return type(given).__module__.startswith("pyflink.")


def _is_type_information(given: Any) -> bool:
    """Whether it is a type of PyFlink's DataStream API, which only a JVM of its own can read."""
    return "TypeInfo" in "".join(each.__name__ for each in type(given).__mro__)


def _of_pyflink(given: Any) -> SqlType:
    found = _of_pyflink_class(given)
    return found if getattr(given, "_nullable", True) else found.not_null()


def _of_pyflink_class(given: Any) -> SqlType:
    name = type(given).__name__
    if name == "RowType":
        fields = given.fields
        return SqlType(
            "ROW",
            children=[_of_pyflink(field.data_type) for field in fields],
            names=[field.name for field in fields],
        )
    if name in ("ArrayType", "MultisetType"):
        return SqlType(name[:-4].upper(), children=[_of_pyflink(given.element_type)])
    if name in ("MapType", "MapViewType"):
        root = "MAP" if name == "MapType" else "MAP_VIEW"
        return SqlType(root, children=[_of_pyflink(given.key_type), _of_pyflink(given.value_type)])
    if name == "ListViewType":
        return SqlType("LIST_VIEW", children=[_of_pyflink(given._element_type)])
    if name in ("DayTimeIntervalType", "YearMonthIntervalType"):
        return SqlType("INTERVAL", _interval(given))
    if name in ("VarCharType", "VarBinaryType") and given.length == _UNBOUNDED:
        return SqlType("STRING" if name == "VarCharType" else "BYTES")
    if not name.endswith("Type"):
        raise TypeError(f"{given!r} of PyFlink stands for no SQL type; write one as text")
    root = _PYFLINK.get(name) or re.sub(r"Type$", "", name).upper()
    details = [
        str(getattr(given, key))
        for key in ("length", "precision", "scale")
        if getattr(given, key, None) is not None
    ]
    return _sql_types.parse(f"{root}({', '.join(details)})" if details else root)


def _interval(given: Any) -> str:
    resolution = given.resolution.name
    first, _, last = resolution.partition("_TO_")
    precisions = {
        "YEAR": getattr(given, "precision", None),
        "DAY": getattr(given, "day_precision", None),
        "SECOND": getattr(given, "fractional_precision", None),
    }
    words = []
    for word in filter(None, (first, last)):
        precision = precisions.get(word)
        words.append(word if precision is None else f"{word}({precision})")
    return " TO ".join(words)
