"""Which Python types do values from Java need that cannot be made in Rust alone?"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Any

_named_tuples: dict[tuple[str, tuple[str, ...]], type[tuple]] = {}


def named_tuple(type_name: str, names: tuple[str, ...]) -> type[tuple]:
    """The type of tuples that stands for a Java record.

    Args:
        type_name: The record's simple name.
        names: Its components' names.

    Returns:
        A `collections.namedtuple`, always the same for the same arguments. Where Python cannot
        spell a name as an attribute (``class``, ``_x``) a type alike, without ``_replace``, whose
        fields are got with `getattr`.
    """
    key = (type_name, names)
    found = _named_tuples.get(key)
    if found is None:
        # Of two threads that come here at once, both take the type of the first.
        found = _named_tuples.setdefault(key, _new_named_tuple(type_name, names))
    return found


def _new_named_tuple(type_name: str, names: tuple[str, ...]) -> type[tuple]:
    from collections import namedtuple

    try:
        kind = namedtuple("Record", names, module="naja")
    except ValueError:
        kind = _tuple_with_odd_names(names)
    kind.__name__ = kind.__qualname__ = type_name
    return kind


def _tuple_with_odd_names(names: tuple[str, ...]) -> type[tuple]:
    from operator import itemgetter

    class Record(tuple):
        __module__ = "naja"
        __slots__ = ()
        __match_args__ = _fields = names

        def __new__(cls, *values: Any) -> Record:
            if len(values) != len(names):
                raise TypeError(f"expected {len(names)} values {names}, got {len(values)}")
            return tuple.__new__(cls, values)

        def __repr__(self) -> str:
            fields = ", ".join(f"{name}={value!r}" for name, value in zip(names, self))
            return f"{type(self).__name__}({fields})"

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(names, self))

    for index, name in enumerate(names):
        if not hasattr(Record, name):
            setattr(Record, name, property(itemgetter(index)))
    return Record


def zone(name: str) -> tzinfo:
    """The time zone of a Java ``ZoneId``, which may be one of fixed offset as ``UTC+01:00``.

    Raises:
        ValueError: Python has no such zone.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return _fixed_zone(name) or ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(
            f"Python knows no time zone {name!r}: it is neither among the system's "
            "(zoneinfo.TZPATH) nor in the package tzdata, which "
            f"'{sys.executable} -m pip install tzdata' brings"
        ) from None


#: What Java puts before an offset to name a zone.
_PREFIXES = ("UTC", "GMT", "UT")


def _fixed_zone(name: str) -> tzinfo | None:
    from datetime import timedelta, timezone

    prefix = next(filter(name.startswith, _PREFIXES), "")
    sign, numbers = name[len(prefix) :][:1], name[len(prefix) + 1 :].split(":")
    if name == "UT":
        return timezone(timedelta(), name)
    if sign not in ("+", "-") or not all(number.isdecimal() for number in numbers):
        return None
    offset = timedelta(seconds=sum(int(n) * unit for n, unit in zip(numbers, (3600, 60, 1))))
    if offset >= timedelta(days=1):
        return None
    return timezone(-offset if sign == "-" else offset, name)


def zone_key(zone: tzinfo) -> str | None:
    """The name by which Java knows a time zone of `zone`, ``zoneinfo`` or ``pytz``.

    ``None`` for others, of which only the offset counts.
    """
    from datetime import timezone

    if isinstance(zone, timezone):
        given = "".join(zone.__getinitargs__()[1:])
        return given if given.startswith(_PREFIXES) and _fixed_zone(given) == zone else None
    for module, kind, attribute in (
        ("zoneinfo", "ZoneInfo", "key"),
        ("pytz.tzinfo", "BaseTzInfo", "zone"),
    ):
        # Who made such a zone has imported its module.
        if module in sys.modules and isinstance(zone, getattr(sys.modules[module], kind)):
            return getattr(zone, attribute)
    return None
