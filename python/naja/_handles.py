"""What does a list of the Python objects that Java holds say of each?"""

from __future__ import annotations

from reprlib import Repr

from naja._errors import _type_name

#: How long the text of an object may get.
MAX_TEXT = 200

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = MAX_TEXT


def describe(value: object) -> tuple[str, str]:
    """The name of an object's class, and the object as short text.

    Never raises, whatever the class makes of ``repr``; an endless one is ended by the deadline that
    Java sets.
    """
    kind = _type_name(type(value))
    try:
        text = str.__str__(_SHORT.repr(value))
    except BaseException as failure:
        text = f"<repr() raised {_type_name(type(failure))}>"
    return kind, text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 3]}..."
