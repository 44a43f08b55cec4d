"""How does a function that takes many rows at once get those that Java has gathered?

Java passes columns; a function says by `vectorized` what it wants to have made of them. What it
returns becomes a list with one element a row.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any, TypeVar

    Function = TypeVar("Function", bound=Callable[..., Any])

#: Where a function keeps what `vectorized` has said of it.
_MARK = "__naja_vectorized__"

#: What a function may take, and the packages that make it.
_FORMS = {
    "arrays": "numpy",
    "series": "pandas",
    "frame": "pandas",
    "arrow": "pyarrow",
    "dict": "numpy",
    "lists": None,
    "rows": None,
}

#: The tables of Java that come nearest, where that is not a dict of arrays.
_TABLES = {"series": "SERIES", "frame": "PANDAS", "arrow": "ARROW"}

#: Nullable types of pandas by the kinds of NumPy.
_NULLABLE = {"?": "boolean", "b": "Int8", "h": "Int16", "i": "Int32", "q": "Int64"}


def vectorized(
    function: Function | None = None, *, form: str = "arrays", columns: Iterable[str] = ()
) -> Any:
    """Marks a function that takes many rows at once, for a ``MicroBatcher`` of Java's.

    It returns as many results as there are rows, in their order: an array, a Series, a list; for
    results of several columns a tuple of arrays, a DataFrame or a dict of columns. Where it raises
    `RowError` only the rows named there fail. In Python the function stays what it is.

    Args:
        function: The function; none where the decorator has arguments.
        form: What the function takes: ``"arrays"``, a NumPy array for each column, and one of two
            dimensions for rows that are Java arrays; ``"series"``, a pandas Series for each column;
            ``"frame"``, a DataFrame; ``"arrow"``, a pyarrow RecordBatch; ``"dict"``, a dict of
            NumPy arrays; ``"lists"``, a list for each column; ``"rows"``, one list of rows.
        columns: The names of the columns, where rows have none.

    Raises:
        TypeError: What is decorated cannot be called, or is a coroutine function.
        ValueError: There is no such form.
    """
    names = (columns,) if isinstance(columns, str) else tuple(columns)
    if form not in _FORMS:
        raise ValueError(f"@naja.vectorized(form={form!r}): a form is one of {', '.join(_FORMS)}")

    def mark(marked: Function) -> Function:
        _check(marked)
        setattr(marked, _MARK, (form, names))
        return marked

    return mark if function is None else mark(function)


class RowError(Exception):
    """Raised by a function that takes many rows: some of them are bad, and only they fail.

    The function is called again with the others. An exception that it returns in place of a result
    fails a row too, without a second call.

    Args:
        index: The place of the bad row in the batch, from 0, or several places.
        message: What is wrong with it.

    Attributes:
        indices: The places, as a tuple.
    """

    __module__ = "naja"

    def __init__(self, index: int | Iterable[int], message: object = "") -> None:
        from operator import index as exact

        try:
            self.indices = (exact(index),)
        except TypeError:
            self.indices = tuple(map(exact, index))
        super().__init__(self.indices, message)

    def __str__(self) -> str:
        rows = ", ".join(map(str, self.indices))
        what = f"row {rows}" if len(self.indices) == 1 else f"rows {rows}"
        return f"{what}: {self.args[1]}" if self.args[1] != "" else what


class Partly:
    """What Java gets in place of a list of results where some rows have failed.

    Attributes:
        results: The results; ``None`` where the function has to be called again with the others.
        failures: Pairs of the places of rows and the exception that they fail with.
    """

    __slots__ = ("failures", "results")

    def __init__(
        self, results: list[Any] | None, failures: list[tuple[list[int], BaseException]]
    ) -> None:
        self.results, self.failures = results, failures


def fail(exception: BaseException) -> None:
    """Raises what it is given."""
    raise exception


def prepare(
    function: Callable[..., Any], form: str | None, columns: Sequence[str], want: str
) -> Batches:
    """The function as Java calls it.

    Args:
        function: What takes many rows at once.
        form: How it takes them; ``None`` for what `vectorized` says.
        columns: The names of columns; empty for what `vectorized` says.
        want: What each result is wanted as: ``"objects"``, as they are; ``"values"``, as plain
            values of Python; ``"doubles"``, for which all may come as one array.

    Raises:
        TypeError: It cannot be called, or is a coroutine function.
        ImportError: A package is missing that the form needs.
    """
    _check(function)
    marked_form, marked_columns = getattr(function, _MARK, ("arrays", ()))
    prepared = Batches(function, form or marked_form, tuple(columns) or marked_columns, want)
    package = _FORMS[prepared.form]
    if package is not None:
        try:
            __import__(package)
        except ImportError as failure:
            raise ImportError(
                f"{prepared.name} takes batches of the form {prepared.form!r}, for which Python"
                f" needs the package {package}, but it cannot be imported ({failure}): install it,"
                f" as by {sys.executable} -m pip install {package}, or choose the form 'lists' or"
                " 'rows'",
                name=package,
            ) from failure
    return prepared


def _check(function: object) -> None:
    # `inspect.CO_COROUTINE`; inspect takes 20 ms to import.
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if not callable(function) or (code is not None and code.co_flags & 0x80):
        what = "is a coroutine function" if callable(function) else "cannot be called"
        raise TypeError(f"only a function can take batches; {_name(function)} {what}")


def _name(function: object) -> str:
    name = getattr(function, "__qualname__", None)
    return name if isinstance(name, str) else type(function).__qualname__


class Batches:
    """A function that takes many rows, called with the columns that Java has gathered.

    Attributes:
        name: The function's name.
        form: What it takes.
        columns: The names of the columns, as far as they are known.
        by_row: Whether it is called with a list of rows instead of with columns.
        table: The form of the table that it is called with where Java fills tables.
    """

    def __init__(
        self, function: Callable[..., Any], form: str, columns: tuple[str, ...], want: str
    ) -> None:
        self._function, self._want = function, want
        self.name, self.form, self.columns = _name(function), form, list(columns)
        self.by_row = form == "rows"
        self.table = _TABLES.get(form, "NUMPY")
        self._make = None if self.by_row else getattr(self, f"_{form}")

    def __call__(self, count: Any, *table: Any) -> Any:
        """Calls the function.

        Args:
            count: How many rows there are; the rows themselves where `by_row`.
            table: Whether the columns go by keyword, their names if they have some, their kinds, as
                one letter each, how many elements their cells have whose elements come one after
                the other, -1 for others, and the columns. Or only a table.
        """
        if len(table) == 1:
            args, kwargs = self._filled(*table), {}
        elif self.by_row:
            args, kwargs, count = (count,), {}, len(count)
        else:
            by_keyword, names, kinds, widths, *columns = table
            columns = [
                column if width < 0 else _vectors(column, kind, count, width)
                for column, kind, width in zip(columns, kinds, widths)
            ]
            args, kwargs = self._make(by_keyword, names, kinds, columns)
        try:
            returned = self._function(*args, **kwargs)
        except RowError as error:
            outside = [index for index in error.indices if not 0 <= index < count]
            if outside or not error.indices:
                raise IndexError(
                    f"naja.RowError names {outside or 'no row'}, but the batch has the rows 0 to"
                    f" {count - 1}"
                ) from error
            return Partly(None, [(list(error.indices), error)])
        return self._checked(returned, count)

    # What the function takes.

    def _filled(self, table: Any) -> tuple[Any, ...]:
        if self.form in ("frame", "arrow", "dict"):
            return (table,)
        columns = [table[name] for name in table]
        if self.form in ("arrays", "series"):
            return tuple(columns)
        lists = map(_list, columns)
        return (list(zip(*lists)),) if self.by_row else tuple(lists)

    def _arrays(self, by_keyword: bool, names: Any, kinds: str, columns: list[Any]) -> Any:
        return _passed(by_keyword, names, map(_array, columns, kinds))

    def _lists(self, by_keyword: bool, names: Any, kinds: str, columns: list[Any]) -> Any:
        return _passed(by_keyword, names, map(_list, columns))

    def _series(self, by_keyword: bool, names: Any, kinds: str, columns: list[Any]) -> Any:
        names, kinds, columns = self._split(names, kinds, columns)
        series = [
            _one_series(column, kind, name)
            for column, kind, name in zip(columns, kinds, names or [None] * len(columns))
        ]
        return _passed(by_keyword, names, series)

    def _frame(self, by_keyword: bool, names: Any, kinds: str, columns: list[Any]) -> Any:
        from pandas import DataFrame

        if len(columns) == 1:
            array = _array(columns[0], kinds)
            if array.ndim == 2:
                named = self._named(names, array.shape[1])
                return (DataFrame(array, columns=list(named)),), {}
        names = self._named(names, len(columns))
        series = map(_one_series, columns, kinds, names)
        return (DataFrame(dict(zip(names, series))),), {}

    def _arrow(self, by_keyword: bool, names: Any, kinds: str, columns: list[Any]) -> Any:
        from pyarrow import RecordBatch

        names, kinds, columns = self._split(names, kinds, columns)
        names = self._named(names, len(columns))
        arrays = list(map(_arrow_array, columns, kinds))
        return (RecordBatch.from_arrays(arrays, names=list(names)),), {}

    def _dict(self, by_keyword: bool, names: Any, kinds: str, columns: list[Any]) -> Any:
        names, kinds, columns = self._split(names, kinds, columns)
        names = self._named(names, len(columns))
        return (dict(zip(names, map(_array, columns, kinds))),), {}

    def _split(self, names: Any, kinds: str, columns: list[Any]) -> tuple[Any, str, list[Any]]:
        """Makes a column of each element where rows are arrays and nothing else."""
        if len(columns) == 1 and len(names) != 1:
            array = _array(columns[0], kinds)
            if array.ndim == 2:
                return names, kinds * array.shape[1], list(array.T)
        return names, kinds, columns

    def _named(self, names: Sequence[str], count: int) -> Sequence[str]:
        if len(names) != count:
            found = f"{len(names)} names" if names else "no names"
            values = f"{count} value{'s' * (count != 1)}"
            raise TypeError(
                f"{self.name} takes batches of the form {self.form!r}, whose columns need names,"
                f" but rows of {values} came with {found}: name them by"
                " @naja.vectorized(columns=[...]) or BatchConfig.withColumns, or send records or"
                " maps"
            )
        return names

    # What it returns.

    def _checked(self, returned: Any, count: int) -> Any:
        rows = self._rows(returned, count)
        if len(rows) != count:
            raise ValueError(
                f"{self.name} has returned {len(rows)} results for a batch of {count} rows: it must"
                " return one for each row, in their order"
            )
        if type(returned) is list or _kind(returned) == "O":
            failures = [
                ([index], row) for index, row in enumerate(rows) if isinstance(row, BaseException)
            ]
            if failures:
                return Partly(rows, failures)
        return rows

    def _rows(self, returned: Any, count: int) -> Any:
        """The results as a list, or as the array that they are."""
        if isinstance(returned, list):
            return returned
        if isinstance(returned, dict):
            columns = [self._column(each, key, count) for key, each in returned.items()]
            return [dict(zip(returned, row)) for row in zip(*columns)]
        if isinstance(returned, tuple):
            if not returned or not all(map(_is_column, returned)):
                return list(returned)
            return list(
                zip(*(self._column(each, index, count) for index, each in enumerate(returned)))
            )
        if hasattr(returned, "to_pylist"):
            return returned.to_pylist()
        if hasattr(returned, "to_dict") and hasattr(returned, "columns"):
            return returned.to_dict("records")
        if _is_column(returned):
            return returned if self._as_it_is(returned) else self._elements(returned)
        raise TypeError(
            f"{self.name} has returned {_a(returned)} for a batch of {count} rows: it must return"
            " one result for each row, as an array, a Series, a list, a tuple of arrays or a"
            " DataFrame"
        )

    def _as_it_is(self, returned: Any) -> bool:
        """Whether Java takes an array at once."""
        numpy = sys.modules.get("numpy")
        return (
            self._want == "doubles"
            and numpy is not None
            and isinstance(returned, numpy.ndarray)
            and returned.ndim == 1
            and returned.dtype == numpy.float64
            and not isinstance(returned, numpy.ma.MaskedArray)
        )

    def _column(self, column: Any, key: object, count: int) -> list[Any]:
        if not isinstance(column, list) and not _is_column(column):
            raise TypeError(
                f"column {key!r} of what {self.name} has returned is {_a(column)}, not an array, a"
                " Series or a list"
            )
        elements = column if isinstance(column, list) else self._elements(column)
        if len(elements) != count:
            raise ValueError(
                f"column {key!r} of what {self.name} has returned has {len(elements)} elements for"
                f" a batch of {count} rows"
            )
        return elements

    def _elements(self, column: Any) -> list[Any]:
        if hasattr(column, "to_pylist"):
            return column.to_pylist()
        # NumPy makes plain numbers of points in time of nanoseconds.
        plain = (
            self._want != "objects"
            and hasattr(column, "tolist")
            and _kind(column) not in ("M", "m")
        )
        return column.tolist() if plain else list(column)


def _passed(by_keyword: bool, names: Any, columns: Iterable[Any]) -> Any:
    return ((), dict(zip(names, columns))) if by_keyword else (columns, {})


def _a(value: object) -> str:
    return "None" if value is None else f"an object of type {type(value).__qualname__!r}"


def _kind(value: Any) -> Any:
    """The kind of an array's elements, as NumPy calls it."""
    return getattr(getattr(value, "dtype", None), "kind", None)


def _is_column(value: Any) -> bool:
    """Whether something is an array, of whatever package, and has a length."""
    if not (hasattr(value, "tolist") or hasattr(value, "to_pylist")):
        return False
    return getattr(value, "ndim", 1) > 0 and hasattr(value, "__len__")


def _vectors(column: Any, kind: str, count: int, width: int) -> Any:
    """A column of arrays, whose elements came one after the other."""
    if type(column) is list:  # There is no NumPy.
        return [column[row * width : (row + 1) * width] for row in range(count)]
    import numpy

    return numpy.asarray(column, kind).reshape(count, width)


def _array(column: Any, kind: str) -> Any:
    import numpy

    if kind != "O" and not (type(column) is list and None in column):
        return numpy.asarray(column, kind)
    if kind in "fd":
        return numpy.array(column, kind)  # None becomes NaN.
    array = numpy.empty(len(column), object)
    for index, cell in enumerate(column):
        array[index] = cell
    return array


def _list(column: Any) -> list[Any]:
    return column.tolist() if hasattr(column, "tolist") else list(column)


def _one_series(column: Any, kind: str, name: str | None) -> Any:
    from pandas import Series, array

    if kind in _NULLABLE and type(column) is list and None in column:
        return Series(array(column, _NULLABLE[kind]), name=name)
    values = column if kind == "O" else _array(column, kind)
    return Series(list(values) if getattr(values, "ndim", 1) == 2 else values, name=name)


def _arrow_array(column: Any, kind: str) -> Any:
    import pyarrow

    if kind == "O":
        return pyarrow.array(column)
    if type(column) is list:
        import numpy

        return pyarrow.array(column, pyarrow.from_numpy_dtype(numpy.dtype(kind)))
    array = _array(column, kind)
    return pyarrow.array(list(array) if array.ndim == 2 else array)
