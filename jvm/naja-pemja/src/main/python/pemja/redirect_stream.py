"""Where does output go? To Java's ``System.out`` and ``System.err`` as they are at the write.

naja has ``sys.stdout`` and ``sys.stderr`` write there; these are the same under PEMJA's names.
"""

from naja import _bridge

_STDOUT, _STDERR = 1, 2


class StdOutCatcher:
    """Writes to ``System.out``."""

    def write(self, stuff):
        """Writes text."""
        _bridge.write(_STDOUT, stuff)
        return len(stuff)

    def flush(self):
        """Does nothing: each write goes through."""


class StdErrCatcher:
    """Writes to ``System.err``."""

    def write(self, stuff):
        """Writes text."""
        _bridge.write(_STDERR, stuff)
        return len(stuff)

    def flush(self):
        """Does nothing: each write goes through."""
