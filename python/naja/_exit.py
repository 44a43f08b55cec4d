"""What happens in Python when the JVM ends?"""

from __future__ import annotations

import atexit

from naja import _output


def run() -> None:
    """Runs the functions that ``atexit`` knows and passes on output that waits.

    The interpreter is not finalized. Never raises: ``atexit`` prints what its functions raise.
    """
    for step in (atexit._run_exitfuncs, _output.flush):
        try:
            step()
        except BaseException:
            # CPython 3.9 raises again what it has printed; a stream that fails now has nobody left
            # to tell.
            pass
