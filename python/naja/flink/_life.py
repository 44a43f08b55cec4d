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
    return called, begin(owner, TaskFunctionContext(task))


def begin(owner: Any, context: Any, name: str | None = None) -> Callable[[], None]:
    """Has an object open what it needs itself, and shows the version of its model.

    An object that has a ``model_version`` once it is open has the gauge ``modelVersion`` in the
    operator's metrics, which reads the attribute whenever a reporter asks.

    Args:
        owner: The object; ``None`` for a plain function.
        context: What its ``open`` is given.
        name: The function's name in metrics; the name of the object's class unless told.

    Returns:
        What is called at the end.
    """
    opened, closed = getattr(owner, "open", None), getattr(owner, "close", None)
    if callable(opened):
        opened(context)
    if hasattr(owner, "model_version"):
        group = context.get_metric_group().add_group("python", name or type(owner).__name__)
        group.gauge("modelVersion", lambda: _shown(getattr(owner, "model_version", None)))
    return closed if callable(closed) else nothing


def _shown(version: Any) -> Any:
    """A version as reporters take it: a number, or text."""
    return version if isinstance(version, (int, float)) else str(version)


def nothing() -> None:
    """What is called at the end of a function that has no ``close``; does nothing."""
