"""What does the bridge give to the Python half? Implemented in Rust."""

from typing import Protocol

class Native(Protocol):
    """The bridge. Every method may be called on any thread and releases the GIL while Java runs."""

    def write(self, stream: int, text: str) -> None:
        """Prints text to Java's standard output (1) or standard error (2)."""

    def write_bytes(self, stream: int, data: bytes) -> None:
        """Writes bytes to Java's standard output (1) or standard error (2)."""

    def log(self, level: int, logger: str, message: str) -> bool:
        """Logs in Java; levels are 0 trace, 1 debug, 2 info, 3 warn, 4 error.

        False when the class loader that would take the record is gone.
        """
