"""How do Java's objects behave for code that was written for PEMJA?

As naja's do, but for what crosses: a method's results and arguments go by PEMJA's rules. For each
of naja's types of Java classes there is a subclass with the same layout whose methods give and take
so; a Java object becomes an instance of it when PEMJA's code first gets it, and stays the one object
that it is. Methods that give and take nothing but primitives and strings are naja's own.
"""

from __future__ import annotations

from _collections_abc import ItemsView
from itertools import count

from naja import _bridge
from naja._errors import JavaException
from naja._java import JavaType, jdk_type, value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

#: Types whose objects are the same by both rules.
_SCALARS = frozenset({int, float, str, bool, bytes, type(None)})


#: Classes whose objects become Python's when they are given.
_BY_VALUE = frozenset(
    {
        "java.sql.Date",
        "java.sql.Time",
        "java.sql.Timestamp",
        "pemja.core.object.PyIterator",
        "pemja.core.object.PyObject",
    }
)

_parcels: dict[int, Any] = {}
_numbers = count(1)


def keep(parcel: Any) -> int:
    """Keeps a value until it is fetched by the number that this gives."""
    number = next(_numbers)
    _parcels[number] = parcel
    return number


def fetch(number: int) -> Any:
    """What was kept, once."""
    return _parcels.pop(number)


def find_class(name: str) -> Any:
    """The Java class of a name, such as ``java.util.Map$Entry``; calling it constructs an object.

    Classes are looked for by the class loader of the Java code that called Python, then by the
    thread's context class loader, then by the system's.

    Raises:
        ImportError: No loader knows the class.
    """
    return lens(_bridge.find(name))


def lens(kind: type) -> type:
    """The subclass of one of naja's types whose methods go by PEMJA's rules."""
    made = kind.__dict__.get("_pemja_type")
    if made is None:
        # An exception stays what naja raises, and is caught by.
        made = kind if issubclass(kind, JavaException) else _make(kind)
        type.__setattr__(kind, "_pemja_type", made)
    return made


def give(given: Any) -> Any:
    """What Python gets of what Java has given."""
    kind = type(given)
    if kind in _SCALARS:
        return given
    giver = getattr(kind, "_pemja_give", None)
    if giver is None:
        if kind is tuple:
            return tuple(map(give, given))
        if not isinstance(kind, JavaType) or isinstance(given, JavaException):
            return given
        giver = _giver(kind)
        type.__setattr__(kind, "_pemja_give", staticmethod(giver))
    return giver(given)


class PemjaType(JavaType):
    """The type of these subclasses."""

    def __call__(cls, *arguments: Any, **named: Any) -> Any:
        """Constructs a Java object."""
        made = super().__call__(*[_take(each, True, True) for each in arguments], **named)
        kind = type(made)
        if isinstance(kind, JavaType) and not isinstance(made, JavaException):
            made.__class__ = lens(kind)
        return made

    def __setattr__(cls, name: str, new: object) -> None:
        """Sets a static field."""
        setattr(cls.__base__, name, _take(new, True, True))


def _make(kind: type) -> type:
    namespace: dict[str, Any] = {"__slots__": ()}
    members = kind.__dict__
    for line in _values().plan(kind.class_):
        name, _, flags = line.partition(":")
        member = members.get(name)
        if type(member).__name__ == "JavaMethod":
            wrap = _of_class if "s" in flags else _of_objects
            namespace[name] = wrap(member, "a" in flags, "f" in flags)
    for name, member in members.items():
        if isinstance(member, _bridge.JavaField):
            namespace[name] = _Field(member)
        elif type(member).__name__ == "_Nested":
            namespace[name] = _Nested(member)
    if issubclass(kind, jdk_type("java.util.Map")):
        namespace["items"] = _items
    elif issubclass(kind, jdk_type("java.util.List")):
        namespace.update(_LIST)
    namespace["_pemja_give"] = staticmethod(_itself)
    made = type.__new__(PemjaType, kind.__name__, (kind,), namespace)
    type.__setattr__(made, "_pemja_type", made)
    type.__setattr__(made, "__module__", kind.__module__)
    return made


def _itself(given: Any) -> Any:
    return given


def _values() -> Any:
    # Found anew: the class belongs to the class loader of the Java code that calls.
    return _bridge.find("dev.naja.pemja.Values")


def _of_objects(member: Any, arrays: bool, interfaces: bool) -> Callable[..., Any]:
    def method(*arguments: Any, **named: Any) -> Any:
        for argument in arguments[1:]:
            if type(argument) not in _SCALARS:
                rest = [_take(each, arrays, interfaces) for each in arguments[1:]]
                arguments = (arguments[0], *rest)
                break
        result = member(*arguments, **named)
        return result if type(result) in _SCALARS else give(result)

    method.__name__ = member.__name__
    return method


class _of_class:
    """A method that the class has too."""

    __slots__ = ("_arrays", "_interfaces", "_member")

    def __init__(self, member: Any, arrays: bool, interfaces: bool) -> None:
        self._member = member
        self._arrays = arrays
        self._interfaces = interfaces

    def __get__(self, instance: Any, owner: Any = None) -> Callable[..., Any]:
        bound = self._member.__get__(instance, owner)
        arrays, interfaces = self._arrays, self._interfaces

        def method(*arguments: Any, **named: Any) -> Any:
            return give(bound(*[_take(each, arrays, interfaces) for each in arguments], **named))

        return method


class _Field:
    """A field."""

    __slots__ = ("_field",)

    def __init__(self, field: Any) -> None:
        self._field = field

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return give(self._field.__get__(instance, owner))

    def __set__(self, instance: Any, new: Any) -> None:
        self._field.__set__(instance, _take(new, True, True))


class _Nested:
    """A nested class."""

    __slots__ = ("_nested",)

    def __init__(self, nested: Any) -> None:
        self._nested = nested

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        return lens(self._nested.__get__(instance, owner))


def _take(taken: Any, arrays: bool, interfaces: bool) -> Any:
    """What a Java method gets of an argument.

    Args:
        taken: The argument.
        arrays: Whether an overload takes an array that is made of a tuple.
        interfaces: Whether one takes an interface, which a callable can be.
    """
    kind = type(taken)
    if kind is Entry:
        taken, kind = tuple(taken), tuple
    if kind in _SCALARS or isinstance(kind, JavaType) or isinstance(taken, (type, JavaException)):
        return taken
    if kind is list or (kind is tuple and arrays):
        if all(type(element) in _SCALARS for element in taken):
            return taken
    elif interfaces and callable(taken):
        return taken
    elif kind.__module__ == "naja" or hasattr(kind, "__java_interfaces__"):
        return taken  # What naja.cast gave, or an object that Java sees by its interfaces.
    return _values().take(keep(taken))


def _giver(kind: type) -> Callable[[Any], Any]:
    """What makes of instances what Python gets."""
    name = kind.__java_name__
    if kind.__java_kind__ == "array":
        return value if name == "byte[]" else _by_value
    if name == "java.math.BigDecimal":
        return value
    if name in _BY_VALUE:
        return _by_value
    if issubclass(kind, jdk_type("java.util.Map.Entry")):
        return _entry
    if _copies():
        if issubclass(kind, jdk_type("java.util.List")):
            return _list
        if issubclass(kind, jdk_type("java.util.Map")):
            return _dict
    made = lens(kind)

    def adopt(given: Any) -> Any:
        given.__class__ = made
        return given

    return adopt


def _copies() -> bool:
    """Whether lists and maps go by value, as they did up to PEMJA 0.5."""
    System = jdk_type("java.lang.System")
    return System.getProperty("naja.pemja.collections") == "copy"


def _by_value(given: Any) -> Any:
    return give(fetch(_values().give(given)))


class Entry(tuple):
    """An entry of a map: a pair, and what it was up to PEMJA 0.5, on which PyFlink counts."""

    __slots__ = ()

    def getKey(self) -> Any:
        """The key."""
        return self[0]

    def getValue(self) -> Any:
        """The value."""
        return self[1]


def _entry(entry: Any) -> Any:
    return Entry((give(entry.getKey()), give(entry.getValue())))


def _list(given: Any) -> Any:
    return [give(element) for element in given]


def _dict(given: Any) -> Any:
    return {give(key): give(given.get(key)) for key in given}


class _Items(ItemsView):
    """The entries of a map as pairs."""

    def __iter__(self) -> Iterator[Any]:
        yield from self._mapping.entrySet()


def _items(self: Any) -> Any:
    return _Items(self)


def _copy(self: Any) -> Any:
    return find_class("java.util.ArrayList")(self)


def _extended(self: Any, other: Any) -> Any:
    for element in list(other):
        self.add(element)
    return self


def _repeated(self: Any, count: int) -> Any:
    elements = list(self)
    if count < 1:
        self.clear()
    for _ in range(count - 1):
        _extended(self, elements)
    return self


#: What PEMJA's lists can besides what naja's can.
_LIST: dict[str, Any] = {
    "__add__": lambda self, other: _extended(_copy(self), other),
    "__mul__": lambda self, count: _repeated(_copy(self), count),
    "__iadd__": _extended,
    "__imul__": _repeated,
}
