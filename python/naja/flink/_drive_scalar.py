"""How does a function of one row become what a task calls?"""

from __future__ import annotations

from naja.flink import _adapt, _life

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def prepare(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    given: dict[str, Any],
    arguments: tuple[Any, ...],
    result: Any,
) -> tuple[Callable[..., Any], Callable[[], None]]:
    """Opens a function.

    Args:
        reference: The function's reference, see `naja.flink._resolve`.
        import_module: What imports the job's modules.
        task: The Java object that knows the task.
        given: What a class is called with, by name.
        arguments: The descriptions of the arguments' types, see `naja.flink._adapt`.
        result: The description of the result's type.

    Returns:
        What is called with the arguments of a row, and what is called at the end.
    """
    called, close = _life.opened(reference, import_module, task, given)
    readers = [_adapt.reader(each) for each in arguments]
    return _adapted(called, readers, _adapt.writer(result)), close


def _adapted(
    function: Callable[..., Any],
    readers: list[Callable[[Any], Any] | None],
    writer: Callable[[Any], Any] | None,
) -> Callable[..., Any]:
    if not any(readers):
        if writer is None:
            return function
        return lambda *values: writer(function(*values))

    def call(*values: Any) -> Any:
        read = [
            value if reader is None or value is None else reader(value)
            for reader, value in zip(readers, values)
        ]
        result = function(*read)
        return result if writer is None else writer(result)

    return call


def awaited(function: Callable[..., Any], result: Any) -> Callable[..., Any]:
    """A coroutine function whose result Java can read.

    Args:
        function: A coroutine function.
        result: The description of the result's type.
    """
    writer = _adapt.writer(result)
    if writer is None:
        return function

    async def call(*values: Any) -> Any:
        return writer(await function(*values))

    return call
