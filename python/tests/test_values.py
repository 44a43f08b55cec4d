from __future__ import annotations

import sys
from collections import OrderedDict
from datetime import datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

import pytest
import pytz

from naja import _values


def test_named_tuple_is_an_ordinary_one():
    point = _values.named_tuple("Point", ("x", "y"))
    assert point.__name__ == "Point"
    assert repr(point(1, 2)) == "Point(x=1, y=2)"
    assert point(1, 2) == (1, 2)
    assert point(1, 2)._replace(y=3).y == 3


def test_the_same_record_has_the_same_type():
    assert _values.named_tuple("P", ("x",)) is _values.named_tuple("P", ("x",))
    assert _values.named_tuple("P", ("x",)) is not _values.named_tuple("Q", ("x",))
    assert _values.named_tuple("P", ("x",)) is not _values.named_tuple("P", ("y",))


def test_record_without_components():
    assert _values.named_tuple("Unit", ())() == ()


@pytest.mark.parametrize("odd", ["class", "from", "_x", "$", "_fields", "None"])
def test_names_that_python_cannot_spell(odd):
    kind = _values.named_tuple("Odd", ("x", odd, "y"))
    value = kind(1, 2, 3)
    assert value == (1, 2, 3)
    assert (value.x, value.y) == (1, 3)
    assert kind._fields == ("x", odd, "y")
    assert repr(value) == f"Odd(x=1, {odd}=2, y=3)"
    assert value._asdict() == OrderedDict([("x", 1), (odd, 2), ("y", 3)])
    if odd != "_fields":
        assert getattr(value, odd) == 2
    with pytest.raises(TypeError, match="expected 3 values"):
        kind(1)


def test_a_record_may_be_named_like_anything():
    assert repr(_values.named_tuple("Outer$None", ("x",))(1)) == "Outer$None(x=1)"


def test_zone_by_name():
    assert _values.zone("Europe/Berlin") is ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "name, offset",
    [
        ("+05:30", timedelta(hours=5, minutes=30)),
        ("-01:00:01", -timedelta(hours=1, seconds=1)),
        ("UTC+01:00", timedelta(hours=1)),
        ("GMT-03:30", -timedelta(hours=3, minutes=30)),
        ("UT", timedelta()),
        ("UT+18:00", timedelta(hours=18)),
    ],
)
def test_zone_of_fixed_offset(name, offset):
    zone = _values.zone(name)
    assert zone.utcoffset(None) == offset
    assert zone.tzname(None) == name
    assert _values.zone_key(zone) == (None if name[0] in "+-" else name)


@pytest.mark.parametrize(
    "name", ["Mars/Olympus", "../etc/passwd", "UTC+x", "UTC+24:00", "", "America"]
)
def test_unknown_zone(name):
    with pytest.raises(ValueError, match="Python knows no time zone") as info:
        _values.zone(name)
    assert f"{sys.executable} -m pip install tzdata" in str(info.value)
    assert repr(name) in str(info.value)


def test_key_of_zones():
    class Own(tzinfo):
        pass

    assert _values.zone_key(ZoneInfo("Asia/Kolkata")) == "Asia/Kolkata"
    assert _values.zone_key(pytz.timezone("Europe/Berlin")) == "Europe/Berlin"
    berlin = pytz.timezone("Europe/Berlin").localize(datetime(2024, 7, 1))
    assert _values.zone_key(berlin.tzinfo) == "Europe/Berlin"
    assert _values.zone_key(pytz.utc) == "UTC"
    assert _values.zone_key(pytz.FixedOffset(90)) is None
    assert _values.zone_key(timezone.utc) is None
    assert _values.zone_key(timezone(timedelta(hours=1))) is None
    assert _values.zone_key(timezone(timedelta(hours=1), "CET")) is None
    assert _values.zone_key(timezone(timedelta(hours=2), "UTC")) is None
    assert _values.zone_key(timezone(timedelta(hours=2), "UTC+01:00")) is None
    assert _values.zone_key(timezone(timedelta(hours=2), "GMT+x")) is None
    assert _values.zone_key(timezone(timedelta(hours=2), "GMT+99:00")) is None
    assert _values.zone_key(Own()) is None
