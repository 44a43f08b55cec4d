"""Where do records of Python's ``logging`` go? To SLF4J, by ``pemja.core.log.PythonLogWriter``.

Importing this module, as every interpreter does, has the root logger take all levels and hand them
over.
"""

import logging
import traceback

#: What the levels of Python are called in Java.
LOG_LEVEL_TO_LOGENTRY_MAP = {
    logging.CRITICAL: "CRITICAL",
    logging.ERROR: "ERROR",
    logging.WARNING: "WARN",
    logging.INFO: "INFO",
    logging.DEBUG: "DEBUG",
    logging.NOTSET: "UNSPECIFIED",
    -float("inf"): "DEBUG",
}


def _map_log_level(level):
    """The severity of a level: that of the next lower one with a name."""
    known = max(named for named in LOG_LEVEL_TO_LOGENTRY_MAP if named <= level)
    return LOG_LEVEL_TO_LOGENTRY_MAP[known]


class PythonLogHandler(logging.Handler):
    """Hands records to Java. The logger's name there is file and line of the record."""

    def emit(self, record):
        """Hands one record over."""
        # Not kept: the class belongs to the class loader of whoever logs.
        from pemja import findClass

        try:
            trace = None
            if record.exc_info:
                trace = "".join(traceback.format_exception(*record.exc_info))
            place = f"{record.pathname or record.module}:{record.lineno or record.funcName}"
            writer = findClass("pemja.core.log.PythonLogWriter")()
            writer.log(place, _map_log_level(record.levelno), self.format(record), trace)
        except Exception:
            self.handleError(record)


logger = logging.getLogger()
logger.setLevel(logging.DEBUG)
python_log_handler = PythonLogHandler()
logger.addHandler(python_log_handler)
