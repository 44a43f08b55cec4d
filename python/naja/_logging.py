"""How do Python's log records reach Java?

By one handler at the root logger, which is added when ``logging`` is first imported. As the root
then has a handler, ``logging.basicConfig()`` does nothing unless it is called with ``force=True``,
which takes the handler away.
"""

from __future__ import annotations

from naja._when_imported import when_imported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from naja._native import Native


def install(native: Native) -> None:
    """Sends what the root logger gets to Java. A later call sends it to another bridge's.

    The root logger's level becomes ``INFO`` where it is the ``WARNING`` that Python starts with:
    what is logged is meant to be decided by Java's configuration.
    """

    def attach() -> None:
        from naja._log_handler import attach

        attach(native)

    when_imported("logging", attach)
