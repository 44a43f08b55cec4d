"""How is a function that takes many rows called, and one that takes a single row, with a batch?

Java fills a table with the arguments of many rows; `naja._vectorized` makes of it what ``prepared``
asks for. What comes back is one value a row: as the function gave it, or for a ``ROW`` a tuple.
"""

from __future__ import annotations

from naja.flink import _adapt, _describe

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any


def prepared(
    function: Callable[..., Any], style: str | None, whole: bool, arguments: Any, result: Any
) -> tuple[str, Callable[..., Any]]:
    """The function as a batch is passed to it.

    Args:
        function: What is called.
        style: ``"pandas"``, ``"arrow"`` or ``"numpy"`` for a function that takes many rows, which
            ``naja.vectorized`` may say more exactly; ``None`` for one that takes one at a time.
        whole: Whether it takes all columns as one argument: a ``DataFrame``, a ``RecordBatch`` or,
            for one row, a ``Row``.
        arguments: The description of the row of arguments, ``("ROW", names, types)``.
        result: The description of a result.

    Returns:
        The form in which the batch is to be passed, and what it is passed to.
    """
    name = getattr(function, "__qualname__", type(function).__qualname__)
    shape = _Shape(name, result)
    if style is None:
        return "rows", _named(_one_by_one(function, whole, arguments, shape.write), name)
    if style == "arrow" and not whole:
        return "arrow", _named(lambda batch: shape(function(*batch.columns)), name)
    marked = getattr(function, "__naja_vectorized__", None)
    if marked is not None:
        form = marked[0]
    elif style == "arrow":
        form = "arrow"
    else:
        frame = whole or _describe.frame_columns(function) is not None
        form = "frame" if frame else "series"
    return form, _named(lambda *columns: shape(function(*columns)), name)


def _named(call: Callable[..., Any], name: str) -> Callable[..., Any]:
    """Gives what is called the name of the function behind it, for messages."""
    call.__qualname__ = name
    return call


def _one_by_one(
    function: Callable[..., Any],
    whole: bool,
    arguments: Any,
    write: Callable[[Any], Any] | None,
) -> Callable[[list[tuple[Any, ...]]], list[Any]]:
    """Calls a function for each row; where it raises, the exception is the row's result."""
    if whole:
        read = _adapt.reader(arguments)

        def call(row: tuple[Any, ...]) -> Any:
            return function(read(row))

    else:

        def call(row: tuple[Any, ...]) -> Any:
            return function(*row)

    def each(row: tuple[Any, ...]) -> Any:
        try:
            value = call(row)
            return value if write is None or value is None else write(value)
        except Exception as failure:
            return failure

    return lambda rows: list(map(each, rows))


class _Shape:
    """Makes one value for each row of what a function has returned for many.

    Attributes:
        write: Makes a plain value of one result; none where it is one already.
    """

    def __init__(self, name: str, result: Any) -> None:
        self._name = name
        self.write = _adapt.writer(result)
        self._float = result in ("DOUBLE", "FLOAT")
        self._row = isinstance(result, tuple) and result[0] == "ROW"
        if self._row:
            self._fields: Sequence[str] = result[1]
            self._writers = [_adapt.writer(each) for each in result[2]]

    def __call__(self, returned: Any) -> Any:
        if self._row:
            columns = self._columns(returned)
            if columns is not None:
                return list(zip(*map(_written, columns, self._writers)))
        elif self._float and hasattr(returned, "to_numpy") and not hasattr(returned, "to_pylist"):
            # An array of plain floats crosses at once; what is missing is NaN in it.
            if getattr(returned, "dtype", None) == "float64":
                return returned.to_numpy()
            return returned.to_numpy(dtype="float64", na_value=float("nan"))
        if self.write is None:
            return _elements(returned)
        return _written(returned, self.write)

    def _columns(self, returned: Any) -> list[Any] | None:
        """The columns of a table, in the order of the fields; ``None`` for what is a column."""
        if getattr(returned, "ndim", 1) == 2 and not hasattr(returned, "columns"):
            return self._counted(list(returned.T))
        if isinstance(returned, tuple):
            return self._counted(list(returned))
        if hasattr(returned, "column_names"):
            return [returned.column(name) for name in self._named(returned.column_names)]
        if hasattr(returned, "columns"):
            there = list(returned.columns)
            if there == list(range(len(self._fields))):
                return [returned[index] for index in there]
            return [returned[name] for name in self._named(there)]
        if isinstance(returned, dict):
            return [returned[name] for name in self._named(list(returned))]
        return None

    def _counted(self, columns: list[Any]) -> list[Any]:
        if len(columns) != len(self._fields):
            raise ValueError(
                f"{self._name} has returned {len(columns)} columns, but its result has "
                f"{len(self._fields)} fields: {', '.join(self._fields)}"
            )
        return columns

    def _named(self, there: list[Any]) -> Sequence[str]:
        missing = [name for name in self._fields if name not in there]
        if missing:
            raise KeyError(
                f"{self._name} has returned a table without the columns {', '.join(missing)}; "
                f"it has {', '.join(map(str, there))}"
            )
        return self._fields


def _written(column: Any, write: Callable[[Any], Any] | None) -> Iterable[Any]:
    values = _elements(column)
    if write is None:
        return values
    return [None if value is None else write(value) for value in values]


def _elements(column: Any) -> list[Any]:
    """The elements as a list, with ``None`` for what pandas counts as missing."""
    if isinstance(column, list):
        return column
    if hasattr(column, "to_pylist"):
        return column.to_pylist()
    if hasattr(column, "isna"):
        missing = column.isna()
        if missing.any():
            column = column.astype(object).where(~missing, None)
        return column.tolist() if column.dtype.kind not in "mM" else list(column)
    if hasattr(column, "tolist") and column.dtype.kind not in "mM":
        return column.tolist()
    return list(column)
