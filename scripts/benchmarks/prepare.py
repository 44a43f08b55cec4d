"""What must be there before anything is measured, and where is it?

Checks the tools, makes the peers' venv and builds natives and jars in release mode.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

INTERPRETER = """
import json, os, sys, sysconfig
var = sysconfig.get_config_var
print(json.dumps({
    "executable": sys.executable,
    "version": "%d.%d.%d" % sys.version_info[:3],
    "minor": list(sys.version_info[:2]),
    "implementation": sys.implementation.name,
    "libpython": os.path.join(var("LIBDIR") or "", var("INSTSONAME") or ""),
    "shared": bool(var("Py_ENABLE_SHARED")),
    "headers": os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")),
    "arguments": var("CONFIG_ARGS") or "",
}))
"""


class Missing(Exception):
    """Something that the benchmarks need is not on this machine; the message says how to get it."""


@dataclass(frozen=True)
class Bench:
    """Where everything is that a run needs."""

    root: Path
    java_home: Path
    interpreter: dict
    venv: Path

    @property
    def java(self) -> str:
        """The java executable."""
        return str(self.java_home / "bin" / "java")

    @property
    def python(self) -> str:
        """The venv's own executable."""
        return str(self.venv / "bin" / "python")

    @property
    def packages(self) -> Path:
        """The venv's site-packages."""
        return next(self.venv.glob("lib/python3*/site-packages"))

    @property
    def workloads(self) -> Path:
        """The directory of workloads.py."""
        return self.root / "jvm/naja-bench/src/main/python"

    @property
    def facade(self) -> Path:
        """The jar that serves PEMJA's classes by naja."""
        return next((self.root / "jvm/naja-pemja/target").glob("naja-pemja-?.?.?.jar"))

    def command(
        self, main: str, *arguments: str, options: tuple = (), facade: bool = False
    ) -> list:
        """The command line of a JVM that runs `main` with all libraries on its class path.

        With `facade` PEMJA's classes are those of naja-pemja.
        """
        jars = [
            *([self.facade] if facade else []),
            *self.packages.glob("jep/jep-*.jar"),
            self.root / "jvm/naja-bench/target/benchmarks.jar",
        ]
        return [
            self.java,
            *options,
            f"-Dnaja.bench.python={self.python}",
            f"-Dnaja.bench.path={self.workloads}",
            f"-Dnaja.bench.packages={self.packages}",
            f"-Dnaja.bench.libpython={self.interpreter['libpython']}",
            f"-Dnaja.bench.floor={self.root / 'target/release/libnaja_floor.so'}",
            "-cp",
            os.pathsep.join(map(str, jars)),
            main,
            *arguments,
        ]


def prepare(root: Path, python: str | None) -> Bench:
    """Check, install and build all that a run needs.

    Raises Missing when a tool is not there, CalledProcessError when a build fails.
    """
    for tool, package in [
        ("javac", "openjdk-17-jdk-headless"),
        ("mvn", "maven"),
        ("cargo", "cargo, or rustup's stable toolchain"),
        ("cc", "gcc"),
    ]:
        if not shutil.which(tool):
            raise Missing(f"{tool} is not on PATH; install {package}")
    interpreter = find_interpreter(python)
    bench = Bench(root, find_java_home(), interpreter, root / ".bench-venv")
    make_venv(bench)
    build(bench)
    return bench


def find_java_home() -> Path:
    """The JDK that JAVA_HOME names, else the one of the javac on PATH."""
    named = os.environ.get("JAVA_HOME")
    home = Path(named) if named else Path(shutil.which("javac")).resolve().parent.parent
    if not (home / "include" / "jni.h").exists():
        raise Missing(f"{home} has no include/jni.h, which Jep is compiled against; install a JDK")
    return home


def find_interpreter(named: str | None) -> dict:
    """What the wanted CPython says of itself; without a name, the first fit CPython 3.11."""
    pyenv = sorted(Path.home().glob(".pyenv/versions/3.11*/bin/python"), reverse=True)
    candidates = (
        [named] if named else [*map(str, pyenv), "python3.11", "/usr/bin/python3.11", "python3"]
    )
    refused = []
    for candidate in candidates:
        try:
            answer = subprocess.run(
                [candidate, "-I", "-c", INTERPRETER], capture_output=True, check=True, text=True
            )
        except (OSError, subprocess.CalledProcessError) as error:
            refused.append(f"{candidate}: {error}")
            continue
        found = json.loads(answer.stdout)
        if found["implementation"] != "cpython" or not found["shared"]:
            refused.append(f"{candidate}: not a CPython with a shared libpython")
        elif not found["headers"]:
            refused.append(f"{candidate}: no Python.h, which Jep is compiled against")
        elif not named and found["minor"] != [3, 11]:
            refused.append(f"{candidate}: is {found['version']}, the targets are for 3.11")
        else:
            return found
    tried = "\n  ".join(refused)
    raise Missing(
        f"no fit CPython 3.11. Tried:\n  {tried}\n"
        "Install python3.11-dev and python3.11-venv, or name another by --python."
    )


def make_venv(bench: Bench) -> None:
    """Make the peers' venv, unless it is there for the same interpreter and requirements."""
    requirements = "jvm/naja-bench/requirements.txt"
    step(bench, ["scripts/venv", bench.venv.name, requirements, bench.interpreter["executable"]])


def build(bench: Bench) -> None:
    """Build the natives, `benchmarks.jar` and the jar of PEMJA's API."""
    step(bench, ["cargo", "build", "--release", "--locked", "--quiet", "--package=naja-floor"])
    modules = ["-pl", "naja-bench,naja-pemja", "-am"]
    step(bench, ["mvn", "-q", "-B", "-f", "jvm", *modules, "-DskipTests", "package"])


def step(bench: Bench, command: list) -> None:
    """Run one command at the repository's root, saying so."""
    print("+", *(part.replace(f"{bench.root}/", "") for part in command), flush=True)
    environment = {**os.environ, "JAVA_HOME": str(bench.java_home)}
    subprocess.run(command, cwd=bench.root, env=environment, check=True)
