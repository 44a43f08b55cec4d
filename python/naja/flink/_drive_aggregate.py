"""How does an aggregate function become what a task calls?

An accumulator stays a Python object for as long as the task keeps it in memory. For checkpoints,
other tasks and state on disk it is *kept*: pickled, or as the SQL type that it was declared as.
"""

from __future__ import annotations

import pickle

from naja.flink import _adapt, _describe, _life, _resolve
from naja.flink._context import TaskFunctionContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Adapter = Callable[[Any], Any]

#: Every supported Python reads it, so that a savepoint outlives the interpreter.
_PROTOCOL = 4


def prepare(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    arguments: tuple[Any, ...],
    accumulator: Any,
    result: Any,
    rows: bool,
) -> tuple[Any, ...]:
    """Opens an aggregate function, or a table aggregate function.

    Args:
        reference: The function's reference, see `naja.flink._resolve`.
        import_module: What imports the job's modules.
        task: The Java object that knows the task.
        arguments: The descriptions of the arguments' types, see `naja.flink._adapt`.
        accumulator: The description of the accumulator's declared type; ``None`` for a pickle.
        result: The description of the result's type.
        rows: Whether it is a table aggregate function, which emits any number of results.

    Returns:
        What is called to make an accumulator, to add a row, to take one out or ``None``, to merge
        or ``None``, for the value, to keep an accumulator, to restore one, at the end, and a
        function that does nothing.

    Raises:
        TypeError: A method is missing, or accumulators cannot be pickled.
    """
    owner, function = _resolve.instance(reference, None, import_module)
    where = _describe.location(function)
    close = _life.begin(owner, TaskFunctionContext(task))
    keep, restore = _kept(accumulator, where, import_module)
    create = _method(function, "create_accumulator", where)
    if accumulator is None:
        keep(create())  # What cannot be kept at all is refused before the first row.
    value = (
        _emitter(_method(function, "emit_value", where), result)
        if rows
        else _then(_method(function, "get_value", where), _adapt.writer(result))
    )
    return (
        create,
        _adapted(_method(function, "accumulate", where), arguments),
        _adapted(function.retract, arguments) if _has(function, "retract") else None,
        function.merge if _has(function, "merge") else None,
        value,
        keep,
        restore,
        close,
        _life.nothing,
    )


def prepare_pandas(
    reference: str,
    import_module: Callable[[str], Any],
    task: Any,
    arguments: tuple[Any, ...],
    result: Any,
) -> tuple[Callable[..., Any], Callable[[], None]]:
    """Opens a function that takes all rows of a group at once.

    Args:
        reference: As in `prepare`.
        import_module: As in `prepare`.
        task: As in `prepare`.
        arguments: As in `prepare`.
        result: As in `prepare`.

    Returns:
        What is called with a NumPy array or a list for each argument, and what is called at the
        end.
    """
    import pandas

    owner, function = _resolve.instance(reference, None, import_module)
    function = getattr(function, "eval", function)
    close = _life.begin(owner, TaskFunctionContext(task))
    names = _describe.frame_columns(function)
    makers = [_series_maker(pandas.Series, each) for each in arguments]
    write = _adapt.writer(result)

    def call(*columns: Any) -> Any:
        series = [make(column) for make, column in zip(makers, columns)]
        if names is not None:
            labels = names or [f"f{index}" for index in range(len(series))]
            found = function(pandas.DataFrame(dict(zip(labels, series))))
        else:
            found = function(*series)
        return found if write is None else write(found)

    return call, close


def _series_maker(series: Any, described: Any) -> Callable[[Any], Any]:
    """What makes a Series of a NumPy array, or of a list where a column has ``None``."""
    read = _adapt.reader(described)
    if read is not None:
        return lambda column: series(list(map(read, column)))
    if described not in ("TIMESTAMP_WITHOUT_TIME_ZONE", "TIMESTAMP_WITH_LOCAL_TIME_ZONE"):
        return series
    local = described == "TIMESTAMP_WITH_LOCAL_TIME_ZONE"

    def times(column: Any) -> Any:
        if isinstance(column, list):
            return series(column)
        made = series(column.view("datetime64[us]"))
        return made.dt.tz_localize("UTC") if local else made

    return times


def _has(function: Any, name: str) -> bool:
    return _describe.has_own(function, name)


def _method(function: Any, name: str, where: str) -> Callable[..., Any]:
    if not _has(function, name):
        raise TypeError(f"{where}: {type(function).__name__} has no method {name}")
    return getattr(function, name)


def _adapted(method: Callable[..., Any], arguments: tuple[Any, ...]) -> Callable[..., Any]:
    readers = [_adapt.reader(each) for each in arguments]
    if not any(readers):
        return method

    def call(accumulator: Any, *values: Any) -> None:
        method(
            accumulator,
            *(
                value if read is None or value is None else read(value)
                for read, value in zip(readers, values)
            ),
        )

    return call


def _then(method: Callable[..., Any], write: Adapter | None) -> Callable[..., Any]:
    return method if write is None else lambda accumulator: write(method(accumulator))


def _emitter(method: Callable[..., Any], result: Any) -> Callable[..., Any]:
    write = _adapt.writer(result) or _alone
    return lambda accumulator: [write(each) for each in method(accumulator) or ()]


def _alone(value: Any) -> Any:
    """The value of a row of one column."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _kept(
    accumulator: Any, where: str, import_module: Callable[[str], Any]
) -> tuple[Adapter, Adapter]:
    if accumulator is not None:
        return _adapt.writer(accumulator) or _itself, _adapt.reader(accumulator) or _itself
    # Pickles name modules; in the files of a job those are the job's own.
    run = getattr(getattr(import_module, "__self__", None), "call", _run)

    def keep(value: Any) -> bytes:
        try:
            return run(pickle.dumps, value, _PROTOCOL)
        except Exception as error:
            raise TypeError(
                f"{where}: the accumulator, a {type(value).__name__}, cannot be kept in a "
                f"checkpoint: {error}; make it of values that pickle takes, or declare its type "
                f"with accumulator_type"
            ) from error

    def restore(kept: bytes) -> Any:
        try:
            return run(pickle.loads, kept)
        except Exception as error:
            raise TypeError(
                f"{where}: the accumulator of a checkpoint cannot be read: {error}; its classes "
                f"must still be there under the names that they had when it was written"
            ) from error

    return keep, restore


def _run(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _itself(value: Any) -> Any:
    return value
