"""Which of a job's directories must the whole process share, and may it?

Native code is loaded once a process: NumPy refuses a second copy, others crash. So a directory with
native modules in it, such as the packages that pip installs for a job, becomes part of the
process's own ``sys.path``, where it stays, and no version of a package takes another's place.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import PackageNotFoundError, distribution, distributions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


def has_native_code(path: str) -> bool:
    """Whether a directory holds a module that is not Python source, at whatever depth."""
    suffixes = tuple(EXTENSION_SUFFIXES)
    return any(file.endswith(suffixes) for _, _, files in os.walk(path) for file in files)


def share(path: str, job: str) -> None:
    """Puts a directory with native code behind the directories that all jobs share.

    Raises:
        ImportError: A package in it is there in another version, in the environment or from
            another job; the message names both.
    """
    path = os.path.abspath(path)
    if path in sys.path:
        return
    conflicts = list(_conflicts(path))
    if conflicts:
        raise ImportError(
            f"{job} brings packages with native code, which a process can load once, and has them "
            f"in other versions already:\n"
            + "\n".join(f"  {line}" for line in conflicts)
            + "\nTake the versions that are there, or run the job in TaskManagers of its own "
            "(application mode), or put the packages into the environment of "
            f"{sys.executable} and restart."
        )
    sys.path.append(path)
    importlib.invalidate_caches()


def _conflicts(path: str) -> Iterator[str]:
    for brought in distributions(path=[path]):
        name = brought.metadata["Name"]
        try:
            there = distribution(name)
        except PackageNotFoundError:
            continue
        if _plain(there.version) != _plain(brought.version):
            where = there.locate_file("")
            yield f"{name} {brought.version} in {path}, but {there.version} in {where}"


def _plain(version: str) -> str:
    return re.sub(r"(\.0)+$", "", version.lower())
