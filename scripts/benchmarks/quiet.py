"""How is a measurement kept from being disturbed by whatever else runs on the machine?

By the scheduler's real-time class, where the user may ask for it (root, or CAP_SYS_NICE): other
processes then get only what the measured one leaves. Not for several busy threads, which on a
machine with few cores would take all of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

PRIORITY = 5


def policy() -> str:
    """What single-threaded measurements run under, for the record."""
    with undisturbed():
        return "SCHED_RR" if os.sched_getscheduler(0) == os.SCHED_RR else "SCHED_OTHER"


@contextmanager
def undisturbed() -> Iterator[None]:
    """Processes that are started meanwhile run in the real-time class, if that is allowed."""
    before, parameters = os.sched_getscheduler(0), os.sched_getparam(0)
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(PRIORITY))
    try:
        yield
    finally:
        os.sched_setscheduler(0, before, parameters)
