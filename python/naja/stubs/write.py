"""Which stub files are written for the packages that somebody names?"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Callable

from .class_file import ClassFile
from .class_path import ClassPath, StubsError
from .hierarchy import Hierarchy
from .java_types import OBJECT, Array, ClassType, JavaType, Wildcard
from .render import MARK, Package


class Stubs:
    """The stubs of some packages.

    Supertypes of their classes are written too, wherever they are: most of what a class can do is
    inherited. Other classes that their members name are written if ``closure`` says so, and are
    ``Any`` otherwise.
    """

    def __init__(self, class_path: ClassPath, packages: Iterable[str], *, closure: bool) -> None:
        """Finds the classes to be written; `StubsError` if a package is not there."""
        self._hierarchy = Hierarchy(class_path)
        self._named = list(dict.fromkeys(packages))
        self._written: set[str] = set()
        self._closure = closure
        waiting = [OBJECT.name]
        for package in self._named:
            waiting += class_path.package(package)
        while waiting:
            waiting += self._add(waiting.pop())

    @property
    def count(self) -> int:
        """How many classes are written."""
        return len(self._written)

    @property
    def missing(self) -> dict[str, str]:
        """Supertypes that are not on the class path, with a class that names each."""
        return self._hierarchy.missing

    def files(self) -> dict[str, str]:
        """The files' texts by their paths in the output directory."""
        packages: dict[str, list[str]] = {package: [] for package in self._named}
        for name in self._written:
            package, _, simple = name.rpartition(".")
            classes = packages.setdefault(package, [])
            if "$" not in simple:
                classes.append(name)
        found = {"naja/__init__.pyi": _naja(), "naja/py.typed": ""}
        for package in packages:
            parts = package.split(".")
            for end in range(1, len(parts)):
                found.setdefault("/".join([*parts[:end], "__init__.pyi"]), f"{MARK}.\n")
        for package, classes in packages.items():
            text = Package(package, self._hierarchy, self._written).text(
                classes, complete=package in self._named
            )
            found["/".join([*package.split("."), "__init__.pyi"])] = text
        return found

    def _add(self, name: str) -> Iterator[str]:
        """Notes a class; gives others that it needs."""
        if name in self._written or not self._hierarchy.is_accessible(name):
            return
        file = self._hierarchy.find(name)
        assert file is not None
        self._written.add(name)
        if file.outer:
            yield file.outer
        if name.rpartition(".")[0] in self._named or self._closure:
            yield from file.nested.values()
        yield from (base.name for base in self._hierarchy.bases(name))
        if self._closure:
            for kind in _types(file, self._hierarchy):
                yield from _classes(kind)


def _types(file: ClassFile, hierarchy: Hierarchy) -> Iterator[JavaType]:
    yield from (field.type for field in file.fields)
    yield from hierarchy.bases(file.name)
    for method in [
        *file.methods,
        *(each for own in hierarchy.own(file.name).values() for each in own),
    ]:
        yield from method.parameters
        yield method.result


def _classes(kind: JavaType) -> Iterator[str]:
    if isinstance(kind, Array):
        yield from _classes(kind.element)
    elif isinstance(kind, Wildcard) and kind.bound is not None:
        yield from _classes(kind.bound)
    elif isinstance(kind, ClassType):
        yield kind.name
        for argument in kind.arguments:
            yield from _classes(argument)


def _naja() -> str:
    """What stubs say of naja itself: the file travels beside this package."""
    data = pkgutil.get_data("naja", "__init__.pyi")
    assert data is not None
    return f"{MARK}, with the version that wrote the rest.\n{data.decode()}"


def save(files: dict[str, str], output: Path) -> None:
    """Writes files below a directory.

    A package that was once named keeps its complete stub if only a part of it is needed now.

    Raises:
        StubsError: A file is there that this program has not written, or it cannot be written.
    """
    kept = [path for path, text in files.items() if _keeps(output / path, text)]
    for path in kept:
        del files[path]
    for path, text in files.items():
        _try(output / path, lambda file: file.parent.mkdir(parents=True, exist_ok=True))
        _try(output / path, lambda file, text=text: file.write_text(text, "utf-8"))  # type: ignore[misc]


def _keeps(path: Path, text: str) -> bool:
    if not path.exists() or not text:
        return False
    there: list[str] = []
    _try(path, lambda file: there.append(file.read_text("utf-8")))
    if not there[0].startswith(MARK):
        raise StubsError(
            f"{path} is there and not by naja.stubs, so it is left alone; "
            "name another directory with -o"
        )
    return _is_complete(there[0]) and not _is_complete(text)


def _is_complete(text: str) -> bool:
    return "class " in text and "\ndef __getattr__" not in text


def _try(path: Path, action: Callable[[Path], object]) -> None:
    try:
        action(path)
    except (OSError, UnicodeDecodeError) as error:
        raise StubsError(f"cannot write {path}: {error}") from error
