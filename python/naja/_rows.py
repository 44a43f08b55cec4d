"""How does a table that Java filled become a pyarrow batch, a DataFrame or a dict of its columns?

Java lays columns out as Apache Arrow's columnar format does, and the bridge copies them into one
`bytearray`. What is made here are views of that, so nothing of Java's is reached later.
"""

from __future__ import annotations

import sys
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: NumPy's types of the values of a column, which Arrow lays out alike.
_ELEMENTS = {
    **{kind: kind for kind in ("int8", "int16", "int32", "int64", "float32", "float64")},
    "date": "int32",
    "time": "int64",
    "timestamp": "int64",
    "instant": "int64",
    "duration": "int64",
}

#: Kinds whose null cells hold a value that says so.
_WITH_NULL_VALUE = ("float32", "float64", "timestamp", "instant", "duration")


def _package(name: str, needed_for: str) -> Any:
    try:
        return import_module(name)
    except ImportError as failure:
        raise ImportError(
            f"a dev.naja.RowBatch of form {needed_for} needs {name}, which cannot be imported"
            f" ({failure}): install the package {name}, as by {sys.executable} -m pip install"
            f" {name}",
            name=name,
        ) from failure


def _package_or_none(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


class _Column:
    """Name and type of a column, and which parts of the memory are its."""

    __slots__ = ("arrow", "first", "kind", "name", "scale", "sized", "unit")

    def __init__(self, name: str, kind: str, scale: int, unit: str, first: int) -> None:
        self.name = name
        self.kind = kind
        self.scale = scale
        self.unit = unit
        self.first = first
        self.sized = kind in ("text", "binary")


class _Memory:
    """The cells of one batch."""

    __slots__ = ("block", "rows", "spans")

    def __init__(self, rows: int, block: bytearray, spans: tuple[int, ...]) -> None:
        self.rows = rows
        self.block = block
        self.spans = spans

    def has_nulls(self, column: _Column) -> bool:
        return self.spans[2 * column.first + 1] != 0

    def bytes(self, part: int) -> memoryview:
        start, length = self.spans[2 * part : 2 * part + 2]
        return memoryview(self.block)[start : start + length]

    def array(self, np: Any, part: int, elements: str, count: int) -> Any:
        return np.frombuffer(self.block, elements, count, self.spans[2 * part])

    def bits(self, np: Any, part: int) -> Any:
        bits = self.array(np, part, "uint8", -(-self.rows // 8))
        return np.unpackbits(bits, count=self.rows, bitorder="little").view(bool)

    def nulls(self, np: Any, column: _Column) -> Any:
        """Which cells are null, or `None` if none is."""
        return ~self.bits(np, column.first) if self.has_nulls(column) else None

    def values(self, np: Any, column: _Column) -> Any:
        """The values of a column of fixed width, those of null cells too."""
        if column.kind == "bool":
            return self.bits(np, column.first + 1)
        values = self.array(np, column.first + 1, _ELEMENTS[column.kind], self.rows)
        if column.kind in ("timestamp", "instant"):
            return values.view(f"M8[{column.unit}]")
        return values.view(f"m8[{column.unit}]") if column.kind == "duration" else values

    def objects(self, column: _Column) -> list[Any]:
        """The cells of a column as Python objects."""
        made = _OBJECTS[column.kind](self, column)
        if self.has_nulls(column):
            validity = self.bytes(column.first)
            for row in range(self.rows):
                if not validity[row >> 3] >> (row & 7) & 1:
                    made[row] = None
        return made

    def _pieces(self, column: _Column) -> tuple[memoryview, list[int]]:
        return self.bytes(column.first + 2), self.bytes(column.first + 1).cast("i").tolist()

    def _texts(self, column: _Column) -> list[Any]:
        data, ends = self._pieces(column)
        whole = str(data, "utf-8")
        if len(whole) == len(data):  # ASCII, where characters are bytes
            return [whole[start:end] for start, end in zip(ends, ends[1:])]
        return [str(data[start:end], "utf-8") for start, end in zip(ends, ends[1:])]

    def _binaries(self, column: _Column) -> list[Any]:
        data, ends = self._pieces(column)
        return [bytes(data[start:end]) for start, end in zip(ends, ends[1:])]

    def _decimals(self, column: _Column) -> list[Any]:
        from decimal import Decimal

        data, exponent = self.bytes(column.first + 1), f"E-{column.scale}"
        numbers = (
            int.from_bytes(data[at : at + 16], sys.byteorder, signed=True)
            for at in range(0, len(data), 16)
        )
        # Of text, as no context rounds it then.
        return [Decimal(f"{number}{exponent}") for number in numbers]

    def _dates(self, column: _Column) -> list[Any]:
        from datetime import date

        epoch = date(1970, 1, 1).toordinal()
        return [date.fromordinal(epoch + day) for day in self.bytes(column.first + 1).cast("i")]

    def _times(self, column: _Column) -> list[Any]:
        from datetime import time

        return [
            time(us // 3_600_000_000, us // 60_000_000 % 60, us // 1_000_000 % 60, us % 1_000_000)
            for us in self.bytes(column.first + 1).cast("q")
        ]


_OBJECTS = {
    "text": _Memory._texts,
    "binary": _Memory._binaries,
    "decimal": _Memory._decimals,
    "date": _Memory._dates,
    "time": _Memory._times,
}


class Builder:
    """Makes a table of one form and with the same columns of each batch's memory.

    Args:
        form: ``arrow``, ``pandas``, ``series`` or ``numpy``.
        names: The names of the columns.
        types: For each column its kind, and where it has them precision, scale and unit.
    """

    def __init__(self, form: str, names: list[str], types: list[tuple[str, int, int, str]]) -> None:
        self._columns = []
        first = 0
        for name, (kind, _, scale, unit) in zip(names, types):
            column = _Column(name, kind, scale, unit, first)
            self._columns.append(column)
            first += 3 if column.sized else 2
        self._types = types
        self._arrow = self._schema = None
        if form == "arrow":
            self._use_arrow(_package("pyarrow", "ARROW"))
            self._make: Callable[[_Memory], Any] = self._batch
        elif form == "numpy":
            self._numpy = _package("numpy", "NUMPY")
            self._make = self._arrays
        else:
            self._pandas = _package("pandas", form.upper())
            self._numpy = import_module("numpy")
            arrow = _package_or_none("pyarrow")
            if arrow is not None:
                self._use_arrow(arrow)
            self._make = self._frame if arrow is None else self._frame_by_arrow
            if form == "series":
                self._make_frame = self._make
                objects = any(column.kind in _OBJECTS for column in self._columns)
                self._make = self._series_of_frame if objects else self._series

    def _use_arrow(self, arrow: Any) -> None:
        self._arrow = arrow
        fields = []
        for column, (kind, precision, scale, unit) in zip(self._columns, self._types):
            column.arrow = _arrow_type(arrow, kind, precision, scale, unit)
            fields.append(arrow.field(column.name, column.arrow))
        self._schema = arrow.schema(fields)

    def __call__(self, rows: int, block: bytearray, spans: tuple[int, ...]) -> Any:
        """The table.

        Args:
            rows: How many there are.
            block: The parts of the columns: a bit for each cell that is not null, or nothing if all
                are not; the values, or where they end; and those that differ in size.
            spans: For each part where it starts in the block, and how many bytes it has.
        """
        return self._make(_Memory(rows, block, spans))

    def _batch(self, memory: _Memory) -> Any:
        whole = self._arrow.py_buffer(memory.block)
        from_buffers = self._arrow.Array.from_buffers
        arrays = []
        for column in self._columns:
            buffers = [
                whole.slice(*memory.spans[2 * part : 2 * part + 2])
                for part in range(column.first, column.first + (3 if column.sized else 2))
            ]
            nulls = -1 if memory.has_nulls(column) else 0
            if nulls == 0:
                buffers[0] = None
            arrays.append(from_buffers(column.arrow, memory.rows, buffers, nulls))
        return self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema)

    def _frame_by_arrow(self, memory: _Memory) -> Any:
        frame = self._batch(memory).to_pandas()
        for index, column in enumerate(self._columns):
            masked = self._masked(memory, column)
            if masked is not None:
                del frame[column.name]
                frame.insert(index, column.name, masked)
        return frame

    def _masked(self, memory: _Memory, column: _Column) -> Any:
        """A column that pandas has a type with nulls for, if it has any; else `None`."""
        if column.kind != "bool" and not column.kind.startswith("int"):
            return None
        nulls = memory.nulls(self._numpy, column)
        if nulls is None:
            return None
        arrays = self._pandas.arrays
        kind = arrays.BooleanArray if column.kind == "bool" else arrays.IntegerArray
        return kind(memory.values(self._numpy, column), nulls)

    def _frame(self, memory: _Memory) -> Any:
        columns = {column.name: self._pandas_column(memory, column) for column in self._columns}
        index = self._pandas.RangeIndex(memory.rows)
        return self._pandas.DataFrame(columns, index=index, copy=False)

    def _series(self, memory: _Memory) -> dict[str, Any]:
        """The columns one by one, of which a DataFrame takes six times as long to make."""
        index = self._pandas.RangeIndex(memory.rows)
        series = self._pandas.Series
        return {
            column.name: series(
                self._pandas_column(memory, column), index, name=column.name, copy=False
            )
            for column in self._columns
        }

    def _series_of_frame(self, memory: _Memory) -> dict[str, Any]:
        return dict(self._make_frame(memory).items())

    def _pandas_column(self, memory: _Memory, column: _Column) -> Any:
        if column.kind in _OBJECTS:
            return self._object_array(memory, column)
        masked = self._masked(memory, column)
        if masked is not None:
            return masked
        values = memory.values(self._numpy, column)
        if column.kind == "instant":
            return self._pandas.DatetimeIndex(values, tz="UTC").array
        return values

    def _object_array(self, memory: _Memory, column: _Column) -> Any:
        array = self._numpy.empty(memory.rows, object)
        array[:] = memory.objects(column)
        return array

    def _arrays(self, memory: _Memory) -> dict[str, Any]:
        return {column.name: self._numpy_column(memory, column) for column in self._columns}

    def _numpy_column(self, memory: _Memory, column: _Column) -> Any:
        np = self._numpy
        if column.kind == "date":
            days = memory.values(np, column).astype("M8[D]")
            nulls = memory.nulls(np, column)
            if nulls is not None:
                days[nulls] = "NaT"
            return days
        if column.kind in _OBJECTS:
            return self._object_array(memory, column)
        values = memory.values(np, column)
        if column.kind in _WITH_NULL_VALUE or not memory.has_nulls(column):
            return values
        return np.ma.MaskedArray(values, memory.nulls(np, column))


def _arrow_type(arrow: Any, kind: str, precision: int, scale: int, unit: str) -> Any:
    if kind == "decimal":
        return arrow.decimal128(precision, scale)
    if kind == "instant":
        return arrow.timestamp(unit, "UTC")
    if unit:
        return getattr(arrow, "time64" if kind == "time" else kind)(unit)
    return {
        "bool": arrow.bool_,
        "text": arrow.string,
        "binary": arrow.binary,
        "date": arrow.date32,
    }.get(kind, getattr(arrow, kind, None))()
