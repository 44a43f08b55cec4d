"""Where are the class files? In jars, in directories, and in the JDK."""

from __future__ import annotations

import difflib
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Callable

from .class_file import ClassFile, ClassFileError, read
from .jimage import Jimage, JimageError


class StubsError(Exception):
    """What was asked for cannot be done; the message says what was found and what to do."""


Reader = Callable[[], bytes]


class ClassPath:
    """All class files that are at hand; of two with one name the first counts, as in Java."""

    def __init__(self, entries: Iterable[str], jdk: Path) -> None:
        """Lists the class files.

        Args:
            entries: Jars, directories, and ``directory/*`` for all jars in one.
            jdk: A JDK's or runtime's home.

        Raises:
            StubsError: An entry is absent or not what it should be.
        """
        self._readers: dict[str, tuple[str, Reader]] = {}
        self._classes: dict[str, ClassFile | None] = {}
        for entry in entries:
            for path in _expand(entry):
                self._add(_directory(path) if path.is_dir() else _jar(path), str(path))
        self._add(_jdk(jdk), str(jdk))
        self._packages: dict[str, list[str]] = {}
        for name in self._readers:
            package, _, simple = name.rpartition(".")
            self._packages.setdefault(package, []).append(simple)

    def _add(self, readers: Mapping[str, Reader], where: str) -> None:
        for name, reader in readers.items():
            self._readers.setdefault(name.replace("/", "."), (where, reader))

    def find(self, name: str) -> ClassFile | None:
        """A class by its binary name, or ``None``.

        Raises:
            StubsError: Its class file cannot be read.
        """
        if name not in self._classes:
            self._classes[name] = self._read(name) if name in self._readers else None
        return self._classes[name]

    def _read(self, name: str) -> ClassFile:
        where, reader = self._readers[name]
        try:
            found = read(reader())
        except (ClassFileError, JimageError, OSError, zipfile.BadZipFile) as error:
            raise StubsError(f"cannot read the class {name} in {where}: {error}") from error
        if found.name != name:
            raise StubsError(
                f"cannot read the class {name} in {where}: the class file there is that of "
                f"{found.name}; a class path names the directory in which the packages begin"
            )
        return found

    def package(self, name: str) -> list[str]:
        """The names of the public classes of a package, without member classes.

        Raises:
            StubsError: There is no such package.
        """
        simple_names = self._packages.get(name)
        if not simple_names:
            raise StubsError(self._unknown_package(name))
        names = (f"{name}.{simple}" for simple in sorted(simple_names) if "$" not in simple)
        found = (self.find(name) for name in names if not name.endswith("-info"))
        return [file.name for file in found if file is not None and file.is_public]

    def _unknown_package(self, name: str) -> str:
        package, _, simple = name.rpartition(".")
        if simple in self._packages.get(package, ()):
            return f"{name} is a class; name its package: {package}"
        below = sorted(known for known in self._packages if known.startswith(name + "."))
        near = below[:3] or difflib.get_close_matches(name, self._packages, 3, 0.75)
        hint = f"; {'below it' if below else 'near it'} are {', '.join(near)}" if near else ""
        return f"there is no package {name} on the class path or in the JDK{hint}"


def find_jdk(given: str | None) -> Path:
    """The JDK's home: what is given, else ``JAVA_HOME``, else that of ``java`` on ``PATH``.

    Raises:
        StubsError: None of these is a JDK or runtime of Java 9 or later.
    """
    java = shutil.which("java")
    tried = []
    for source, home in (
        ("--jdk", given),
        ("JAVA_HOME", os.environ.get("JAVA_HOME")),
        ("java on PATH", java and str(Path(java).resolve().parents[1])),
    ):
        if not home:
            tried.append(f"{source}: not {'given' if source == '--jdk' else 'there'}")
            continue
        if (Path(home) / "lib" / "modules").is_file():
            return Path(home)
        tried.append(f"{source}: {home} has no lib/modules")
        if source == "--jdk":
            break
    raise StubsError(
        "cannot find a JDK of Java 9 or later; tried " + "; ".join(tried) + ". Name one with --jdk"
    )


def _jdk(home: Path) -> dict[str, Reader]:
    path = home / "lib" / "modules"
    try:
        image = Jimage(path)
    except (JimageError, OSError) as error:
        raise StubsError(f"cannot read the JDK's {path}: {error}") from error
    return {name: lambda name=name: image.read(name) for name in image.names()}  # type: ignore[misc]


def _expand(entry: str) -> list[Path]:
    path = Path(entry)
    if path.name == "*":
        jars = sorted(path.parent.glob("*.[jJ][aA][rR]"))
        if not jars:
            raise StubsError(
                f"there is no jar in {path.parent}, which the class path names as {entry}"
            )
        return jars
    if not path.exists():
        raise StubsError(f"there is no {entry}, which the class path names{_near_file(path)}")
    return [path]


def _near_file(path: Path) -> str:
    try:
        near = difflib.get_close_matches(path.name, os.listdir(path.parent), 3)
    except OSError:
        return f"; neither is there the directory {path.parent}"
    return f"; near it are {', '.join(near)}" if near else ""


def _directory(path: Path) -> dict[str, Reader]:
    return {
        file.relative_to(path).with_suffix("").as_posix(): file.read_bytes
        for file in sorted(path.rglob("*.class"))
        if "META-INF" not in file.relative_to(path).parts[:1]
    }


def _jar(path: Path) -> dict[str, Reader]:
    try:
        jar = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise StubsError(
            f"cannot read {path}: {error}; a class path names jars and directories of class files"
        ) from error
    return {
        name[: -len(".class")]: lambda name=name: jar.read(name)  # type: ignore[misc]
        for name in jar.namelist()
        if name.endswith(".class") and not name.startswith("META-INF/")
    }
