"""How does ``from java.util import ArrayList`` find a Java class?

A finder that Python asks last, so that Python's own modules win, makes modules of Java's packages.
Their attributes are looked up anew at each access and never kept, so that a class loader can go. A
package below a name that Python has too, such as ``io.netty``, is reached by
`naja.java_package`.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from typing import Any

# Importing types and importlib.machinery for these takes time at start.
_Module: Any = type(sys)
_Spec: Any = type(sys.__spec__)


def _bridge() -> Any:
    """The bridge, or ``None`` outside a JVM."""
    return sys.modules.get("naja._bridge")


class JavaPackage(_Module):
    """A Java package as a module."""

    def __getattr__(self, name: str) -> Any:
        """A class of the package, or a package below it."""
        if name.startswith("__"):
            if name == "__all__":
                return self._classes()
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        full = f"{self.__name__}.{name}"
        # Java's packages are written in lower case, its classes are not.
        if name.islower() and _bridge().is_package(full):
            return _subpackage(self, full)
        try:
            return _bridge().find(full)
        except ImportError as error:
            if not name.islower() and _bridge().is_package(full):
                return _subpackage(self, full)
            raise AttributeError(str(error)) from None

    def __dir__(self) -> list[str]:
        return _bridge().package_members(self.__name__)

    def __repr__(self) -> str:
        return f"<java package {self.__name__!r}>"

    def _classes(self) -> list[str]:
        bridge = _bridge()
        members = bridge.package_members(self.__name__)
        return [name for name in members if not bridge.is_package(f"{self.__name__}.{name}")]


def _subpackage(package: JavaPackage, full: str) -> Any:
    if sys.modules.get(package.__name__) is not package:
        return _new_package(full)
    from importlib import import_module

    return import_module(full)


def _new_package(name: str) -> JavaPackage:
    package = JavaPackage(name)
    package.__path__ = []
    return package


def java_package(name: str) -> Any:
    """A Java package as a module, also where a Python module of that name is in its way.

    Raises:
        ImportError: No class loader knows the package.
    """
    known = sys.modules.get(name)
    if isinstance(known, JavaPackage):
        return known
    if not _bridge().is_package(name):
        raise UnknownJavaName(name)
    return _new_package(name)


def find_spec(name: str) -> ModuleSpec | None:
    """Finds a Java package.

    Raises:
        UnknownJavaName: The package around it is Java's, but has nothing of that name.
    """
    bridge = _bridge()
    parent, _, last = name.rpartition(".")
    below = isinstance(sys.modules.get(parent), JavaPackage)
    if bridge is None or last.startswith("__") or (parent and not below):
        return None
    if bridge.is_package(name):
        return _Spec(name, _Loader, origin="java", is_package=True)
    if below:
        raise UnknownJavaName(name)
    return None


class UnknownJavaName(ImportError):
    """A Java package that is there has no such member.

    Looks for near names when it is printed: the standard library tries to import from
    ``org.python`` and drops what that raises. Not a `ModuleNotFoundError`, which
    ``from java.util import x`` would replace by a message without near names.
    """

    __module__ = "naja"

    def __init__(self, name: str) -> None:
        super().__init__(f"Java has no class or package {name!r}", name=name)

    def __str__(self) -> str:
        parent, _, last = self.name.rpartition(".")
        bridge = _bridge()
        if last.islower():
            return _unknown(parent, last)
        try:
            bridge.find(self.name)
        except ImportError as error:
            return str(error)
        return f"{self.name} is a Java class, no package: write from {parent} import {last}"


def _unknown(parent: str, last: str) -> str:
    from difflib import get_close_matches

    known = _bridge().package_members(parent)
    by_lower = {member.lower(): member for member in known}
    near = [by_lower[match] for match in get_close_matches(last.lower(), by_lower, 3)]
    place = f"the Java package {parent!r}" if parent else "Java"
    hint = f". Did you mean: {', '.join(map(repr, near))}?" if near else ""
    return f"{place} has no class or package {last!r}{hint}"


class _Loader:
    """Makes the modules of Java's packages."""

    @staticmethod
    def create_module(spec: ModuleSpec) -> JavaPackage:
        return JavaPackage(spec.name)

    @staticmethod
    def exec_module(module: JavaPackage) -> None:
        """Nothing to run: everything is looked up when it is asked for."""
