"""What does a class have, its supertypes considered, and what of it must its stub say itself?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from keyword import iskeyword

from .class_file import ABSTRACT, STATIC, VARARGS, ClassFile, Method
from .class_path import ClassPath
from .java_types import (
    OBJECT,
    Array,
    ClassType,
    JavaType,
    Primitive,
    TypeParameter,
    Variable,
    Wildcard,
    substitute,
)

Overloads = dict[str, list[Method]]
Values = dict[Variable, JavaType]


class Hierarchy:
    """Classes with what they inherit. Everything is found once."""

    def __init__(self, class_path: ClassPath) -> None:
        self._class_path = class_path
        self._bounds: dict[Variable, tuple[JavaType, ...]] = {}
        self._known: set[str] = set()
        self._ancestors: dict[str, dict[str, ClassType]] = {}
        self._visible: dict[str, dict[tuple[str, tuple[str, ...]], Method]] = {}
        self._bases: dict[str, list[ClassType]] = {}
        self._orders: dict[str, list[str]] = {}
        self._own: dict[str, Overloads] = {}
        #: Supertypes that are not on the class path, and a class that names each.
        self.missing: dict[str, str] = {}

    def find(self, name: str) -> ClassFile | None:
        """A class by its binary name; remembers the bounds of its type variables."""
        file = self._class_path.find(name)
        if file is not None and name not in self._known:
            self._known.add(name)
            for parameter in _parameters(file):
                self._bounds[parameter.variable] = parameter.bounds
        return file

    def bound(self, variable: Variable) -> JavaType:
        """The first bound of a type variable."""
        return self._bounds.get(variable, (OBJECT,))[0]

    def supertypes(self, name: str) -> list[ClassType]:
        """Superclass and interfaces; Object for an interface that extends none."""
        file = self.find(name)
        if file is None:
            return []
        return file.supertypes or ([OBJECT] if file.is_interface else [])

    def ancestors(self, name: str) -> dict[str, ClassType]:
        """The class itself and all its supertypes, with type arguments as it sees them."""
        if name not in self._ancestors:
            file = self.find(name)
            variables = tuple(each.variable for each in file.type_parameters) if file else ()
            found = {name: ClassType(name, variables)}
            self._ancestors[name] = found
            for supertype in self.supertypes(name):
                values = self._values(supertype)
                for above, kind in self.ancestors(supertype.name).items():
                    seen = substitute(kind, values)
                    assert isinstance(seen, ClassType)
                    found.setdefault(above, seen)
        return self._ancestors[name]

    def is_subclass(self, name: str, above: str) -> bool:
        """Whether ``above`` is the class itself or one of its supertypes."""
        return above in self.ancestors(name)

    def is_accessible(self, name: str) -> bool:
        """Whether Python code can name the class.

        It is public as all around it, has no odd name, and no field or method has the same.
        """
        file = self.find(name)
        if file is None or not file.is_public or file.outer == "":
            return False
        simple = name.rpartition("$" if file.outer else ".")[2]
        outer = self.find(file.outer) if file.outer else None
        if outer is None:
            return is_name(simple) and not file.outer
        hidden = any(simple == field.name for field in outer.fields)
        hidden |= simple in self.visible(outer.name)
        return is_name(simple) and not hidden and self.is_accessible(outer.name)

    def visible(self, name: str) -> Overloads:
        """All public methods, as ``Class.getMethods`` gives them, in the class's own variables."""
        found: Overloads = {}
        for method in self._methods(name).values():
            found.setdefault(method.name, []).append(method)
        return found

    def bases(self, name: str) -> list[ClassType]:
        """What the Python class extends: the accessible supertypes nearest to it, none in vain.

        A supertype that is not on the class path stands there with an empty name.
        """
        if name not in self._bases:
            self._linearize(name)
        return self._bases[name]

    def own(self, name: str) -> Overloads:
        """The methods that the stub of the class must list, as its bases' lists would mislead."""
        if name not in self._own:
            ancestors, found = self.ancestors(name), {}
            self.bases(name)
            for method_name, methods in self.visible(name).items():
                inherited: list[Method] = []
                for above in self._orders[name][1:]:
                    if method_name in self.own(above):
                        values = self._values(ancestors[above])
                        inherited = [
                            _replace(method, values) for method in self.visible(above)[method_name]
                        ]
                        break
                if set(map(_shape, methods)) != set(map(_shape, inherited)):
                    found[method_name] = methods
            self._own[name] = found
        return self._own[name]

    def functional(self, name: str) -> Method | None:
        """The single abstract method of a functional interface (JLS 9.8)."""
        file = self.find(name)
        if file is None or not file.is_interface:
            return None
        objects = self._methods(OBJECT.name)
        abstract = [
            method
            for key, method in self._methods(name).items()
            if method.flags & ABSTRACT and key not in objects
        ]
        return abstract[0] if len(abstract) == 1 else None

    def is_callable(self, name: str) -> bool:
        """Whether objects of a functional interface can be called.

        Of the JDK's only those can that say so: nobody means to call an ``AutoCloseable``.
        """
        file = self.find(name)
        meant = file is not None and (file.functional or not name.startswith("java."))
        return meant and self.functional(name) is not None

    def values(self, kind: ClassType) -> Values:
        """What the variables of a class stand for in one of its types."""
        return self._values(kind)

    def _values(self, kind: ClassType) -> Values:
        file = self.find(kind.name)
        if file is None:
            return {}
        # A raw type: the bounds stand in.
        arguments = kind.arguments or [OBJECT] * len(file.type_parameters)
        return {each.variable: value for each, value in zip(file.type_parameters, arguments)}

    def _methods(self, name: str) -> dict[tuple[str, tuple[str, ...]], Method]:
        if name not in self._visible:
            file = self.find(name)
            declared = file.methods if file else []
            found = {self._key(each): each for each in declared if each.name != "<init>"}
            for supertype in self.supertypes(name):
                above = self.find(supertype.name)
                values = self._values(supertype)
                for method in self._methods(supertype.name).values():
                    if above and above.is_interface and method.flags & STATIC:
                        continue  # Interfaces keep their static methods to themselves.
                    seen = _replace(method, values)
                    found.setdefault(self._key(seen), seen)
            self._visible[name] = found
        return self._visible[name]

    def _key(self, method: Method) -> tuple[str, tuple[str, ...]]:
        return method.name, tuple(map(self.erasure, method.parameters))

    def erasure(self, kind: JavaType | None) -> str:
        """The type without generics, as text (JLS 4.6)."""
        if isinstance(kind, Primitive):
            return kind.code
        if isinstance(kind, Array):
            return "[" + self.erasure(kind.element)
        if isinstance(kind, Variable):
            return self.erasure(self.bound(kind))
        if isinstance(kind, Wildcard):
            return self.erasure(kind.bound if kind.kind == "+" else OBJECT)
        return kind.name if kind else OBJECT.name

    def _linearize(self, name: str) -> None:
        found = {base.name: base for base in self._nearest(name)}
        kept = [
            base
            for base in found.values()
            if not any(base.name in self.ancestors(other) for other in found if other != base.name)
        ]
        by_depth = sorted(kept, key=lambda base: -len(self.ancestors(base.name)))
        # Java knows no order among supertypes; Python refuses some orders, and a few hierarchies.
        for bases in (kept, by_depth, kept[:1]):
            above = [list(self._order(base.name)) for base in bases]
            order = _merge([*above, [base.name for base in bases]])
            if order is not None:
                self._bases[name], self._orders[name] = bases, [name, *order]
                return

    def _order(self, name: str) -> list[str]:
        if name not in self._orders:
            self._linearize(name)
        return self._orders[name]

    def _nearest(self, name: str) -> Iterator[ClassType]:
        for supertype in self.supertypes(name):
            if self.find(supertype.name) is None:
                self.missing.setdefault(supertype.name, name)
                yield supertype
            elif self.is_accessible(supertype.name):
                yield supertype
            else:
                values = self._values(supertype)
                for base in self._nearest(supertype.name):
                    seen = substitute(base, values)
                    assert isinstance(seen, ClassType)
                    yield seen


def is_name(text: str) -> bool:
    """Whether Python code can write the name after a dot."""
    return text.isidentifier() and not iskeyword(text)


def _parameters(file: ClassFile) -> Iterator[TypeParameter]:
    yield from file.type_parameters
    for method in file.methods:
        yield from method.type_parameters


def _replace(method: Method, values: Mapping[Variable, JavaType]) -> Method:
    if not values:
        return method
    parameters = tuple(substitute(each, values) for each in method.parameters)
    return replace(method, parameters=parameters, result=substitute(method.result, values))


def _shape(method: Method) -> object:
    """What of a method matters to its callers; names of type variables do not."""
    values: Values = {
        each.variable: Variable("", str(index)) for index, each in enumerate(method.type_parameters)
    }
    return (
        method.flags & (STATIC | VARARGS),
        tuple(substitute(each, values) for each in method.parameters),
        substitute(method.result, values),
    )


def _merge(orders: Iterable[list[str]]) -> list[str] | None:
    """Python's linearization (C3), or ``None`` where there is none."""
    rest = [order for order in orders if order]
    merged = []
    while rest:
        heads = (order[0] for order in rest)
        head = next((each for each in heads if not any(each in one[1:] for one in rest)), None)
        if head is None:
            return None
        merged.append(head)
        rest = [shorter for shorter in ([x for x in one if x != head] for one in rest) if shorter]
    return merged
