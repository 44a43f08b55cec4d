"""How do Java arrays behave as Python sequences?

By ``java.lang.reflect.Array``, which knows every kind of them. Elements are fetched as results of
Java methods are; many of a primitive array cross at once, by value.
"""

from __future__ import annotations

from operator import index as as_index

from naja import _bridge

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
        content: The length of an array of zeros or nulls, or the elements.

    Raises:
        ImportError: There is no such class.
        TypeError: An element is not of that class.
    """
    name = component if isinstance(component, str) else component.__java_name__
    if isinstance(component, str):
        component = _bridge.find(component)
    reflection = _reflection()
    if isinstance(content, int):
        if content < 0:
            raise ValueError(f"an array of {name} cannot have {content} elements")
        return reflection.newInstance(component.class_, _bridge.cast(content, "int"))
    elements = list(content)
    array = reflection.newInstance(component.class_, _bridge.cast(len(elements), "int"))
    _fill(array, range(len(elements)), elements)
    return array


def new_array(cls: Any, *content: Any) -> Any:
    """What calling an array type does."""
    if len(content) != 1:
        raise TypeError(
            f"{cls.__java_name__} takes the length or the elements, not {len(content)} arguments"
        )
    return java_array(_component(cls), content[0])


def _reflection() -> Any:
    return _bridge.find("java.lang.reflect.Array")


def _component(cls: Any) -> str:
    return cls.__java_name__[:-2]


def _is_primitive(cls: Any) -> bool:
    return _component(cls) in _SETTERS


def _fill(array: Any, places: Iterable[int], values: Iterable[Any]) -> None:
    component = _component(type(array))
    setter = getattr(_reflection(), _SETTERS.get(component, "set"))
    for place, value in zip(places, values):
        if component not in _SETTERS and not _crosses_as_itself(value):
            value = _bridge.cast(value, component)
        setter(array, place, value)


def _crosses_as_itself(value: object) -> bool:
    return value is None or isinstance(value, (str, _bridge.JavaObject))


def _place(array: Any, key: Any) -> int:
    place, length = as_index(key), len(array)
    if not -length <= place < length:
        raise IndexError(f"index {place} is out of range for {length} elements")
    return place + length if place < 0 else place


def _all(array: Any) -> list[Any]:
    """The elements, which all cross at once where they are primitive."""
    if not _is_primitive(type(array)):
        get = _reflection().get
        return [get(array, place) for place in range(len(array))]
    values = _bridge.value(array)
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
    if not isinstance(key, slice):
        _fill(self, [_place(self, key)], [value])
        return
    places, values = range(*key.indices(len(self))), list(value)
    if len(places) != len(values):
        raise ValueError(
            f"a Java array keeps its length: the slice has {len(places)} elements, "
            f"{len(values)} are given"
        )
    _fill(self, places, values)


def iterate(self: Any) -> Iterator[Any]:
    """Goes through the elements; those of a primitive array as they are now."""
    if _is_primitive(type(self)):
        return iter(_all(self))
    return _each(self)


def _each(array: Any) -> Iterator[Any]:
    element = _reflection().get
    for place in range(len(array)):
        yield element(array, place)


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
