"""In which order do overloads stand in a stub, and which of them say the same to Python?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .class_file import ENUM, VARARGS, Method
from .conventions import ANY
from .hierarchy import Hierarchy
from .java_types import Array, JavaType, Primitive
from .mapping import Members

#: Kinds of parameters in the order in which a Python value would choose among them.
ORDER = [
    "Z",
    "java.lang.Boolean",
    "JBSI",
    "java.lang.Long",
    "java.lang.Byte",
    "java.lang.Short",
    "java.lang.Integer",
    "java.math.BigInteger",
    "DF",
    "java.lang.Double",
    "java.lang.Float",
    "java.lang.String",
]
_CLASSES = 20.0
_LATE = {
    "java.lang.CharSequence": 30.0,
    "C": 31.0,
    "java.lang.Character": 32.0,
    "java.lang.Number": 34.0,
    "java.lang.Object": 35.0,
}
_ENUMS = 33.0


@dataclass(frozen=True)
class Form:
    """A signature as Python sees it; the last parameter of a variadic one may be repeated."""

    parameters: tuple[Members, ...]
    names: tuple[str, ...]
    variadic: bool
    result: str


def in_order(methods: Iterable[Method], hierarchy: Hierarchy) -> list[Method]:
    """Overloads with the narrower ones first; type checkers take the first that fits."""

    def key(method: Method) -> tuple[bool, int, tuple[float, ...]]:
        ranks = tuple(_rank(each, hierarchy) for each in method.parameters)
        return bool(method.flags & VARARGS), len(ranks), ranks

    return sorted(methods, key=key)


def _rank(kind: JavaType, hierarchy: Hierarchy) -> float:
    erased = hierarchy.erasure(kind)
    if erased in _LATE:
        return _LATE[erased]
    if isinstance(kind, Primitive):
        place = next(
            place for place, each in enumerate(ORDER) if kind.code in each and "." not in each
        )
        return place + ORDER[place].index(kind.code) / 10
    if erased in ORDER:
        return float(ORDER.index(erased))
    if isinstance(kind, Array):
        # To Python, bytes are a sequence of ints too.
        first = 0 if kind.element == Primitive("B") else 1 + _rank(kind.element, hierarchy)
        return _CLASSES + first / 1000
    file = hierarchy.find(erased)
    first = _ENUMS if file is not None and file.flags & ENUM else _CLASSES
    # The more supertypes, the narrower.
    return first + 1 / (1 + len(hierarchy.ancestors(erased)))


def merged(forms: Sequence[Form]) -> list[Form]:
    """The forms without those that others make superfluous.

    A form that an earlier one covers would never be chosen; one that the next covers, with the same
    result, says nothing new.
    """
    kept: list[Form] = []
    for form in forms:
        if any(_covers(earlier, form) for earlier in kept):
            continue
        while kept and kept[-1].result == form.result and _covers(form, kept[-1], exactly=True):
            kept.pop()
        kept.append(form)
    return kept


def _covers(wide: Form, narrow: Form, exactly: bool = False) -> bool:
    return (
        len(wide.parameters) == len(narrow.parameters)
        and wide.variadic == narrow.variadic
        and all(
            _takes(more, each, exactly) for more, each in zip(wide.parameters, narrow.parameters)
        )
    )


def _takes(wide: Members, narrow: Members, exactly: bool) -> bool:
    if set(narrow) <= set(wide) or exactly:
        return set(narrow) <= set(wide)
    return ANY in wide or all(
        each in wide
        or (each == "int" and "float" in wide)
        or (each == "bool" and ("int" in wide or "float" in wide))
        for each in narrow
    )
