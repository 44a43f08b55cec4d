"""How does a task open what a job names, and find the method that it calls?"""

from __future__ import annotations

import inspect
from typing import Any, Callable

from naja.flink import _describe, _life, _resolve


class Taken:
    """A function of a job in its task: what is opened and closed, and what is called.

    Args:
        reference: Which.
        arguments: What a class is called with.
        import_module: What imports the job's modules.

    Attributes:
        owner: The object that has ``open`` and ``close``; ``None`` for a plain function.
        called: What the reference names; for a class the object made of it.

    Raises:
        TypeError: The class cannot be called with the arguments, or they are for no class.
    """

    def __init__(
        self, reference: str, arguments: dict[str, Any], import_module: Callable[[str], Any]
    ) -> None:
        self._reference = reference
        self.owner, self.called = _resolve.instance(reference, arguments, import_module)
        if self.owner is None and not inspect.isroutine(self.called):
            self.owner = self.called
        self._end = _life.nothing

    def method(self, *names: str) -> Callable[..., Any]:
        """The first of several methods that it has, or itself if it can be called.

        Raises:
            TypeError: It has none of them; says where it is written.
        """
        if self.called is self.owner:
            for name in names:
                found = getattr(self.owner, name, None)
                if callable(found):
                    return found
        if callable(self.called):
            return self.called
        where = _describe.location(self.called)
        raise TypeError(
            f"{self._reference} ({where}) can be called neither itself nor by its "
            f"{' or '.join(names)}"
        )

    def optional(self, name: str) -> Callable[..., Any] | None:
        """A method that it may have."""
        found = getattr(self.owner, name, None)
        return found if callable(found) else None

    def open(self, context: Any) -> None:
        """Calls its ``open``, if it has one."""
        self._end = _life.begin(self.owner, context, self._reference)

    def close(self) -> None:
        """Calls its ``close``, if it has one; does nothing if it was never opened."""
        self._end()


def adapted(function: Callable[[Any], Any], read: Any, write: Any) -> Callable[[Any], Any]:
    """A function of one value between what Java gives and what it takes."""
    if read is None:
        return function if write is None else lambda value: write(function(value))
    if write is None:
        return lambda value: function(read(value))
    return lambda value: write(function(read(value)))
