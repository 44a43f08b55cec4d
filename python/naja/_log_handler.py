"""How does a record of ``logging`` become a record of Java's?"""

from __future__ import annotations

import logging
from _thread import get_ident

TYPE_CHECKING = False
if TYPE_CHECKING:
    from naja._native import Native


class JavaHandler(logging.Handler):
    """Passes records to Java's logging, with the traceback and the stack if a record has them.

    Java's back end takes care of threads: no lock is held while it runs. A record that it cannot
    take goes where Python's go without handlers, to `logging.lastResort`.
    """

    def __init__(self, native: Native) -> None:
        super().__init__()
        self.native = native
        self._logging: set[int] = set()

    def handle(self, record: logging.LogRecord) -> bool:
        """Filters and emits, without the lock of `logging.Handler.handle`."""
        passed = self.filter(record)
        if passed:
            self.emit(passed if isinstance(passed, logging.LogRecord) else record)
        return bool(passed)

    def emit(self, record: logging.LogRecord) -> None:
        """Logs the record in Java. What goes wrong is reported by `logging.Handler.handleError`."""
        try:
            if not self._log(record):
                last = logging.lastResort
                if last is not None and record.levelno >= last.level:
                    last.handle(record)
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def _log(self, record: logging.LogRecord) -> bool:
        """Whether Java took the record."""
        thread = get_ident()
        if thread in self._logging:
            return False  # Java's back end logs in Python: the circle ends here.
        self._logging.add(thread)
        try:
            level = _java_level(record.levelno)
            return self.native.log(level, record.name, self.format(record))
        finally:
            self._logging.discard(thread)


def _java_level(level: int) -> int:
    """0 trace, 1 debug, 2 info, 3 warn, 4 error."""
    return min(max(level // 10, 0), 4)


def attach(native: Native) -> None:
    """Adds the handler to the root logger, or changes where the one there sends its records."""
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, JavaHandler):
            handler.native = native
            return
    root.addHandler(JavaHandler(native))
    if root.level == logging.WARNING:
        root.setLevel(logging.INFO)
