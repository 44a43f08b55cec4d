"""What does ``python -m naja.stubs`` do with its arguments?"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from .class_path import ClassPath, StubsError, find_jdk
from .write import Stubs, save


def main(arguments: Sequence[str] | None = None) -> int:
    """Writes stubs; returns the exit code: 0, or 2 if the arguments or what they name are wrong."""
    given = _parser().parse_args(arguments)
    try:
        entries = [entry for entry in given.classpath.split(os.pathsep) if entry]
        class_path = ClassPath(entries, find_jdk(given.jdk))
        stubs = Stubs(class_path, given.packages, closure=given.closure)
        files = stubs.files()
        save(files, Path(given.output))
    except StubsError as error:
        print(f"naja.stubs: {error}", file=sys.stderr)
        return 2
    for name, by in stubs.missing.items():
        print(
            f"naja.stubs: {name}, a supertype of {by}, is not on the class path: taken as Any",
            file=sys.stderr,
        )
    print(f"{len(files)} files for {stubs.count} classes in {given.output}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m naja.stubs",
        description="Writes .pyi files that tell type checkers and editors of Java packages.",
    )
    parser.add_argument("packages", nargs="+", metavar="package", help="such as java.util")
    parser.add_argument(
        "-cp",
        "--classpath",
        default="",
        metavar="PATH",
        help=f"jars and directories of class files, {os.pathsep!r} between; lib/*: all jars in lib",
    )
    parser.add_argument(
        "--jdk", metavar="HOME", help="the JDK; default: JAVA_HOME, else that of java on PATH"
    )
    parser.add_argument(
        "-o", "--output", default="stubs", metavar="DIRECTORY", help="default: stubs"
    )
    parser.add_argument(
        "--closure",
        action="store_true",
        help="write every class that the packages' members name; without it these are Any",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
