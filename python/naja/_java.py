"""What is a Java class to Python?

A type, made by the bridge when the class is first met and kept as long as somebody holds it. Its
metaclass is `JavaType`. Superclasses are its bases; Java's interfaces are not, but `isinstance` and
`issubclass` know them. What Python's syntax may do with its instances is in ``naja._protocols``.
"""

from __future__ import annotations

import copyreg
from keyword import iskeyword

from naja import _bridge
from naja._errors import JavaException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

_PRIMITIVES = {
    "Z": "boolean",
    "B": "byte",
    "S": "short",
    "C": "char",
    "I": "int",
    "J": "long",
    "F": "float",
    "D": "double",
}


class JavaType(type):
    """The type of the Python types that stand for Java classes.

    Calling one constructs an object; static members and nested classes are its attributes. A member
    whose name is a keyword of Python is met with an underscore behind, as in ``System.in_``.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any]) -> JavaType:
        """Refuses: a Java class has no subclasses in Python."""
        java = next((base for base in bases if isinstance(base, JavaType)), None)
        shown = java.__java_name__ if java is not None else name
        raise TypeError(
            f"the Python class {name!r} cannot extend the Java class {shown}. A Python class can "
            "implement Java interfaces: write @naja.implements(...) above it"
        )

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """Constructs a Java object.

        An array type takes a length or the elements. A functional interface takes a callable.

        Raises:
            TypeError: No constructor takes these arguments, or there is none.
        """
        if kwargs:
            names = ", ".join(kwargs)
            raise TypeError(
                f"the constructors of {cls.__java_name__} take no keyword arguments ({names}): "
                "Java's parameters have positions only"
            )
        kind = cls.__java_kind__
        if kind == "class":
            return _bridge.construct(cls, args)
        if kind == "throwable":
            # Nothing has been thrown yet.
            return _bridge.construct(cls, args).with_traceback(None)
        if kind == "array":
            from naja._java_array import new_array

            return new_array(cls, *args)
        if kind == "functional" and len(args) == 1 and callable(args[0]):
            from naja._implements import functional

            return functional(cls, args[0])
        raise TypeError(_no_constructor(cls))

    def __instancecheck__(cls, instance: object) -> bool:
        """Whether Java's ``instanceof`` holds, or a Python object implements the interface."""
        if type.__instancecheck__(cls, instance):
            return True
        if isinstance(instance, (_bridge.JavaObject, JavaException)):
            return _bridge.is_instance(cls, instance)
        return issubclass(type(instance), cls)

    def __subclasscheck__(cls, subclass: type) -> bool:
        """Whether Java can assign the one to the other."""
        if type.__subclasscheck__(cls, subclass):
            return True
        if isinstance(subclass, JavaType):
            return _bridge.is_assignable(cls, subclass)
        implemented = getattr(subclass, "__java_interfaces__", ())
        return any(issubclass(interface, cls) for interface in implemented)

    def __setattr__(cls, name: str, value: object) -> None:
        """Sets a static field.

        Raises:
            AttributeError: There is no such field, or it is final.
        """
        if not any(name in base.__dict__ for base in cls.__mro__):
            near = _bridge.near(cls, name)
            hint = f". Did you mean: {', '.join(map(repr, near))}?" if near else ""
            raise AttributeError(f"{cls.__java_name__} has no static field {name!r}{hint}")
        _bridge.set_static(cls, name, value)

    def __delattr__(cls, name: str) -> None:
        """Refuses: a Java class keeps its members."""
        raise AttributeError(f"{cls.__java_name__}.{name} cannot be deleted: it is Java's")

    def __iter__(cls) -> Iterator[Any]:
        """Goes through the constants of an enum."""
        if cls.__java_kind__ != "enum":
            raise TypeError(f"{cls!r} is not iterable: only enum classes are, by their constants")
        return iter(cls.values())

    def __getitem__(cls, key: Any) -> Any:
        """The enum constant of a name; for other classes the type as annotations write it."""
        if cls.__java_kind__ == "enum" and isinstance(key, str):
            for constant in cls:
                if constant.name() == key:
                    return constant
            known = ", ".join(constant.name() for constant in cls)
            raise KeyError(f"{cls.__java_name__} has no constant {key!r}; it has {known}")
        from types import GenericAlias

        return GenericAlias(cls, key)

    def __repr__(cls) -> str:
        return f"<java class {cls.__java_name__!r}>"

    @property
    def class_(cls) -> Any:
        """The ``java.lang.Class`` object, as ``ArrayList.class`` is in Java."""
        return _bridge.class_object(cls)

    @property
    def __doc__(cls) -> str:
        """The class's name and its constructors."""
        lines = [f"The Java class {cls.__java_name__}."]
        constructors = _bridge.signatures(cls, "<init>")
        return "\n".join([*lines, "", *constructors] if constructors else lines)


class _Nested:
    """A nested class as an attribute of the outer one; found anew at each access."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> Any:
        return _bridge.find(self._name)


def make_type(
    name: str,
    base: type | None,
    traits: frozenset[str],
    namespace: dict[str, Any],
    nested: list[str],
    functional: str | None,
    why: str,
) -> type:
    """The Python type of a Java class. Called by the bridge, once per class.

    Args:
        name: What ``Class.getName()`` says.
        base: The superclass's type; ``None`` for ``java.lang.Object`` and for interfaces.
        traits: What the class is, and the interfaces that Python's syntax has a use for.
        namespace: Descriptors of methods and fields by name. Taken over.
        nested: Simple names of the public member classes.
        functional: The name of the only abstract method of a functional interface.
        why: For a class that the filter refuses, why.
    """
    if base is None:
        base = JavaException if "throwable" in traits else _bridge.JavaObject
    for member in filter(iskeyword, list(namespace)):
        namespace.setdefault(f"{member}_", namespace[member])
    for member in nested:
        namespace.setdefault(member, _Nested(f"{name}${member}"))
    if "throwable" not in traits:
        from naja._protocols import add_protocols

        add_protocols(name, base, traits, namespace)
        # No instance dictionary: a misspelt field is an error.
        namespace["__slots__"] = () if base.__weakrefoffset__ else ("__weakref__",)
    if "refused" in traits:
        namespace["__getattr__"] = _refusal(why)
    shown = java_name(name)
    package, _, qualified = shown.rpartition(".")
    namespace.update(
        __module__=package or "java",
        __qualname__=qualified.replace("$", "."),
        __java_name__=shown,
        __java_kind__=_kind(name, traits, functional),
        __java_functional__=functional,
        __java_why__=why,
    )
    return type.__new__(JavaType, qualified.rpartition("$")[2] or qualified, (base,), namespace)


def java_name(name: str) -> str:
    """A class's name as Java's source writes it: ``int[][]`` for ``[[I``."""
    element = name.lstrip("[")
    depth = len(name) - len(element)
    if depth:
        element = _PRIMITIVES.get(element) or element[1:-1]
    return element + "[]" * depth


def _kind(name: str, traits: frozenset[str], functional: str | None) -> str:
    """What calling the type does."""
    if name in _PRIMITIVES.values() or name == "void":
        return "primitive"
    if "interface" in traits and "refused" not in traits and functional:
        return "functional"
    kinds = ("refused", "array", "interface", "enum", "abstract", "throwable")
    return next((kind for kind in kinds if kind in traits), "class")


def _no_constructor(cls: JavaType) -> str:
    name, simple = cls.__java_name__, cls.__name__
    return {
        "refused": cls.__java_why__,
        "primitive": f"{name} is a primitive type, of which there are no objects. To have an "
        f'argument taken as one, write naja.cast(x, "{name}")',
        "functional": f"{name} is a functional interface: call it with one callable, or construct "
        f"a class that implements it; a Python class can, with @naja.implements({simple})",
        "interface": f"{name} is an interface, which has no constructor. Construct a class that "
        f"implements it; a Python class can, with @naja.implements({simple})",
        "abstract": f"{name} is abstract, so it cannot be constructed. Construct a subclass of it",
        "enum": f"{name} is an enum: its constants are its attributes, as in "
        f'{simple}.NAME and {simple}["NAME"]',
    }[cls.__java_kind__]


def _refusal(why: str) -> Callable[[object, str], Any]:
    def refused(self: object, name: str) -> Any:
        raise AttributeError(f"{name!r} cannot be used: {why}")

    return refused


def java_type(name: str) -> Any:
    """The Python type of a Java class.

    Args:
        name: As in Java's source or as ``Class.getName()`` says it: ``java.util.Map.Entry``,
            ``java.util.Map$Entry``, ``int``, ``java.lang.String[]``.

    Classes are looked for by the class loader of the Java code that called Python, then by the
    thread's context class loader, then by the system's.

    Raises:
        ImportError: No loader knows the class, or the class filter refuses it.
    """
    return _bridge.find(name)


_jdk_types: dict[str, Any] = {}


def jdk_type(name: str) -> Any:
    """The Python type of a class in a package ``java.*``, which no class loader takes away."""
    found = _jdk_types.get(name)
    if found is None:
        found = _jdk_types[name] = _bridge.find(name)
    return found


def cast(value: object, target: str | JavaType) -> Any:
    """An argument whose Java type is given, which chooses between overloads.

    Args:
        value: Whatever can be passed where Java wants the target.
        target: A Java class or its name, or a primitive type such as ``"int"``.

    Returns:
        An object of use as an argument of a Java method or constructor only.
    """
    return _bridge.cast(value, target)


def value(object: Any) -> Any:
    """A Java object by value: a list, a dict, a datetime, as ``docs/conversion.md`` says.

    What has no counterpart in Python, and whatever is not Java's, is returned as it is.
    """
    return _bridge.value(object) if isinstance(object, _bridge.JavaObject) else object


def _refuse_pickling(cls: JavaType) -> Any:
    raise TypeError(
        f"cannot pickle {cls!r}: Java classes belong to this process. "
        "Pass the class's name and call naja.java_type there"
    )


copyreg.pickle(JavaType, _refuse_pickling)
