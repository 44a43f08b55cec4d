"""When does the object behind a function begin and end?"""

from __future__ import annotations

from naja.flink import _resolve
from naja.flink._context import TaskFunctionContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: What is called of an object, by the first of these that it has.
_METHODS = ("eval", "predict", "lookup")


def opened(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    arguments: dict[str, Any] | None = None,
) -> tuple[Callable[..., Any], Callable[[], None]]:
    """Makes the object that a task needs and has it open what it needs itself.

    Args:
        reference: The function's reference, see `naja.flink._resolve`.
        import_module: What imports the job's modules.
        task: The Java object that knows the task.
        arguments: What a class is called with, by name.

    Returns:
        What is called for each row, and what is called at the end.
    """
    owner, called = _resolve.instance(reference, arguments, import_module)
    if called is owner:
        name = next((name for name in _METHODS if callable(getattr(owner, name, None))), None)
        called = owner if name is None else getattr(owner, name)
    begin, end = getattr(owner, "open", None), getattr(owner, "close", None)
    if callable(begin):
        begin(TaskFunctionContext(task))
    return called, end if callable(end) else _nothing


def _nothing() -> None:
    """What is called at the end of a function that has no ``close``."""
