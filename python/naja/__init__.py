"""What may Python code that runs inside the JVM use of naja?"""

from __future__ import annotations

from naja._errors import DeadlineExceeded, JavaException

__version__ = "0.1.0"

__all__ = ["DeadlineExceeded", "JavaException", "__version__"]
