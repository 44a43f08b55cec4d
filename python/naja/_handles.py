"""What does Java ask about an object that it holds?"""

from __future__ import annotations

from reprlib import Repr

from naja._errors import _type_name

#: How long the text of an object may get.
MAX_TEXT = 200

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = MAX_TEXT


def held(value: object) -> object:
    """The object if it is one of Java's that Python holds, else `None`."""
    from naja import _bridge

    return value if isinstance(value, _bridge.JavaObject) else None


def kind(value: object) -> str:
    """The name of an object's class. Runs no code of the class."""
    return _type_name(type(value))


def text(value: object) -> str:
    """The object as short text.

    Raises nothing, whatever the class makes of ``repr``, but what ends an endless one: the deadline
    that Java sets.
    """
    try:
        shown = str.__str__(_SHORT.repr(value))
    except BaseException as failure:
        shown = f"<repr() raised {_type_name(type(failure))}>"
    return shown if len(shown) <= MAX_TEXT else f"{shown[: MAX_TEXT - 3]}..."
