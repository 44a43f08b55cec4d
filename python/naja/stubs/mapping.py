"""Which Python type stands for a Java type: passed, returned, or handed to a callback?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Callable, Protocol

from . import conventions as rules
from .class_file import ENUM
from .conventions import ANY
from .hierarchy import Hierarchy
from .java_types import (
    OBJECT,
    Array,
    ClassType,
    JavaType,
    Primitive,
    Variable,
    Wildcard,
    substitute,
)

#: The members of a union.
Members = tuple[str, ...]


class Names(Protocol):
    """How the file that is being written calls things."""

    def class_name(self, name: str) -> str | None:
        """A Java class, or ``None`` for one that is not written."""

    def variable(self, variable: Variable) -> str | None:
        """A type variable, or ``None`` for one that cannot be named here."""

    def array(self, element: str) -> str:
        """A Java array of elements."""


class Mapping:
    """Java types as the Python types of one file."""

    def __init__(self, hierarchy: Hierarchy, names: Names) -> None:
        self._hierarchy = hierarchy
        self._names = names

    def parameter(self, kind: JavaType) -> Members:
        """What Python may pass. Any reference may be None."""
        members = self.accepted(kind)
        return members if isinstance(kind, Primitive) else union([*members, "None"])

    def accepted(self, kind: JavaType) -> Members:
        """What Python may pass beside None."""
        kind = self._bounded(kind)
        if isinstance(kind, Array):
            if kind.element == Primitive("B"):
                return ("bytes", "bytearray", "memoryview", self._names.array("int"))
            element = join(self.accepted(kind.element))
            return (*_containers("_abc.Sequence[{0}]", [element]), self._names.array(element))
        if not isinstance(kind, ClassType):
            return self._simple(kind)
        if kind.name in rules.ANYTHING:
            return (ANY,)
        if kind.name in rules.SCALARS:
            return (rules.SCALARS[kind.name],)
        callable_ = self.callable(kind)
        if callable_ and self._hierarchy.is_callable(kind.name):
            return (callable_,)
        members = self._passed_as(kind)
        return union([*members, callable_] if callable_ else members)

    def result(self, kind: JavaType) -> Members:
        """What Python gets. Whether it may be None, Java does not say."""
        kind = self._bounded(kind)
        if isinstance(kind, Array):
            return (self._names.array(join(self.result(kind.element))),)
        if not isinstance(kind, ClassType):
            return self._simple(kind)
        if kind.name in rules.ANYTHING:
            return (ANY,)
        if kind.name in rules.SCALARS:
            return (rules.SCALARS[kind.name],)
        return union([*rules.MIXED.get(kind.name, ()), self._class(kind, passed=False)])

    def handed(self, kind: JavaType) -> Members:
        """What a callback is passed, which Java hands over by value."""
        kind = self._bounded(kind)
        if isinstance(kind, Array):
            if kind.element == Primitive("B"):
                return ("bytes",)
            element = join(self.handed(kind.element))
            primitive = isinstance(kind.element, Primitive)
            return (f"list[{element}]" if primitive else f"tuple[{element}, ...]",)
        if not isinstance(kind, ClassType):
            return self._simple(kind)
        if kind.name in rules.OPTIONALS:
            return union([self._fill(rules.OPTIONALS[kind.name], kind, self.handed), "None"])
        if kind.name in rules.NATURAL:
            return (rules.NATURAL[kind.name],)
        if self._is(kind.name, ENUM):
            return ("str",)
        for name, form in rules.HANDED.items():
            if self._hierarchy.is_subclass(kind.name, name):
                seen = self._hierarchy.ancestors(kind.name)[name]
                seen = substitute(seen, self._hierarchy.values(kind))  # type: ignore[assignment]
                return (self._fill(form, seen, self.handed),)
        if self._hierarchy.is_subclass(kind.name, "java.lang.Record"):
            return (ANY,)
        return self.result(kind)

    def callable(self, kind: ClassType) -> str | None:
        """A functional interface as the callable that Python passes for it; ``None`` for others."""
        if kind.name in rules.ANYTHING or kind.name in rules.CONTAINERS:
            return None
        method = self._hierarchy.functional(kind.name)
        if method is None:
            return None
        values = self._hierarchy.values(kind)
        types = [substitute(parameter, values) for parameter in method.parameters]
        given = ", ".join(join(self.handed(each)) for each in types)
        taken = substitute(method.result, values)
        nothing = taken == Primitive("V")
        returned = "object" if nothing else join(self.accepted(taken))
        return f"_abc.Callable[[{given}], {returned}]"

    def bound(self, kind: JavaType) -> str | None:
        """The bound of a type variable; ``None`` where Python's types know no such bound."""
        if isinstance(kind, Variable):
            return None
        bare = ClassType(kind.name) if isinstance(kind, ClassType) else kind
        text = join(self.result(bare))
        return None if text == ANY or text in rules.SCALARS.values() else text

    def base(self, kind: ClassType) -> str | None:
        """A supertype as a base class; ``None`` for one that is not written."""
        return self._class(kind, passed=False) if self._names.class_name(kind.name) else None

    def _simple(self, kind: JavaType) -> Members:
        if isinstance(kind, Primitive):
            return (rules.PRIMITIVES[kind.code],)
        assert isinstance(kind, Variable)
        return (self._names.variable(kind) or ANY,)

    def _bounded(self, kind: JavaType) -> JavaType:
        if isinstance(kind, Wildcard):
            return kind.bound or OBJECT
        return kind

    def _passed_as(self, kind: ClassType) -> Members:
        name = kind.name
        members = [] if self._names.class_name(name) is None else [self._class(kind, passed=True)]
        members += rules.ALSO.get(name, ())
        if name in rules.CONTAINERS:
            elements = [join(self.accepted(each)) for each in kind.arguments]
            members += _containers(rules.CONTAINERS[name], elements or [ANY] * 2)
        if name in rules.EXCEPTIONS:
            members.append("BaseException")
        if self._is(name, ENUM):
            members.append("str")
        # Not for interfaces that everything implements, such as Comparable: these are Any already.
        members += (
            python
            for natural, python in rules.NATURAL.items()
            if self._hierarchy.is_subclass(natural, name)
        )
        return union(members) if members else (ANY,)

    def _is(self, name: str, flag: int) -> bool:
        file = self._hierarchy.find(name)
        return file is not None and bool(file.flags & flag)

    def _class(self, kind: ClassType, *, passed: bool) -> str:
        name = self._names.class_name(kind.name)
        if name is None:
            return ANY
        arguments = self._arguments(kind, passed=passed)
        return f"{name}[{arguments}]" if arguments else name

    def _arguments(self, kind: ClassType, *, passed: bool) -> str:
        file = self._hierarchy.find(kind.name)
        count = len(file.type_parameters) if file else 0
        if len(kind.arguments) != count:
            return ", ".join([ANY] * count)
        return ", ".join(self._argument(each, passed) for each in kind.arguments)

    def _argument(self, kind: JavaType, passed: bool) -> str:
        """A type argument. Python's classes are invariant in theirs, so wildcards are loosened."""
        if isinstance(kind, Wildcard):
            if kind.bound is None:
                return ANY
            if passed and kind.kind == "+" and not isinstance(kind.bound, Variable):
                return ANY
            if not passed and kind.kind == "-":
                return ANY
            return join(self.result(kind.bound))
        return join(self.result(kind))

    def _fill(self, form: str, kind: ClassType, each: Callable[[JavaType], Members]) -> str:
        arguments = [join(each(argument)) for argument in kind.arguments]
        return form.format(*arguments or [ANY] * 2)


def _containers(form: str, elements: list[str]) -> list[str]:
    """Python's containers of elements; a str is not meant where strings are wanted."""
    if elements == ["str"] and form in ("_abc.Sequence[{0}]", "_abc.Collection[{0}]"):
        found = ["list[str]", "tuple[str, ...]"]
        return found if "Sequence" in form else [*found, "_abc.Set[str]"]
    return [form.format(*elements)]


def union(members: Iterable[str]) -> Members:
    """The members without repetition; Any swallows the rest."""
    found = tuple(dict.fromkeys(members))
    return (ANY,) if ANY in found else found


def join(members: Members) -> str:
    """A union as text."""
    return " | ".join(members)
