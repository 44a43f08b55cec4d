"""What may Python's syntax do with Java objects?

By what a class is to Java, its type here gets the special methods of Python: a ``java.util.List``
those of a list, a ``Map`` those of a dict. They call Java's methods. Java's own methods keep their
names: ``map.get(key)`` and ``map.values()`` are Java's; what only Python has, such as
``map.items()`` and ``list.append(x)``, is added where Java has no method of that name.

Python has one ``int`` where Java has five classes of whole numbers that never equal each other.
Where a key or an element is looked for, each of them is tried, so that what iteration shows is also
found.
"""

from __future__ import annotations

from _collections_abc import ItemsView
from operator import index as as_index

from naja import _bridge
from naja._errors import JavaException
from naja._java import jdk_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from typing import Any

_INTEGERS = (
    ("java.lang.Integer", -(2**31), 2**31),
    ("java.lang.Short", -(2**15), 2**15),
    ("java.lang.Byte", -(2**7), 2**7),
)

#: Classes whose objects may stand where Python wants an index.
_INTEGRAL = {
    "java.lang.Byte",
    "java.lang.Short",
    "java.lang.Integer",
    "java.lang.Long",
    "java.math.BigInteger",
    "java.util.concurrent.atomic.AtomicInteger",
    "java.util.concurrent.atomic.AtomicLong",
}


def add_protocols(name: str, base: type, traits: frozenset[str], namespace: dict[str, Any]) -> None:
    """Puts what Python's syntax wants of a class into its type's namespace.

    Args:
        name: The class's name.
        base: The superclass's type, which already has its own.
        traits: What the class is.
        namespace: Where Java's methods are already, which win.
    """
    wanted: dict[str, Any] = {"__reduce_ex__": _refuse_pickling}
    if "hasMoreElements" in namespace:
        wanted.update(_ENUMERATION)
    for trait, protocol in _PROTOCOLS.items():
        if trait in traits:
            wanted.update(protocol)
    if "array" in traits:
        from naja._java_array import PROTOCOL

        wanted.update(PROTOCOL)
    if name == "dev.naja.NdArray":
        from naja._nd_array import PROTOCOL

        wanted.update(PROTOCOL)
    if name in _INTEGRAL:
        wanted["__index__"] = _as_int
    for attribute, value in wanted.items():
        if attribute not in namespace and getattr(base, attribute, _bridge) is not value:
            namespace[attribute] = value


def _refuse_pickling(self: Any, protocol: int) -> Any:
    raise TypeError(
        f"cannot pickle {self!r}: Java objects belong to this process. "
        "naja.value(x) gives those by value that Python has a counterpart for"
    )


def _other_classes(value: object) -> Iterator[str]:
    """Java classes besides the first choice whose objects Python would show as this value."""
    if type(value) is int:
        yield from (name for name, least, limit in _INTEGERS if least <= value < limit)
        yield "java.math.BigInteger"
    elif type(value) is float:
        yield "java.lang.Float"
    elif type(value) is str and len(value) == 1 and value < "\U00010000":
        yield "java.lang.Character"


_MISSING: Any = object()


def _held(contains: Callable[[Any], bool], value: object) -> Any:
    """The form of a value that ``contains`` affirms, or `_MISSING`.

    A sorted collection cannot compare every form with what it holds; that is an error only if it
    can compare none.
    """
    refusal, answered = None, False
    for name in (None, *_other_classes(value)):
        try:
            form = value if name is None else _bridge.cast(value, jdk_type(name))
            if contains(form):
                return form
            answered = True
        except JavaException as error:
            if name is None and type(error).__name__ != "ClassCastException":
                raise
            refusal = refusal or error
        except (ImportError, TypeError, ValueError):
            if name is None:
                raise
    if refusal is not None and not answered:
        raise refusal
    return _MISSING


def _each(iterator: Any) -> Iterator[Any]:
    has_next, following = iterator.hasNext, iterator.next
    while has_next():
        yield following()


def _iterable_iter(self: Any) -> Iterator[Any]:
    iterator = self.iterator()
    # An iterator that Python made comes back as what it is in Python.
    return _each(iterator) if hasattr(iterator, "hasNext") else iter(iterator)


def _itself(self: Any) -> Any:
    return self


def _iterator_next(self: Any) -> Any:
    if self.hasNext():
        return self.next()
    raise StopIteration


def _enumeration_next(self: Any) -> Any:
    if self.hasMoreElements():
        return self.nextElement()
    raise StopIteration


def _size(self: Any) -> int:
    return self.size()


def _is_filled(self: Any) -> bool:
    return not self.isEmpty()


def _collection_contains(self: Any, value: object) -> bool:
    return _held(self.contains, value) is not _MISSING


def _place(sequence: Any, key: Any) -> int:
    place, length = as_index(key), len(sequence)
    if not -length <= place < length:
        raise IndexError(f"index {place} is out of range for {length} elements")
    return place + length if place < 0 else place


def _list_get(self: Any, key: Any) -> Any:
    if not isinstance(key, slice):
        place = as_index(key)
        if not 0 <= place < 2**31:
            return self.get(_place(self, place))
        try:
            return self.get(place)
        except JavaException:
            _place(self, place)
            raise
    start, stop, step = key.indices(len(self))
    if step == 1:
        return list(self.subList(start, max(start, stop)))
    return list(self)[key]


def _list_set(self: Any, key: Any, value: Any) -> None:
    if not isinstance(key, slice):
        self.set(_place(self, key), value)
        return
    values = list(value)
    start, stop, step = key.indices(len(self))
    if step == 1:
        part = self.subList(start, max(start, stop))
        part.clear()
        for element in values:
            part.add(element)
        return
    places = range(start, stop, step)
    if len(places) != len(values):
        raise ValueError(
            f"{len(values)} values cannot be assigned to a slice of {len(places)} elements"
        )
    for place, element in zip(places, values):
        self.set(place, element)


def _list_delete(self: Any, key: Any) -> None:
    if isinstance(key, slice):
        start, stop, step = key.indices(len(self))
        if step == 1:
            self.subList(start, max(start, stop)).clear()
            return
        places = sorted(range(start, stop, step), reverse=True)
    else:
        places = [_place(self, key)]
    for place in places:
        self.remove(place)  # An int means the place, not the element, as in Java.


def _list_reversed(self: Any) -> Iterator[Any]:
    iterator = self.listIterator(self.size())
    while iterator.hasPrevious():
        yield iterator.previous()


def _list_append(self: Any, value: Any) -> None:
    """Adds an element at the end."""
    self.add(value)


def _list_extend(self: Any, values: Iterable[Any]) -> None:
    """Adds elements at the end."""
    for value in list(values):
        self.add(value)


def _list_insert(self: Any, index: int, value: Any) -> None:
    """Adds an element before another; an index beyond the ends means the end."""
    length = len(self)
    place = max(0, index + length) if index < 0 else min(index, length)
    self.add(place, value)


def _list_pop(self: Any, index: int = -1) -> Any:
    """Removes an element, by default the last one, and returns it."""
    return self.remove(_place(self, index))


def _list_index(self: Any, value: Any) -> int:
    """Where the first element is that equals a value; ``ValueError`` if none does."""
    for place, element in enumerate(self):
        if element is value or element == value:
            return place
    raise ValueError(f"{value!r} is not in the list")


def _list_count(self: Any, value: Any) -> int:
    """How many elements equal a value."""
    return sum(element is value or element == value for element in self)


class MapItems(ItemsView):
    """The entries of a Java map as pairs; a view, as `dict.items` gives one."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        for entry in self._mapping.entrySet():
            yield entry.getKey(), entry.getValue()


def _map_iter(self: Any) -> Iterator[Any]:
    return _each(self.keySet().iterator())


def _map_contains(self: Any, key: Any) -> bool:
    return _held(self.containsKey, key) is not _MISSING


def _map_form(self: Any, key: Any) -> Any:
    """The form under which the map holds a key."""
    form = _held(self.containsKey, key)
    if form is _MISSING:
        raise KeyError(key)
    return form


def _map_get(self: Any, key: Any) -> Any:
    try:
        value = self.get(key)
    except JavaException:
        value = None  # Perhaps another form of the key does.
    return self.get(_map_form(self, key)) if value is None else value


def _map_set(self: Any, key: Any, value: Any) -> None:
    try:
        form = _held(self.containsKey, key)
    except JavaException:
        form = key  # What is wrong with the key, put() says itself.
    self.put(key if form is _MISSING else form, value)


def _map_delete(self: Any, key: Any) -> None:
    self.remove(_map_form(self, key))


def _map_keys(self: Any) -> Any:
    """The map's keys: Java's ``keySet()``."""
    return self.keySet()


def _map_items(self: Any) -> Any:
    """The map's entries as pairs."""
    return MapItems(self)


def _map_pop(self: Any, key: Any, default: Any = _MISSING) -> Any:
    """Removes a key and returns its value, or the default."""
    form = _held(self.containsKey, key)
    if form is not _MISSING:
        return self.remove(form)
    if default is _MISSING:
        raise KeyError(key)
    return default


def _map_setdefault(self: Any, key: Any, default: Any = None) -> Any:
    """The value of a key, which is put there if it is missing."""
    if key not in self:
        self[key] = default
    return self[key]


def _map_update(self: Any, other: Any = (), /, **more: Any) -> None:
    """Puts what another mapping, an iterable of pairs, or keyword arguments hold."""
    pairs = ((key, other[key]) for key in other.keys()) if hasattr(other, "keys") else other
    for key, value in pairs:
        self[key] = value
    for key, value in more.items():
        self[key] = value


def _entry_iter(self: Any) -> Iterator[Any]:
    return iter((self.getKey(), self.getValue()))


def _entry_get(self: Any, key: Any) -> Any:
    return (self.getKey(), self.getValue())[key]


def _entry_len(self: Any) -> int:
    return 2


def _less(self: Any, other: Any) -> bool:
    return self.compareTo(other) < 0


def _at_most(self: Any, other: Any) -> bool:
    return self.compareTo(other) <= 0


def _greater(self: Any, other: Any) -> bool:
    return self.compareTo(other) > 0


def _at_least(self: Any, other: Any) -> bool:
    return self.compareTo(other) >= 0


def _close(self: Any, *_: object) -> None:
    self.close()


def _text_len(self: Any) -> int:
    return self.length()


def _text_get(self: Any, key: Any) -> str:
    if not isinstance(key, slice):
        return self.charAt(_place(self, key))
    start, stop, step = key.indices(len(self))
    if step == 1:
        return str(self.subSequence(start, max(start, stop)))
    return "".join(self.charAt(place) for place in range(start, stop, step))


def _text_contains(self: Any, text: str) -> bool:
    return str(text) in str(self)


def _as_int(self: Any) -> int:
    value = _bridge.value(self)
    return int(self.longValue() if isinstance(value, _bridge.JavaObject) else value)


def _as_float(self: Any) -> float:
    return self.doubleValue()


def _await(self: Any) -> Generator[Any, None, Any]:
    from naja._async import wait

    return wait(self)


_ENUMERATION = {"__iter__": _itself, "__next__": _enumeration_next}

#: In an order in which the later one says more about a class.
_PROTOCOLS = {
    "Stream": {"__iter__": _iterable_iter},
    "Iterable": {"__iter__": _iterable_iter},
    "Iterator": {"__iter__": _itself, "__next__": _iterator_next},
    "Collection": {
        "__len__": _size,
        "__bool__": _is_filled,
        "__contains__": _collection_contains,
    },
    "List": {
        "__getitem__": _list_get,
        "__setitem__": _list_set,
        "__delitem__": _list_delete,
        "__reversed__": _list_reversed,
        "append": _list_append,
        "extend": _list_extend,
        "insert": _list_insert,
        "pop": _list_pop,
        "index": _list_index,
        "count": _list_count,
    },
    "Map": {
        "__len__": _size,
        "__bool__": _is_filled,
        "__iter__": _map_iter,
        "__contains__": _map_contains,
        "__getitem__": _map_get,
        "__setitem__": _map_set,
        "__delitem__": _map_delete,
        "keys": _map_keys,
        "items": _map_items,
        "pop": _map_pop,
        "setdefault": _map_setdefault,
        "update": _map_update,
    },
    "Entry": {"__iter__": _entry_iter, "__getitem__": _entry_get, "__len__": _entry_len},
    "Comparable": {
        "__lt__": _less,
        "__le__": _at_most,
        "__gt__": _greater,
        "__ge__": _at_least,
    },
    "AutoCloseable": {"__enter__": _itself, "__exit__": _close},
    "CharSequence": {
        "__len__": _text_len,
        "__getitem__": _text_get,
        "__contains__": _text_contains,
    },
    "Number": {"__int__": _as_int, "__float__": _as_float},
    "CompletionStage": {"__await__": _await},
}
