"""What do classes for functions of SQL look like?

They are PyFlink's shapes. None has to be inherited from: what has the methods is such a function.
"""

from __future__ import annotations

from typing import Any


class FunctionContext:
    """What ``open`` of a SQL function is given.

    Made by the task; `naja.flink.testing` makes one for tests. Not thread-safe.
    """

    __module__ = "naja.flink"

    def get_metric_group(self) -> Any:
        """The metrics of the function: ``counter``, ``gauge``, ``meter``, ``distribution``."""
        raise NotImplementedError

    def get_job_parameter(self, key: str, default_value: str | None = None) -> str | None:
        """A parameter of the job, of ``pipeline.global-job-parameters``."""
        raise NotImplementedError

    def get_cached_file(self, name: str) -> str:
        """The path of a file of the distributed cache on this machine.

        Raises:
            KeyError: The job registered no such file.
        """
        raise NotImplementedError


class UserDefinedFunction:
    """What all functions of SQL have in common."""

    __module__ = "naja.flink"

    def open(self, function_context: FunctionContext) -> None:
        """Runs once in each subtask before the first call: models are loaded here."""

    def close(self) -> None:
        """Runs once in each subtask after the last call, also if the task failed."""

    def is_deterministic(self) -> bool:
        """Whether equal arguments give equal results; the planner may then call it once."""
        return True


class ScalarFunction(UserDefinedFunction):
    """One value for each row; a subclass has ``eval(self, ...)``."""

    __module__ = "naja.flink"


class AsyncScalarFunction(UserDefinedFunction):
    """One value for each row, later; a subclass has ``async def eval(self, ...)``."""

    __module__ = "naja.flink"


class TableFunction(UserDefinedFunction):
    """Any number of rows for each row; a subclass has an ``eval(self, ...)`` that yields them."""

    __module__ = "naja.flink"


class _Aggregating(UserDefinedFunction):
    """What aggregate functions have in common.

    A subclass may have ``retract(self, accumulator, ...)``, which changing tables and bounded OVER
    windows need, and ``merge(self, accumulator, accumulators)``, which session windows, window
    table-valued functions and two-phase aggregation need. Accumulators are changed in place.
    """

    def create_accumulator(self) -> Any:
        """A fresh accumulator for a group of no rows."""
        raise NotImplementedError(f"{type(self).__name__} has no create_accumulator")

    def accumulate(self, accumulator: Any, *args: Any) -> None:
        """Adds a row to an accumulator."""
        raise NotImplementedError(f"{type(self).__name__} has no accumulate")

    def retract(self, accumulator: Any, *args: Any) -> None:
        """Takes a row out of an accumulator that was added before."""
        raise NotImplementedError(f"{type(self).__name__} has no retract")

    def merge(self, accumulator: Any, accumulators: list[Any]) -> None:
        """Adds what several accumulators hold to the first."""
        raise NotImplementedError(f"{type(self).__name__} has no merge")

    def get_result_type(self) -> Any:
        """The SQL type of the result; ``None`` where a hint or a decorator says it."""
        return None

    def get_accumulator_type(self) -> Any:
        """The SQL type of the accumulator; ``None`` for one that only Python reads."""
        return None


class AggregateFunction(_Aggregating):
    """One value for the rows of a group."""

    __module__ = "naja.flink"

    def get_value(self, accumulator: Any) -> Any:
        """The value of a group."""
        raise NotImplementedError(f"{type(self).__name__} has no get_value")


class TableAggregateFunction(_Aggregating):
    """Any number of rows for the rows of a group."""

    __module__ = "naja.flink"

    def emit_value(self, accumulator: Any) -> Any:
        """Yields the rows of a group."""
        raise NotImplementedError(f"{type(self).__name__} has no emit_value")
