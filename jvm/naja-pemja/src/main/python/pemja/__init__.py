"""What may Python code that was written for PEMJA use of Java?

``findClass`` and the modules ``logger``, ``redirect_stream`` and ``version``. It runs on naja:
``docs/pemja.md`` says what crosses how.
"""

from pemja._lens import find_class as findClass  # noqa: N812 - PEMJA's name.
from pemja.version import __version__

__all__ = ["__version__", "findClass"]
