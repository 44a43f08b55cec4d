"""How are functions of many records at once, or of results that come later, called by Java?"""

from __future__ import annotations

import inspect
from typing import Any, Callable

from naja.flink import _adapt, _describe
from naja.flink._context import TaskRuntimeContext
from naja.flink._decorators import MARK
from naja.flink._drive_function import Taken

#: What functions of ``@udf(func_type=...)`` take, as ``naja.vectorized`` calls it.
_FORMS = {"pandas": "series", "arrow": "arrow"}


class Batch:
    """Runs one function of many records, or a coroutine function of one.

    Args:
        label: What to call it in messages.
        references: What is run, alone in a list.
        import_module: What imports the job's modules.
        arguments: What a class is called with.
        java: The Java objects that answer: for the task, for the current call, for states.
        types: The descriptions of the inputs' types and of the output's.

    Attributes:
        function: What is called with a batch; for a coroutine function with a record.
        form: How it takes batches, ``None`` for what ``naja.vectorized`` says of it.
        awaited: Whether it is a coroutine function.
        batched: Whether it says of itself that it takes batches.
        several: Whether what it returns is a list of results.
    """

    def __init__(
        self,
        label: str,
        references: list[str],
        import_module: Callable[[str], Any],
        arguments: dict[str, Any],
        java: Any,
        types: Any,
    ) -> None:
        inputs, output = types
        self._label = label
        self._taken = Taken(references[0], arguments, import_module)
        function = self._taken.method("async_invoke", "map_batch", "map", "eval")
        self.awaited = inspect.iscoroutinefunction(inspect.unwrap(function))
        self.several = getattr(function, "__name__", "") == "async_invoke"
        mark = getattr(function, MARK, None) or getattr(self._taken.called, MARK, None)
        self.form = _FORMS.get(getattr(mark, "func_type", None))
        self.batched = self.form is not None or hasattr(function, "__naja_vectorized__")
        read, write = _adapt.reader(inputs[0]), _adapt.writer(output)
        self.function = _awaited(function, read, write, self.several) if self.awaited else function
        self._taken.open(TaskRuntimeContext(*java))

    def refuse(self) -> None:
        """Says that the function can neither be awaited nor takes batches.

        Raises:
            TypeError: Always.
        """
        where = _describe.location(self._taken.called)
        raise TypeError(
            f"{self._label} ({where}) is no coroutine function and does not say that it takes "
            "batches: write 'async def', or '@naja.vectorized' or "
            "@udf(func_type='pandas') above it"
        )

    def close(self) -> None:
        """The task ends."""
        self._taken.close()


def _awaited(function: Callable[..., Any], read: Any, write: Any, several: bool) -> Any:
    async def call(value: Any) -> Any:
        result = await function(value if read is None else read(value))
        if write is None:
            return result
        return list(map(write, result)) if several else write(result)

    return call
