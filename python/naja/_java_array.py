"""How do Java arrays behave as Python sequences?

By ``java.lang.reflect.Array``, which knows every kind of them. Elements are fetched as results of
Java methods are; many of a primitive array cross at once, by value.
"""

from __future__ import annotations

from array import array
from operator import index as as_index

from naja import _bridge
from naja._java import jdk_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

#: The setter of `java.lang.reflect.Array` for each kind of primitive element.
_SETTERS = {
    "boolean": "setBoolean",
    "byte": "setByte",
    "short": "setShort",
    "char": "setChar",
    "int": "setInt",
    "long": "setLong",
    "float": "setFloat",
    "double": "setDouble",
}


def java_array(component: Any, content: int | Iterable[Any]) -> Any:
    """Makes a Java array.

    Args:
        component: The elements' class or its name: ``"int"``, ``"double[]"``, ``String``.
        content: The length of an array of zeros or nulls, or the elements. `bytes` are those of a
            byte array as they are in Java too, 255 as -1.

    Raises:
        ImportError: There is no such class.
        TypeError: An element is not of that class.
    """
    if isinstance(component, str):
        component = _bridge.find(component)
    if not isinstance(content, int):
        empty = _new_instance(component, 0)
        return _made(content, type(empty))
    if content < 0:
        raise ValueError(f"an array of {component.__java_name__} cannot have {content} elements")
    return _new_instance(component, content)


def _new_instance(component: Any, length: int) -> Any:
    return _reflection().newInstance(component.class_, length)


def _made(elements: Iterable[Any], cls: Any) -> Any:
    """An array with these elements, which all cross at once."""
    if _component(cls) != "byte":
        elements = list(elements)
    elif not isinstance(elements, bytes):
        try:
            elements = array("b", elements).tobytes()
        except OverflowError as error:
            raise TypeError(f"a Java byte is a number from -128 to 127: {error}") from None
    # A method that returns its argument: the cast makes the array.
    return jdk_type("java.util.Objects").requireNonNull(_bridge.cast(elements, cls))


def new_array(cls: Any, *content: Any) -> Any:
    """What calling an array type does."""
    if len(content) != 1:
        raise TypeError(
            f"{cls.__java_name__} takes the length or the elements, not {len(content)} arguments"
        )
    if isinstance(content[0], int):
        return java_array(_component(cls), content[0])
    return _made(content[0], cls)


def _reflection() -> Any:
    return jdk_type("java.lang.reflect.Array")


def _component(cls: Any) -> str:
    return cls.__java_name__[:-2]


def _is_primitive(cls: Any) -> bool:
    return _component(cls) in _SETTERS


def _place(java: Any, key: Any) -> int:
    place, length = as_index(key), len(java)
    if not -length <= place < length:
        raise IndexError(f"index {place} is out of range for {length} elements")
    return place + length if place < 0 else place


def _all(java: Any) -> list[Any]:
    """The elements, which all cross at once where they are primitive."""
    if not _is_primitive(type(java)):
        return list(_each(java))
    values = _bridge.value(java)
    if isinstance(values, bytes):
        return [byte - 256 if byte > 127 else byte for byte in values]  # Java's bytes have a sign.
    return list(values)


def length(self: Any) -> int:
    """How many elements the array has."""
    return _reflection().getLength(self)


def get(self: Any, key: Any) -> Any:
    """An element, or a list of those of a slice."""
    if isinstance(key, slice):
        if _is_primitive(type(self)):
            return _all(self)[key]
        element = _reflection().get
        return [element(self, place) for place in range(*key.indices(len(self)))]
    return _reflection().get(self, _place(self, key))


def put(self: Any, key: Any, value: Any) -> None:
    """Sets an element, or as many as a slice has."""
    if isinstance(key, slice):
        _put_slice(self, range(*key.indices(len(self))), list(value))
        return
    component, place = _component(type(self)), _place(self, key)
    if component in _SETTERS:
        getattr(_reflection(), _SETTERS[component])(self, place, value)
        return
    if value is not None and not isinstance(value, (str, _bridge.JavaObject)):
        value = _bridge.cast(value, component)
    _reflection().set(self, place, value)


def _put_slice(java: Any, places: range, values: list[Any]) -> None:
    if len(places) != len(values):
        raise ValueError(
            f"a Java array keeps its length: the slice has {len(places)} elements, "
            f"{len(values)} are given"
        )
    if places.step == 1:
        made = _made(values, type(java))
        jdk_type("java.lang.System").arraycopy(made, 0, java, places.start, len(places))
        return
    for place, value in zip(places, values):
        java[place] = value


def iterate(self: Any) -> Iterator[Any]:
    """Goes through the elements; those of a primitive array as they are now."""
    if _is_primitive(type(self)):
        return iter(_all(self))
    return _each(self)


def _each(java: Any) -> Iterator[Any]:
    element = _reflection().get
    for place in range(len(java)):
        yield element(java, place)


def equal(self: Any, other: object) -> bool:
    """Whether another array, a list or a tuple has equal elements in the same order."""
    if self is other:
        return True
    kind = getattr(type(other), "__java_kind__", None)
    if kind != "array" and not isinstance(other, (list, tuple)):
        return NotImplemented
    return len(self) == len(other) and all(one == two for one, two in zip(self, other))


def show(self: Any) -> str:
    """The elements' class and their number."""
    return f"<Java {_component(type(self))}[{len(self)}]>"


#: Arrays can change, so that they have no hash, as Python's lists have none.
PROTOCOL = {
    "__len__": length,
    "__getitem__": get,
    "__setitem__": put,
    "__iter__": iterate,
    "__eq__": equal,
    "__hash__": None,
    "__repr__": show,
    "length": property(length),
}
