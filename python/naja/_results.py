"""What do columns, tables and other iterables consist of, as plain values?

NumPy's, pandas' and pyarrow's objects are known by their modules, which who made them has imported.
What pandas holds for missing becomes `None`, but not a NaN among floating-point numbers, which Java
has too.
"""

from __future__ import annotations

import sys
from itertools import cycle, islice
from operator import attrgetter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

#: How many elements, or rows, cross at once, and how many cells at most.
CHUNK = 1024
CELLS = 65_536


def elements(value: Any, columns: Sequence[str] | bool, nan_is_none: Sequence[bool]) -> Any:
    """What Java makes a collection of.

    Args:
        value: A column, a table, or any iterable.
        columns: Which columns of a table are wanted for its rows; `True` for all of them; `False`
            where no rows are wanted, so that a table is what iterating over it gives.
        nan_is_none: Whether a NaN of pandas stands for `None`, column by column and from the start
            again where there are more columns.

    Returns:
        The names of a table's columns and an iterator over lists of its rows, each a tuple; a list
        of the elements or, where they are many, an iterator over lists of them; or a `str` that
        says why there are no such rows.

    Raises:
        TypeError: `value` is not iterable.
    """
    table = None if columns is False else _table(value)
    if table is None:
        return _in_lists(value, nan_is_none[0])
    if type(table) is str:
        return table
    names, getters = table
    if columns is not True:
        absent = [name for name in columns if name not in names]
        if absent:
            return f"it has no column {absent[0]!r}, only {_listed(names)}"
        getters = [getters[names.index(name)] for name in columns]
        names = list(columns)
    cells = [_slices(get(), nan) for get, nan in zip(getters, cycle(nan_is_none))]
    return names, _rows(len(value), cells)


def objects(value: Any, columns: Sequence[str] | bool, nan_is_none: Sequence[bool]) -> Any:
    """The rows of a table as objects, whose cells can then be had by reference.

    Args:
        value: Anything.
        columns: As for `elements`, but not `False`.
        nan_is_none: As for `elements`.

    Returns:
        An iterator over dicts where all columns are wanted, else over objects that have the columns
        as attributes; `None` for what is no table; or a `str` that says why there are no such rows.
    """
    from types import SimpleNamespace

    if _table(value) is None:
        return None
    found = elements(value, columns, nan_is_none)
    if isinstance(found, str):
        return found
    names, lists = found
    kind = dict if columns is True else lambda cells: SimpleNamespace(**dict(cells))
    return (kind(zip(names, row)) for rows in lists for row in rows)


def pairs(value: Any, nan_is_none: bool, by_reference: bool) -> Any:
    """The items of a mapping, the columns of a table by name, or the values of a Series by label.

    Returns:
        A list of pairs or, where they are many or Java takes some by reference, an iterator over
        lists of them; or a `str` that says why there are none.
    """
    found = _pairs(value, nan_is_none)
    return iter([found]) if by_reference and type(found) is list else found


def _pairs(value: Any, nan_is_none: bool) -> Any:
    table = _table(value)
    if type(table) is str:
        return table
    if table is not None:
        names, getters = table
        return _in_lists([(name, get()) for name, get in zip(names, getters)], False)
    if _is(value, "pandas", "Series"):
        return _rows(len(value), [_slices(value.index, False), _slices(value, nan_is_none)])
    try:
        items = value.items()
    except AttributeError:
        return "it has no items()"
    return _in_lists([(key, item) for key, item in items], False)


def array(value: Any) -> Any:
    """The NumPy array that a column of pandas' is, or can be without loss; else `None`."""
    if not _is(value, "pandas", "Series", "Index"):
        return None
    import numpy

    if isinstance(value.dtype, numpy.dtype):
        return value.to_numpy()
    # Those that keep what is missing apart say what they are without that.
    plain = getattr(value.dtype, "numpy_dtype", None)
    if plain is None or plain.kind == "O" or value.hasnans:
        return None
    return value.to_numpy(dtype=plain)


def components(names: Sequence[str], by_reference: bool) -> Callable[[Any], Any]:
    """What takes a record's components of an object.

    Args:
        names: Those of the components.
        by_reference: Whether Java takes some of them by reference.

    Returns:
        A function of the object. It gives a tuple of its attributes, of a table's columns, or of a
        Series' values by label; an iterator over these for `by_reference`; or a `str` that says
        what is missing.
    """
    if len(names) > 1:
        attributes: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    else:

        def attributes(value: Any) -> tuple[Any, ...]:
            return tuple([getattr(value, name) for name in names])

    def take(value: Any) -> Any:
        try:
            labelled = "pandas" in sys.modules or "pyarrow" in sys.modules
            found = (labelled and _labelled(value, names)) or attributes(value)
        except AttributeError:
            absent = [name for name in names if not hasattr(value, name)]
            return f"it has no attribute {absent[0]}" if absent else "an attribute of it fails"
        return iter(found) if by_reference and type(found) is tuple else found

    return take


def _labelled(value: Any, names: Sequence[str]) -> tuple[Any, ...] | str | None:
    """The columns or values of these names; `None` for what is neither table nor Series."""
    table = _table(value)
    if type(table) is str:
        return table
    if table is not None:
        found = dict(zip(*table))
        absent = [name for name in names if name not in found]
        if absent:
            return f"it has no column {absent[0]!r}, only {_listed(table[0])}"
        return tuple([found[name]() for name in names])
    if _is(value, "pandas", "Series"):
        labels = dict(zip(value.index, _slices(value, False)(0, len(value))))
        absent = [name for name in names if name not in labels]
        return f"it has no {absent[0]}" if absent else tuple([labels[name] for name in names])
    return None


def _listed(names: Iterable[Any]) -> str:
    return ", ".join(map(repr, names)) or "none at all"


#: Classes that were looked up, by the names of their module and theirs.
_classes: dict[tuple[str, ...], tuple[type, ...]] = {}


def _is(value: Any, module: str, *names: str) -> bool:
    """Whether `value` is of one of a module's classes. Where it is not imported nothing is."""
    imported = sys.modules.get(module)
    if imported is None:
        return False
    key = (module, *names)
    if key not in _classes:
        _classes[key] = tuple(getattr(imported, name) for name in names)
    return isinstance(value, _classes[key])


def _table(value: Any) -> tuple[list[Any], list[Callable[[], Any]]] | str | None:
    """The names of a table's columns and what gets each; `None` for what is no table."""
    if _is(value, "pandas", "DataFrame"):
        names = list(value.columns)

        def column(index: int) -> Any:
            # By name it is faster, but only text names nothing but columns.
            return value[names[index]] if type(names[index]) is str else value.iloc[:, index]
    elif _is(value, "pyarrow", "Table", "RecordBatch"):
        names = value.schema.names
        column = value.column
    else:
        return None
    twice = [name for index, name in enumerate(names) if name in names[:index]]
    if twice:
        return f"several of its columns are named {twice[0]!r}: give each a name of its own"
    return names, [lambda index=index: column(index) for index in range(len(names))]


def _rows(
    count: int, cells: Sequence[Callable[[int, int], list[Any]]]
) -> Iterator[list[tuple[Any, ...]]]:
    step = max(1, min(CHUNK, CELLS // max(1, len(cells))))
    for start in range(0, count, step):
        stop = min(count, start + step)
        if cells:
            yield list(zip(*(column(start, stop) for column in cells)))
        else:
            yield [()] * (stop - start)


def _in_lists(value: Any, nan_is_none: bool) -> list[Any] | Iterator[list[Any]]:
    cells = _slices(value, nan_is_none)
    if cells is not None:
        if len(value) <= CHUNK:
            return cells(0, CHUNK)
        return (cells(start, start + CHUNK) for start in range(0, len(value), CHUNK))
    iterator = iter(value)
    first = list(islice(iterator, CHUNK))
    return first if len(first) < CHUNK else _pieces(first, iterator)


def _pieces(piece: list[Any], iterator: Iterator[Any]) -> Iterator[list[Any]]:
    while piece:
        yield piece
        piece = list(islice(iterator, CHUNK))


def _slices(value: Any, nan_is_none: bool) -> Callable[[int, int], list[Any]] | None:
    """What gives a part of a column as a list of plain values; `None` for what is no column."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    if _is(value, "pandas", "Series", "Index"):
        if isinstance(value.dtype, numpy.dtype):
            array = value.to_numpy()
            return lambda start, stop: _of_plain_pandas(array[start:stop], nan_is_none)
        value = value.array
    if isinstance(value, numpy.ndarray) and value.ndim:
        return lambda start, stop: _of_numpy(value[start:stop])
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.api.extensions.ExtensionArray):
        return lambda start, stop: _of_pandas(value[start:stop], nan_is_none)
    if _is(value, "pyarrow", "Array", "ChunkedArray"):
        return lambda start, stop: value[start:stop].to_pylist()
    return None


def _of_numpy(array: Any) -> list[Any]:
    # Times may have more digits than those that `tolist` makes of them.
    return list(array) if array.dtype.kind in "mM" else array.tolist()


def _of_plain_pandas(array: Any, nan_is_none: bool) -> list[Any]:
    kind = array.dtype.kind
    if kind == "O" or (kind == "f" and nan_is_none):
        missing = sys.modules["pandas"].isna(array)
        array = array.astype(object)
        array[missing] = None
    return _of_numpy(array)


def _of_pandas(array: Any, nan_is_none: bool) -> list[Any]:
    import numpy
    import pandas

    if isinstance(array.dtype, pandas.CategoricalDtype):
        # The code of what is missing is -1.
        values = [*_slices(array.categories, False)(0, len(array.categories)), None]
        return [values[code] for code in array.codes.tolist()]
    if isinstance(array.dtype, (pandas.SparseDtype, numpy.dtype)):
        return _of_plain_pandas(numpy.asarray(array), nan_is_none)
    return array.to_numpy(dtype=object, na_value=None).tolist()
