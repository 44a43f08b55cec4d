"""How are functions for Flink tested with pytest alone, without JVM and cluster?

`opened` opens and closes a function, `aggregate`, `emitted` and `rows` run those of SQL over some
rows, and `ProcessHarness` runs a process function with state, timers and side outputs.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

from naja.flink._test_context import Metrics, TestContext
from naja.flink._test_harness import ProcessHarness

__all__ = ["Metrics", "ProcessHarness", "TestContext", "aggregate", "emitted", "opened", "rows"]


@contextlib.contextmanager
def opened(target: Any, context: TestContext | None = None, **arguments: Any) -> Iterator[Any]:
    """Opens a function and closes it after the ``with`` block.

    Args:
        target: An object, or a class, of which an object is made.
        context: What ``open`` is given; a fresh one, if none.
        arguments: What the class is called with.

    Yields:
        The object; its methods may be called.
    """
    function = target(**arguments) if isinstance(target, type) else target
    if hasattr(function, "open"):
        function.open(context or TestContext())
    try:
        yield function
    finally:
        if hasattr(function, "close"):
            function.close()


def aggregate(
    target: Any, values: Iterable[Any], retracted: Iterable[Any] = (), parts: int = 1
) -> Any:
    """The value of an aggregate function over some rows.

    Args:
        target: The function, as an object or a class, or a pandas one.
        values: The arguments of each row: a tuple of them, or the only one.
        retracted: Rows that are taken out again.
        parts: Over how many accumulators the rows are spread, which are then merged.

    Returns:
        What ``get_value`` returns.
    """
    if not hasattr(target, "accumulate"):
        import pandas

        columns = zip(*map(_arguments, values))
        return target(*(pandas.Series(list(each)) for each in columns))
    with opened(target) as function:
        return function.get_value(_accumulated(function, values, retracted, parts))


def emitted(
    target: Any, values: Iterable[Any], retracted: Iterable[Any] = (), parts: int = 1
) -> list[Any]:
    """The rows of a table aggregate function over some rows; the arguments are `aggregate`'s."""
    with opened(target) as function:
        accumulator = _accumulated(function, values, retracted, parts)
        return list(function.emit_value(accumulator))


def rows(target: Any, *arguments: Any) -> list[Any]:
    """The rows of a table function for one row of arguments."""
    if not hasattr(target, "eval"):
        return _several(target(*arguments))
    with opened(target) as function:
        return _several(function.eval(*arguments))


def _arguments(value: Any) -> tuple[Any, ...]:
    return value if type(value) is tuple else (value,)


def _accumulated(function: Any, values: Iterable[Any], retracted: Iterable[Any], parts: int) -> Any:
    accumulators = [function.create_accumulator() for _ in range(parts)]
    for index, value in enumerate(values):
        function.accumulate(accumulators[index % parts], *_arguments(value))
    for value in retracted:
        function.retract(accumulators[0], *_arguments(value))
    if parts > 1:
        function.merge(accumulators[0], accumulators[1:])
    return accumulators[0]


def _several(results: Any) -> list[Any]:
    if results is None:
        return []
    if isinstance(results, (str, bytes, tuple)) or not isinstance(results, Iterable):
        return [results]
    return list(results)
