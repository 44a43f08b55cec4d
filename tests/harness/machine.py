"""Which CPythons and JDKs does this machine have, and which of the supported ones does it lack?"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from harness import ROOT, TARGET, exclusive

SUPPORTED_PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
SUPPORTED_JDKS = (11, 17, 21, 25)

#: Builds and tests run on it; every other JDK is tried beside it.
MAIN_JDK = 17


@dataclass(frozen=True)
class Python:
    """An interpreter, and what `scripts/probe_python.py` finds wrong with it."""

    executable: Path
    version: str
    problems: tuple[str, ...] = ()

    @property
    def minor(self) -> str:
        """Such as ``3.11``."""
        return ".".join(self.version.split(".")[:2])

    def __str__(self) -> str:
        return f"{self.version} ({self.executable})"

    def environment(self) -> Path:
        """The executable of a virtual environment with NumPy, pandas and pyarrow, made when first asked for."""
        digest = hashlib.sha256(str(self.executable).encode()).hexdigest()[:8]
        directory = TARGET / f"venv-{self.version}-{digest}"
        requirements = ROOT / "tests" / "embedded-requirements.txt"
        command = [ROOT / "scripts" / "venv", directory, requirements, self.executable]
        with exclusive(directory.name):
            subprocess.run(command, check=True, timeout=600)
        return directory / "bin" / "python"


@dataclass(frozen=True)
class Jdk:
    """A JDK with a compiler."""

    home: Path
    version: str

    @property
    def feature(self) -> int:
        """Such as 17."""
        return int(re.match(r"\d+", self.version).group())

    def __str__(self) -> str:
        return f"{self.version} ({self.home})"


def pyenv_root() -> Path:
    """Where pyenv keeps its versions."""
    return Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"


def own_root() -> Path:
    """Where ``scripts/fetch-python-3.14`` and ``scripts/build-python-3.14`` install."""
    return Path(os.environ.get("NAJA_PYTHONS") or Path.home() / ".cache" / "naja" / "pythons")


@cache
def interpreters() -> tuple[Python, ...]:
    """Every interpreter that answers, usable or not, by version."""
    found = {}
    for candidate in _candidates():
        if os.access(candidate, os.X_OK):
            python = _probe(candidate)
            if python is not None:
                found.setdefault(python.executable, python)
    return tuple(sorted(found.values(), key=_by_version))


def pythons() -> tuple[Python, ...]:
    """Those that naja runs in."""
    return tuple(python for python in interpreters() if not python.problems)


def default_python() -> Python:
    """The one that these tests themselves run on, or the nearest to it."""
    found = pythons()
    if not found:
        raise RuntimeError(f"no CPython to test with: looked in {', '.join(map(str, places()))}")
    base = Path(sys.base_prefix).resolve()
    own = [python for python in found if python.executable.parents[1].resolve() == base]
    return (own or found[-1:])[0]


def absent_pythons() -> list[str]:
    """Supported minor versions that are not here."""
    present = {python.minor for python in pythons()}
    return [minor for minor in SUPPORTED_PYTHONS if minor not in present]


@cache
def jdks() -> tuple[Jdk, ...]:
    """One JDK of each supported feature version and the newest one, by version."""
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"))
    found = {}
    for home in homes:
        release = home / "release"
        if (home / "bin" / "javac").is_file() and release.is_file():
            version = re.search(r'^JAVA_VERSION="(.*)"', release.read_text(), re.MULTILINE)
            jdk = Jdk(home.resolve(), version.group(1))
            found.setdefault(jdk.feature, jdk)
    newest = max(found, default=0)
    return tuple(found[f] for f in sorted(found) if f in SUPPORTED_JDKS or f == newest)


def main_jdk() -> Jdk:
    """JDK 17, or else the oldest newer one."""
    for jdk in jdks():
        if jdk.feature >= MAIN_JDK:
            return jdk
    raise RuntimeError("no JDK 17 or later, neither at JAVA_HOME nor in /usr/lib/jvm")


def absent_jdks() -> list[int]:
    """Supported feature versions that are not here."""
    present = {jdk.feature for jdk in jdks()}
    return [feature for feature in SUPPORTED_JDKS if feature not in present]


def places() -> list[Path]:
    """Where Pythons are looked for."""
    return [pyenv_root(), own_root(), Path("/usr/bin/python3")]


def _candidates() -> Iterator[Path]:
    for root in (pyenv_root(), own_root()):
        for home in sorted(root.glob("*")):
            yield next((p for p in (home / "bin/python3", home / "bin/python") if p.exists()), home)
    yield Path("/usr/bin/python3")


def _probe(candidate: Path) -> Python | None:
    command = [candidate, "-s", ROOT / "scripts" / "probe_python.py"]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    try:
        answer = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60
        )
    except OSError:
        return None
    facts = answer.stdout.split("\n")
    if answer.returncode or len(facts) < 3:
        return None
    return Python(Path(facts[1]), facts[0], tuple(filter(None, facts[2:])))


def _by_version(python: Python) -> tuple[list[int], str]:
    return [int(part) for part in re.findall(r"\d+", python.version)], str(python.executable)
