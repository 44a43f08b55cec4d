"""How do directories and archives that the Java side names come in front of `sys.path`?"""

from __future__ import annotations

import os
import sys


def add_paths(paths: list[str]) -> None:
    """Puts directories and archives in front of `sys.path`, in this order.

    One that is there already moves to the front.

    Raises:
        FileNotFoundError: There is no such directory or file. `sys.path` is as before then.
    """
    for path in paths:
        if not os.path.exists(path):
            raise FileNotFoundError(
                f"the search path {path!r} does not exist (working directory {os.getcwd()!r})"
            )
    wanted = list(dict.fromkeys(os.path.abspath(path) for path in paths))
    sys.path[:] = wanted + [path for path in sys.path if path not in wanted]
    _look_again()


def _look_again() -> None:
    """Forgets what was found in directories before.

    As `importlib.invalidate_caches` does, which takes several milliseconds to import, from CPython
    3.12 on ten times as many.
    """
    for path, finder in list(sys.path_importer_cache.items()):
        if finder is None:
            del sys.path_importer_cache[path]
        elif hasattr(finder, "invalidate_caches"):
            finder.invalidate_caches()
