"""How does a function of one row become what a task calls?"""

from __future__ import annotations

from naja.flink import _adapt, _resolve
from naja.flink._context import TaskFunctionContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def prepare(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    arguments: tuple[Any, ...],
    result: Any,
) -> tuple[Callable[..., Any], Callable[[], None]]:
    """Opens a function.

    Args:
        reference: The function's reference, see `naja.flink._resolve`.
        import_module: What imports the job's modules.
        task: The Java object that knows the task.
        arguments: The descriptions of the arguments' types, see `naja.flink._adapt`.
        result: The description of the result's type.

    Returns:
        What is called with the arguments of a row, and what is called at the end.
    """
    owner, called = _resolve.instance(reference, None, import_module)
    called = getattr(called, "eval", called)
    opened, close = getattr(owner, "open", None), getattr(owner, "close", None)
    if callable(opened):
        opened(TaskFunctionContext(task))
    readers = [_adapt.reader(each) for each in arguments]
    return _adapted(called, readers, _adapt.writer(result)), close if callable(close) else _nothing


def _nothing() -> None:
    """What is called at the end of a function that has no ``close``."""


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
