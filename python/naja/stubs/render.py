"""What stands in the stub file of one Java package?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from keyword import iskeyword

from .class_file import ENUM, FINAL, STATIC, VARARGS, ClassFile, Field, Method
from .conventions import ANY, PROTOCOLS
from .hierarchy import Hierarchy, is_name
from .java_types import Array, ClassType, Variable
from .mapping import Mapping, join
from .overloads import Form, in_order, merged

#: Begins every file that this program has written, and no other.
MARK = "# Written by `python -m naja.stubs`"

# Java's overriding allows what Python's does not, and its overload rules resolve what overlaps.
_HEADER = """{mark}{note}; changes are lost.
# mypy: disable-error-code="misc, override, overload-overlap, overload-cannot-match, assignment"
"""

_IMPORTS = {
    "_abc": "import collections.abc as _abc",
    "_b": "import builtins as _b",
    "_dt": "import datetime as _dt",
    "_decimal": "import decimal as _decimal",
    "_naja": "import naja as _naja",
    "_t": "import typing as _t",
    "_te": "import typing_extensions as _te",
    "_uuid": "import uuid as _uuid",
}

# Where a type stands: not before a parenthesis, nor before the colon of a parameter.
_BUILTINS = re.compile(
    r"(?<![\w.\"'$])(BaseException|bool|bytearray|bytes|dict|float|int|list|memoryview|object|property|"
    r"set|slice|staticmethod|str|tuple|type)\b(?!\(|: (?!\.\.\.))"
)
_MODULE = re.compile(r"(?<![\w.])(_[a-z]+)\.")

_NO_CONSTRUCTOR = "def __init__(self, no_public_constructor: _t.NoReturn, /) -> None: ..."


class Package:
    """The stub file of a package while it is written."""

    def __init__(self, name: str, hierarchy: Hierarchy, written: set[str]) -> None:
        """Takes what the file is made of.

        Args:
            name: The package.
            hierarchy: All classes.
            written: The classes of all packages that get a stub; types of others are ``Any``.
        """
        self._name = name
        self._hierarchy = hierarchy
        self._written = written
        self._mapping = Mapping(hierarchy, self)
        self._packages: set[str] = set()
        self._bounds: dict[str, str | None] = {}
        self._classes: list[_Scope] = []
        self._method_variables: dict[Variable, str] = {}

    def text(self, classes: Iterable[str], *, complete: bool) -> str:
        """The file's text.

        Args:
            classes: Its classes that are members of no other.
            complete: Whether these are all classes of the package.
        """
        ordered = self._in_order(classes)
        for name in ordered:  # Their variables get the plain names, those of methods what is left.
            for parameter in self._this(name).arguments:
                assert isinstance(parameter, Variable)
                self._declare(parameter, set())
        lines = [line for name in ordered for line in ["", *self._class(name)]]
        if not complete:
            lines += ["", "def __getattr__(name: str) -> _t.Any: ..."]
        variables = [
            f'{name} = _t.TypeVar("{name}"{f", bound={bound}" if bound else ""})'
            for name, bound in sorted(self._bounds.items())
        ]
        body = "\n".join(["", *variables, *lines] if variables else lines)
        members = set(re.findall(r"^ *(?:def|class) (\w+)|^ +(\w+):", body, re.MULTILINE))
        taken = {name for pair in members for name in pair}
        body = _BUILTINS.sub(
            lambda found: f"_b.{found[1]}" if found[1] in taken else found[1], body
        )
        imports = {_IMPORTS[name] for name in _MODULE.findall(body) if name in _IMPORTS}
        imports |= {f"import {package} as {_alias(package)}" for package in self._packages}
        note = "" if complete else " as far as other packages need it"
        header = _HEADER.format(mark=MARK, note=note)
        return "\n".join([header, *sorted(imports), body, ""])

    def _in_order(self, classes: Iterable[str]) -> list[str]:
        """By name, but what a class extends above it."""
        rest, found = set(classes), dict[str, None]()

        def add(name: str) -> None:
            if name in rest:
                rest.remove(name)
                for base in self._hierarchy.bases(name):
                    add(base.name.partition("$")[0])
                found[name] = None

        for name in sorted(rest):
            add(name)
        return list(found)

    # Names, for the mapping.

    def class_name(self, name: str) -> str | None:
        """How this file calls a class; ``None`` if the class is not written."""
        if name not in self._written:
            return None
        package, _, simple = name.rpartition(".")
        path = simple.replace("$", ".")
        first = path.partition(".")[0]
        if package == self._name and not any(first in scope.members for scope in self._classes):
            return path
        self._packages.add(package)
        return f"{_alias(package)}.{path}"

    def variable(self, variable: Variable) -> str | None:
        """How this file calls a type variable; ``None`` for one of an enclosing class."""
        own = self._classes[-1].variables.get(variable) if self._classes else None
        return self._method_variables.get(variable) or own

    def array(self, element: str) -> str:
        """A Java array."""
        return f"_naja._JavaArray[{element}]"

    # Classes.

    def _class(self, name: str) -> list[str]:
        file = self._hierarchy.find(name)
        assert file is not None
        bases = self._hierarchy.bases(name)
        scope = _Scope(self._members(file))
        # Bases stand outside of the class: its own members do not hide their names.
        self._classes.append(_Scope(set()))
        for parameter in file.type_parameters:
            used = {each for outer in self._classes for each in outer.variables.values()}
            self._classes[-1].variables[parameter.variable] = self._declare(
                parameter.variable, used
            )
        scope.variables = self._classes[-1].variables
        listed = [self._mapping.base(base) or ANY for base in bases]
        if name == "java.lang.Object":
            listed = ["_naja.JavaObject"]
        elif name == "java.lang.Throwable":
            listed.insert(0, "_naja.JavaException")
        if scope.variables:
            listed.append(f"_t.Generic[{', '.join(scope.variables.values())}]")
        if name == "java.lang.Enum":
            listed.append("metaclass=_naja._JavaEnumType")
        self._classes[-1] = scope
        body = list(self._body(file))
        self._classes.pop()
        simple = name.rpartition("$" if file.outer else ".")[2]
        return [
            f"class {simple}({', '.join(listed)}):",
            *(f"    {line}" for line in body or ["..."]),
        ]

    def _members(self, file: ClassFile) -> set[str]:
        return {
            *self._hierarchy.visible(file.name),
            *file.nested,
            *(field.name for field in file.fields),
        }

    def _declare(self, variable: Variable, used: set[str]) -> str:
        bound = self._mapping.bound(self._hierarchy.bound(variable))
        number = 1
        while True:
            name = f"_{variable.name}{number if number > 1 else ''}"
            if name not in used and self._bounds.setdefault(name, bound) == bound:
                return name
            number += 1

    def _body(self, file: ClassFile) -> Iterator[str]:
        methods = self._hierarchy.own(file.name)
        names = set(self._hierarchy.visible(file.name))
        # A member class that extends another one stands below it.
        by_depth = sorted(
            file.nested, key=lambda each: (len(self._hierarchy.ancestors(file.nested[each])), each)
        )
        for simple in by_depth:
            if file.nested[simple] in self._written:
                yield from self._class(file.nested[simple])
        for field in file.fields:
            if field.name not in names:
                yield from self._field(file, field)
        yield from self._constructors(file)
        for name, overloads in methods.items():
            yield from self._method(name, overloads)
        callable_ = self._call(file)
        if callable_:
            yield callable_
        variables = list(self._classes[-1].variables.values())
        for line in PROTOCOLS.get(file.name, ()):
            special = re.match(r"def (\w+)", line)
            if special is None or special[1] not in names:
                yield line.format(*variables)

    def _field(self, file: ClassFile, field: Field) -> Iterator[str]:
        name = _python_name(field.name, self._classes[-1].members)
        if name is None:
            yield f'# getattr(x, "{field.name}")'
            return
        kind = join(self._mapping.result(field.type))
        if field.flags & ENUM:
            kind = join(self._mapping.result(ClassType(file.name)))
        if field.flags & STATIC and field.flags & FINAL:
            constant = _literal(field, kind)
            yield f"{name}: _t.Final = {constant}" if constant else f"{name}: _t.Final[{kind}]"
        elif field.flags & STATIC:
            yield f"{name}: _t.ClassVar[{kind}]"
        elif field.flags & FINAL:
            yield "@property"
            yield f"def {name}(self) -> {kind}: ..."
        else:
            yield f"{name}: {kind}"

    def _constructors(self, file: ClassFile) -> Iterator[str]:
        constructors = [method for method in file.methods if method.name == "<init>"]
        if file.is_interface:
            callable_ = self._mapping.callable(self._this(file.name))
            if callable_:
                yield f"def __init__(self, function: {callable_}, /) -> None: ..."
                return
        elif constructors and not file.is_abstract and not file.flags & ENUM:
            yield from self._overloads("__init__", constructors)
            return
        yield _NO_CONSTRUCTOR

    def _call(self, file: ClassFile) -> str | None:
        """A functional interface's object can be called."""
        if not self._hierarchy.is_callable(file.name):
            return None
        method = self._hierarchy.functional(file.name)
        assert method is not None
        return self._signature("__call__", self._form(method), static=False)

    def _this(self, name: str) -> ClassType:
        return self._hierarchy.ancestors(name)[name]

    # Methods.

    def _method(self, name: str, overloads: list[Method]) -> Iterator[str]:
        python = _python_name(name, self._classes[-1].members)
        if python is None:
            yield f'# getattr(x, "{name}")'
        elif len({method.flags & STATIC for method in overloads}) > 1:
            # Python's types have no method that is both static and one of instances.
            yield f"{python}: _t.Any"
        else:
            yield from self._overloads(python, overloads)

    def _overloads(self, name: str, methods: list[Method]) -> Iterator[str]:
        ordered = in_order(methods, self._hierarchy)
        forms = merged([self._form(method) for method in ordered])
        static = name != "__init__" and bool(methods[0].flags & STATIC)
        for form in forms:
            if len(forms) > 1:
                yield "@_t.overload"
            if static:
                yield "@staticmethod"
            yield self._signature(name, form, static=static)

    def _form(self, method: Method) -> Form:
        self._method_variables = {}
        used = {each for scope in self._classes for each in scope.variables.values()}
        for parameter in method.type_parameters:
            name = self._declare(parameter.variable, used)
            used.add(name)
            self._method_variables[parameter.variable] = name
        variadic = bool(method.flags & VARARGS)
        types = list(method.parameters)
        if variadic and isinstance(types[-1], Array):
            types[-1] = types[-1].element
        parameters = tuple(self._mapping.parameter(each) for each in types)
        result = join(self._mapping.result(method.result))
        if method.name == "<init>":
            result = "None"
        elif result in self._method_variables.values() and not any(
            re.search(rf"\b{result}\b", member) for each in parameters for member in each
        ):
            result = ANY  # Nothing in the call says what it is.
        self._method_variables = {}
        return Form(parameters, _distinct(method.names), variadic, result)

    def _signature(self, name: str, form: Form, *, static: bool) -> str:
        given = [f"{each}: {join(members)}" for each, members in zip(form.names, form.parameters)]
        rest = [f"*{given.pop()}"] if form.variadic else []
        before = [] if static else ["self"]
        slash = ["/"] if given else []
        return f"def {name}({', '.join([*before, *given, *slash, *rest])}) -> {form.result}: ..."


class _Scope:
    """A class around what is being written: its members' names and its type variables."""

    def __init__(self, members: set[str]) -> None:
        self.members = members
        self.variables: dict[Variable, str] = {}


def _alias(package: str) -> str:
    return "_" + package.replace(".", "_")


def _python_name(name: str, members: set[str]) -> str | None:
    """The name that Python code writes: a keyword gets an underscore behind."""
    if iskeyword(name):
        return None if f"{name}_" in members else f"{name}_"
    return name if is_name(name) else None


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    found: list[str] = []
    for name in names:
        name = re.sub(r"\W", "_", name)
        while iskeyword(name) or not name.isidentifier() or name == "self" or name in found:
            name = f"{name}_" if name.isidentifier() else f"_{name}"
        found.append(name)
    return tuple(found)


def _literal(field: Field, kind: str) -> str | None:
    """A constant's value, which type checkers and editors know then."""
    if field.constant is None or kind not in ("bool", "int", "str"):
        return None
    if isinstance(field.constant, str):
        short = len(field.constant) <= 60 and field.constant.isprintable()
        return repr(field.constant) if short else None
    if kind == "bool":
        return str(bool(field.constant))
    return str(field.constant) if kind == "int" else None
