"""What may Python code that runs inside the JVM use of naja?"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

    from naja._bridge import JavaObject
    from naja._errors import DeadlineExceeded, JavaException
    from naja._implements import implements
    from naja._java import JavaType, cast, java_type, value
    from naja._java_array import java_array
    from naja._java_import import java_package
    from naja._leaks import leaks, trace_leaks
    from naja._vectorized import RowError, vectorized

__version__ = "0.1.0"

__all__ = [
    "DeadlineExceeded",
    "JavaException",
    "JavaObject",
    "JavaType",
    "RowError",
    "__version__",
    "cast",
    "implements",
    "java_array",
    "java_package",
    "java_type",
    "leaks",
    "trace_leaks",
    "value",
    "vectorized",
]

_MODULES = {
    "DeadlineExceeded": "_errors",
    "JavaException": "_errors",
    "JavaObject": "_bridge",
    "JavaType": "_java",
    "RowError": "_vectorized",
    "cast": "_java",
    "implements": "_implements",
    "java_array": "_java_array",
    "java_package": "_java_import",
    "java_type": "_java",
    "leaks": "_leaks",
    "trace_leaks": "_leaks",
    "value": "_java",
    "vectorized": "_vectorized",
}


def __getattr__(name: str) -> object:
    """Compiles what is asked for when it is first asked for, not while the JVM waits."""
    if name not in _MODULES:
        raise AttributeError(f"module 'naja' has no attribute {name!r}")
    found = getattr(__import__(f"naja.{_MODULES[name]}", fromlist=[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__


class _JavaFinder:
    """Asks for Java packages where Python has found nothing; see ``naja._java_import``."""

    @staticmethod
    def find_spec(
        name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.startswith("naja."):
            return None
        from naja import _java_import

        return _java_import.find_spec(name)


sys.meta_path.append(_JavaFinder)
