"""Where do the tests of stubs get class files? javac compiles them while the tests run."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from naja.stubs.__main__ import main


def compile_java(
    directory: Path, *sources: str, options: tuple[str, ...] = ("-parameters",)
) -> Path:
    """Compiles sources, each of one public class, and gives the directory of class files."""
    javac = shutil.which("javac")
    if not javac and "JAVA_HOME" in os.environ:
        javac = shutil.which("javac", path=str(Path(os.environ["JAVA_HOME"]) / "bin"))
    if not javac:
        pytest.skip("there is no javac on PATH or in JAVA_HOME/bin")
    files = []
    for number, source in enumerate(sources):
        name = re.search(r"public [\w ]*?(?:class|interface|enum) (\w+)", source)[1]
        file = directory / "sources" / str(number) / f"{name}.java"
        file.parent.mkdir(parents=True)
        file.write_text(source)
        files.append(str(file))
    classes = directory / "classes"
    command = [javac, "-nowarn", "-Xlint:-options", "--release", "11", *options, "-d", str(classes)]
    subprocess.run([*command, *files], check=True, timeout=120)
    return classes


def write_stubs(output: Path, *arguments: str | Path) -> dict[str, str]:
    """Writes stubs and gives their texts by package; the command has to succeed."""
    with contextlib.redirect_stdout(io.StringIO()):
        assert main([*map(str, arguments), "-o", str(output)]) == 0
    return {
        ".".join(file.parent.relative_to(output).parts): file.read_text()
        for file in output.rglob("*.pyi")
    }


def class_text(stub: str, name: str) -> str:
    """The part of a stub that is about a class, without indentation."""
    found = re.search(rf"^( *)class {name}\b.*\n((?:\1 .*\n)*)", stub, re.MULTILINE)
    assert found, f"no class {name} in:\n{stub}"
    return "\n".join(line.strip() for line in found[0].splitlines())
