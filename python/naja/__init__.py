"""What may Python code that runs inside the JVM use of naja?"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from naja._errors import DeadlineExceeded, JavaException

__version__ = "0.1.0"

__all__ = ["DeadlineExceeded", "JavaException", "__version__"]


def __getattr__(name: str) -> object:
    """Compiles the exceptions when they are first asked for, not while the JVM waits."""
    if name not in __all__:
        raise AttributeError(f"module 'naja' has no attribute {name!r}")
    from naja import _errors

    return getattr(_errors, name)
