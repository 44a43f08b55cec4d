"""What is a Java type, and how is one read from a descriptor or signature (JVMS 4.3, 4.7.9.1)?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Union


@dataclass(frozen=True)
class Primitive:
    """A primitive type or ``void``, by its descriptor: one of ``BCDFIJSZV``."""

    code: str


@dataclass(frozen=True)
class Variable:
    """A type variable. ``owner`` is what declares it: a class's name, or a method's key."""

    owner: str
    name: str


@dataclass(frozen=True)
class Array:
    """An array of ``element``."""

    element: JavaType


@dataclass(frozen=True)
class Wildcard:
    """A type argument ``?`` (``*``), ``? extends bound`` (``+``) or ``? super bound`` (``-``)."""

    kind: str
    bound: JavaType | None = None


@dataclass(frozen=True)
class ClassType:
    """A class by its binary name (``java.util.Map$Entry``) with type arguments; none if raw."""

    name: str
    arguments: tuple[JavaType, ...] = ()


JavaType = Union[Primitive, Variable, Array, Wildcard, ClassType]

OBJECT = ClassType("java.lang.Object")


@dataclass(frozen=True)
class TypeParameter:
    """A declared type variable with its bounds, ``Object`` if it has none."""

    variable: Variable
    bounds: tuple[JavaType, ...]


class Signature:
    """Reads one descriptor or signature.

    Args:
        text: What the class file says.
        scope: The variables that may be named, by their names.
    """

    def __init__(self, text: str, scope: Mapping[str, Variable]) -> None:
        self._text = text
        self._at = 0
        self._scope = dict(scope)

    @property
    def scope(self) -> dict[str, Variable]:
        """The variables that are known by now."""
        return self._scope

    def at_end(self) -> bool:
        """Whether all is read."""
        return self._at >= len(self._text)

    def type_parameters(self, owner: str) -> tuple[TypeParameter, ...]:
        """The type parameters in angle brackets, which may be absent."""
        if not self._skip("<"):
            return ()
        start = self._at
        names = [name for name, _ in self._parameters()]
        self._scope.update((name, Variable(owner, name)) for name in names)
        # Once more: a bound may name a variable that is declared after it.
        self._at = start
        return tuple(
            TypeParameter(self._scope[name], tuple(bounds) or (OBJECT,))
            for name, bounds in self._parameters()
        )

    def parameters(self) -> tuple[JavaType, ...]:
        """A method's parameters in parentheses."""
        self._at += 1
        types = []
        while not self._skip(")"):
            types.append(self.type())
        return tuple(types)

    def type(self) -> JavaType:
        """The next type."""
        code = self._text[self._at]
        self._at += 1
        if code == "L":
            return self._class_type()
        if code == "[":
            return Array(self.type())
        if code == "T":
            name = self._until(";")
            self._at += 1
            return self._scope.get(name, OBJECT)
        return Primitive(code)

    def class_types(self) -> list[ClassType]:
        """The rest: a superclass and interfaces."""
        types = []
        while not self.at_end():
            found = self.type()
            assert isinstance(found, ClassType)
            types.append(found)
        return types

    def _parameters(self) -> list[tuple[str, list[JavaType]]]:
        found = []
        while not self._skip(">"):
            name = self._until(":")
            bounds = []
            while self._skip(":"):
                if (
                    self._text[self._at] != ":"
                ):  # An interface bound alone leaves the first one empty.
                    bounds.append(self.type())
            found.append((name, bounds))
        return found

    def _class_type(self) -> ClassType:
        name = self._until("<;.").replace("/", ".")
        arguments: tuple[JavaType, ...] = ()
        while True:
            if self._skip("<"):
                arguments = self._arguments()
            elif self._skip("."):
                name, arguments = f"{name}${self._until('<;.')}", ()
            else:
                self._at += 1
                return ClassType(name, arguments)

    def _arguments(self) -> tuple[JavaType, ...]:
        found: list[JavaType] = []
        while not self._skip(">"):
            if self._skip("*"):
                found.append(Wildcard("*"))
            elif self._text[self._at] in "+-":
                kind = self._text[self._at]
                self._at += 1
                found.append(Wildcard(kind, self.type()))
            else:
                found.append(self.type())
        return tuple(found)

    def _skip(self, mark: str) -> bool:
        if self._text.startswith(mark, self._at):
            self._at += 1
            return True
        return False

    def _until(self, marks: str) -> str:
        start = self._at
        while self._text[self._at] not in marks:
            self._at += 1
        return self._text[start : self._at]


def substitute(kind: JavaType, values: Mapping[Variable, JavaType]) -> JavaType:
    """The type with variables replaced."""
    if not values:
        return kind
    if isinstance(kind, Variable):
        return values.get(kind, kind)
    if isinstance(kind, Array):
        element = substitute(kind.element, values)
        return Array(_bound(element))
    if isinstance(kind, Wildcard) and kind.bound is not None:
        bound = substitute(kind.bound, values)
        return Wildcard(kind.kind, _bound(bound))
    if isinstance(kind, ClassType) and kind.arguments:
        arguments = tuple(substitute(argument, values) for argument in kind.arguments)
        return ClassType(kind.name, arguments)
    return kind


def _bound(kind: JavaType) -> JavaType:
    """What stands for a wildcard where none may stand."""
    if isinstance(kind, Wildcard):
        return kind.bound if kind.kind == "+" and kind.bound else OBJECT
    return kind
