"""How does a table function become what a task calls?"""

from __future__ import annotations

from naja.flink import _adapt, _life, _resolve
from naja.flink._context import TaskFunctionContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: How many rows cross at a time.
_CHUNK = 1024


def prepare(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    arguments: tuple[Any, ...],
    result: Any,
) -> tuple[Callable[..., Any], ...]:
    """Opens a table function.

    Args:
        reference: The function's reference, see `naja.flink._resolve`.
        import_module: What imports the job's modules.
        task: The Java object that knows the task.
        arguments: The descriptions of the arguments' types, see `naja.flink._adapt`.
        result: The description of a row's type; of a row of one column without a name, its type.

    Returns:
        What is called with the arguments of a row and gives a list of rows, what gives the next
        list of the same call until one has fewer than 1,024, what is called at the end, and a
        function that does nothing.
    """
    owner, called = _resolve.instance(reference, None, import_module)
    called = getattr(called, "eval", called)
    close = _life.begin(owner, TaskFunctionContext(task))
    readers = [_adapt.reader(each) for each in arguments]
    rows = _Rows(_adapt.writer(result) or _alone)
    plain = not any(readers)

    def call(*values: Any) -> list[Any]:
        if not plain:
            values = tuple(
                value if read is None or value is None else read(value)
                for read, value in zip(readers, values)
            )
        return rows.begin(called(*values))

    return call, rows.next, close, _life.nothing


class _Rows:
    """The rows of the call that is under way."""

    def __init__(self, write: Callable[[Any], Any]) -> None:
        self._write = write
        self._rest: Any = iter(())

    def begin(self, results: Any) -> list[Any]:
        if results is None:
            return []
        if isinstance(results, (str, bytes, tuple)) or not hasattr(results, "__iter__"):
            return [self._write(results)]  # One row is as good as a list of one.
        self._rest = iter(results)
        return self.next()

    def next(self) -> list[Any]:
        rows = []
        for each in self._rest:
            rows.append(self._write(each))
            if len(rows) == _CHUNK:
                break
        return rows


def _alone(value: Any) -> Any:
    """The value of a row of one column."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value
