"""How does a Python class implement Java interfaces?"""

from __future__ import annotations

from naja import _bridge
from naja._java import JavaType, java_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Class = TypeVar("Class", bound=type)


def implements(*interfaces: JavaType | str) -> Callable[[Class], Class]:
    """Makes a Python class implement Java interfaces, as in ``@naja.implements(Runnable)``.

    Each object, handed to Java, is one Java object that calls the Python object's methods, from
    whatever thread. Java's ``equals``, ``hashCode`` and ``toString`` ask ``__eq__``, ``__hash__``
    and ``__str__``. A default method runs in Java unless the class has a method of its name. A
    method that is missing is a `NotImplementedError` when Java calls it. Back in Python the object
    is the Python object. Subclasses implement what their base classes do.

    Args:
        interfaces: Java interfaces or their names.

    Raises:
        TypeError: None is given, or one that is no Java interface; or what is decorated is no
            Python class.
        ImportError: There is no class of a given name.
    """
    types = tuple(map(_interface, interfaces))
    if not types:
        raise TypeError("@naja.implements wants Java interfaces, as in @naja.implements(Runnable)")

    def decorate(cls: Class) -> Class:
        if not isinstance(cls, type) or isinstance(cls, JavaType):
            raise TypeError(f"@naja.implements stands above a Python class, not {cls!r}")
        inherited = getattr(cls, "__java_interfaces__", ())
        cls.__java_interfaces__ = tuple(dict.fromkeys((*types, *inherited)))
        return cls

    return decorate


def _interface(given: JavaType | str) -> JavaType:
    found = java_type(given) if isinstance(given, str) else given
    if not isinstance(found, JavaType):
        hint = ": write @naja.implements(...)" if isinstance(found, type) else ""
        raise TypeError(f"@naja.implements wants Java interfaces, not {found!r}{hint}")
    if found.__java_kind__ not in ("interface", "functional"):
        raise TypeError(
            f"@naja.implements wants Java interfaces; {found.__java_name__} is none. "
            "A Python class cannot extend a Java class"
        )
    return found


def functional(interface: JavaType, function: Callable[..., Any]) -> Any:
    """A Java object of a functional interface that calls a Python callable."""
    kind = type(interface.__name__, (_Function,), {"__java_interfaces__": (interface,)})
    return _bridge.proxy(kind(function))


class _Function:
    """A callable that implements the interface that its class, made by `functional`, names."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *args: Any) -> Any:
        return self._function(*args)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._function!r}>"
