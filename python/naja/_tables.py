"""Which columns does a table have, and how do their cells come to Java?

As memory where they are numbers, truth values or times, as Python objects otherwise. Java copies
both, so what becomes of the table afterwards does not matter to it.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    #: How the cells are to be read, the cells, and where memory cannot tell, which are null.
    Cells = tuple[str, Any, Any]

#: Units of NumPy's times that Java counts in.
_UNITS = ("s", "ms", "us", "ns")


class _NoTable(Exception):
    """Says why a value is no table that Java can read."""


def columns(value: Any) -> Any:
    """What `Rows` needs of a table.

    Args:
        value: A DataFrame, a pyarrow table, batch or reader, or what gives one by
            ``__arrow_c_stream__``; a structured array; a dict of columns; or a list of dicts.

    Returns:
        `None` and Java objects as they are; a `str` that says why the value is no table; else the
        number of rows, the names of the columns, and for each column how its cells are to be read:
        ``objects``, or a type of NumPy's array interface with what it stands for, such as
        ``<i8 instant us Europe/Berlin`` or ``|V16 decimal 2``; the cells, as a list or as bytes;
        and a byte for each cell that is 1 if it is null, or `None`.
    """
    from naja import _bridge

    if value is None or isinstance(value, _bridge.JavaObject):
        return value
    try:
        names, cells = _table(value)
        rows = {len(each[1]) if each[0] == "objects" else each[3] for each in cells}
    except _NoTable as failure:
        return str(failure)
    if len(rows) > 1:
        return "its columns differ in length: " + ", ".join(
            f"{name!r} has {len(each[1]) if each[0] == 'objects' else each[3]}"
            for name, each in zip(names, cells)
        )
    if len(set(names)) != len(names):
        return f"two of its columns have the same name: {names}"
    return rows.pop() if rows else 0, names, [each[:3] for each in cells]


def _table(value: Any) -> tuple[list[str], list[Any]]:
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(value, pandas.DataFrame):
        return [str(label) for label in value.columns], [_series(each) for _, each in value.items()]
    if isinstance(value, dict):
        return [str(name) for name in value], [_column(n, each) for n, each in value.items()]
    if isinstance(value, (list, tuple)) and not hasattr(value, "_fields"):
        return _of_dicts(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray) and value.dtype.names:
        names = list(value.dtype.names)
        return names, [_column(name, value[name]) for name in names]
    if hasattr(value, "__arrow_c_stream__") or _is_arrow(value):
        return _of_arrow(value)
    raise _NoTable(
        "only a DataFrame, a pyarrow table or batch, what has __arrow_c_stream__, a dict of columns"
        " and a list of dicts can"
    )


def _of_dicts(rows: Sequence[Any]) -> tuple[list[str], list[Any]]:
    names: dict[str, None] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise _NoTable(f"row {index} is no dict but {type(row).__qualname__}")
        names.update(dict.fromkeys(row))
    return [str(name) for name in names], [
        ("objects", [row.get(name) for row in rows], None) for name in names
    ]


def _is_arrow(value: Any) -> bool:
    arrow = sys.modules.get("pyarrow")
    return arrow is not None and isinstance(
        value, (arrow.Table, arrow.RecordBatch, arrow.RecordBatchReader)
    )


def _of_arrow(value: Any) -> tuple[list[str], list[Any]]:
    try:
        import pyarrow
    except ImportError as failure:
        raise _NoTable(
            f"it is read by pyarrow, which cannot be imported ({failure}): install the package"
            f" pyarrow, as by {sys.executable} -m pip install pyarrow"
        ) from failure
    if isinstance(value, pyarrow.RecordBatchReader):
        value = value.read_all()
    elif not isinstance(value, (pyarrow.Table, pyarrow.RecordBatch)):
        value = pyarrow.RecordBatchReader.from_stream(value).read_all()
    return list(value.schema.names), [_arrow_column(each) for each in value.columns]


def _column(name: str, cells: Any) -> Any:
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(cells, numpy.ndarray):
        return _array(name, cells)
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(
        cells, (pandas.Series, pandas.Index, pandas.api.extensions.ExtensionArray)
    ):
        return _series(pandas.Series(cells))
    arrow = sys.modules.get("pyarrow")
    if arrow is not None and isinstance(cells, (arrow.Array, arrow.ChunkedArray)):
        return _arrow_column(cells)
    if isinstance(cells, (str, bytes)) or not hasattr(cells, "__iter__"):
        raise _NoTable(
            f"its column {name!r} is no column but {type(cells).__qualname__}: take an array or"
            " list"
        )
    return _objects(cells)


def _objects(cells: Iterable[Any]) -> Any:
    return "objects", list(cells), None


def _memory(kind: str, values: Any, nulls: Any) -> Any:
    """A column of memory."""
    import numpy

    values = numpy.ascontiguousarray(values)
    if nulls is not None:
        nulls = memoryview(numpy.ascontiguousarray(nulls).view("u1")) if nulls.any() else None
    return kind, memoryview(values.view("u1")), nulls, len(values)


def _array(name: str, values: Any, zone: str = "") -> Any:
    """A column that is a NumPy array."""
    import numpy

    if values.ndim != 1:
        raise _NoTable(f"its column {name!r} has {values.ndim} dimensions instead of one")
    nulls = None
    if isinstance(values, numpy.ma.MaskedArray):
        nulls = numpy.ma.getmaskarray(values)
        values = values.data
    kind = values.dtype.kind
    if kind in "Mm":
        return _times(values, nulls, zone)
    if kind == "b" or kind in "iuf" and values.dtype.itemsize <= 8:
        return _memory(values.dtype.str, values, nulls)
    cells = values.tolist()
    if nulls is not None:
        cells = [None if null else cell for cell, null in zip(cells, nulls.tolist())]
    return _objects(cells)


def _times(values: Any, nulls: Any, zone: str) -> Any:
    import numpy

    unit, count = numpy.datetime_data(values.dtype)
    kind = values.dtype.kind
    if unit in ("h", "m") or count != 1 and unit in _UNITS:
        unit = "s" if unit in ("h", "m") else unit
        values = values.astype(f"{kind}8[{unit}]")
    elif unit not in _UNITS:
        # Whole days are dates in Python, and what is finer than nanoseconds is no time in Java.
        return _objects(values.tolist())
    isnat = numpy.isnat(values)
    nulls = isnat if nulls is None else nulls | isnat
    stands_for = ("instant" if zone else "timestamp") if kind == "M" else "duration"
    integers = values.view(values.dtype.str[0] + "i8")
    return _memory(f"{integers.dtype.str} {stands_for} {unit} {zone}".strip(), integers, nulls)


def _series(series: Any) -> Any:
    """A column that is a Series."""
    import numpy
    import pandas

    dtype = series.dtype
    if isinstance(dtype, numpy.dtype) and dtype.kind != "O":
        return _array(series.name, series.to_numpy())
    if hasattr(dtype, "pyarrow_dtype"):
        import pyarrow

        return _arrow_column(pyarrow.array(series.array))
    numbers = getattr(dtype, "numpy_dtype", None)
    if isinstance(numbers, numpy.dtype) and numbers.kind in "biuf":
        values = series.to_numpy(dtype=numbers, na_value=numbers.type(0))
        return _memory(numbers.str, values, series.isna().to_numpy())
    if isinstance(dtype, pandas.DatetimeTZDtype):
        from naja._values import zone_key

        zone = "UTC" if str(dtype.tz) == "UTC" else zone_key(dtype.tz)
        if zone:
            utc = series.dt.tz_convert("UTC").dt.tz_localize(None)
            return _array(series.name, utc.to_numpy(), zone)
    if isinstance(dtype, pandas.StringDtype):
        return _objects(series.to_numpy(object, na_value=None).tolist())
    cells = series.to_numpy(object).tolist()
    nulls = series.isna().to_numpy()
    if nulls.any():
        cells = [None if null else cell for cell, null in zip(cells, nulls.tolist())]
    return _objects(cells)


def _arrow_column(column: Any) -> Any:
    """A column that is a pyarrow array, chunked or not."""
    import pyarrow

    types = pyarrow.types
    kind = column.type
    if isinstance(column, pyarrow.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pyarrow.ChunkedArray) or not _imported("numpy"):
        return _objects(column.to_pylist())
    if types.is_boolean(kind) or types.is_integer(kind) or types.is_floating(kind):
        values = _filled(column)
        return _memory(values.dtype.str, values, _nulls(column))
    if types.is_date32(kind):
        days = _filled(column.cast(pyarrow.int32()))
        return _memory(f"{days.dtype.str} date", days, _nulls(column))
    if types.is_decimal128(kind) and len(column):
        return _decimals(column)
    if types.is_timestamp(kind) or types.is_duration(kind):
        stands_for = "duration"
        zone = ""
        if types.is_timestamp(kind):
            zone = kind.tz or ""
            stands_for = "instant" if zone else "timestamp"
        values = _filled(column.cast(pyarrow.int64()))
        return _memory(
            f"{values.dtype.str} {stands_for} {kind.unit} {zone}".strip(), values, _nulls(column)
        )
    return _objects(column.to_pylist())


def _imported(name: str) -> bool:
    try:
        __import__(name)
    except ImportError:
        return False
    return True


def _decimals(column: Any) -> Any:
    import numpy

    values = numpy.frombuffer(column.buffers()[1], "V16", len(column), 16 * column.offset)
    return _memory(f"|V16 decimal {column.type.scale}", values, _nulls(column))


def _filled(column: Any) -> Any:
    """The values, with anything for nulls."""
    import pyarrow

    if column.null_count:
        column = column.fill_null(pyarrow.scalar(0).cast(column.type))
    return column.to_numpy(zero_copy_only=False)


def _nulls(column: Any) -> Any:
    return column.is_null().to_numpy(zero_copy_only=False) if column.null_count else None
