"""How does Arrow data cross? As structs of Arrow's C interfaces, in capsules.

Java knows a struct by its address. What goes to Python is moved into a capsule; what comes from
Python is moved out of one by Java. Capsules are given and taken by the methods that Python's
libraries agreed on: https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The first major version of pyarrow that makes all of its objects of capsules.
OLDEST = 16

_SCHEMA, _ARRAY, _STREAM = "arrow_schema", "arrow_array", "arrow_array_stream"


class _Once:
    """Gives capsules away once: what is in them is moved, not shared."""

    __slots__ = ("_capsules",)

    def __init__(self, *structs: tuple[str, int]) -> None:
        from naja import _bridge

        self._capsules: Any = tuple(_bridge.arrow_capsule(*struct) for struct in structs)

    def _take(self) -> Any:
        capsules, self._capsules = self._capsules, None
        if capsules is None:
            raise ValueError(
                "this Arrow data from Java was taken already, which can be done once: keep what was"
                " made of it"
            )
        return capsules

    def drop(self) -> None:
        """Releases what was not taken."""
        self._capsules = None


class _Taken:
    """Keeps capsules, and so the structs in them, until Java has moved these."""

    __slots__ = ("_capsules",)

    def __init__(self, *capsules: Any) -> None:
        self._capsules = capsules


class ArrowSchema(_Once):
    """A schema from Java, which Arrow's Python libraries take once."""

    __slots__ = ()

    def __arrow_c_schema__(self) -> Any:
        return self._take()[0]


class ArrowArray(_Once):
    """An array or a record batch from Java, which Arrow's Python libraries take once."""

    __slots__ = ()

    def __arrow_c_array__(self, requested_schema: Any = None) -> Any:
        return self._take()


class ArrowStream(_Once):
    """Record batches that Java reads, which Arrow's Python libraries take once."""

    __slots__ = ()

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._take()[0]


def capsules(kind: str, first: int, second: int) -> Any:
    """The object that offers structs of Java's by the PyCapsule interface.

    Args:
        kind: What they are: `schema`, `array`, `batch` or `reader`.
        first: The address of the schema or stream.
        second: The address of the array, or 0.
    """
    if kind == "schema":
        return ArrowSchema((_SCHEMA, first))
    if kind == "reader":
        return ArrowStream((_STREAM, first))
    return ArrowArray((_SCHEMA, first), (_ARRAY, second))


def pyarrow_object(kind: str, first: int, second: int) -> Any:
    """The object of pyarrow's that structs of Java's become; arguments as those of `capsules`.

    Raises:
        ImportError: pyarrow cannot be imported.
    """
    pyarrow = _pyarrow("Arrow data of Java's is an object of pyarrow's in Python")
    make = {
        "schema": pyarrow.schema,
        "reader": pyarrow.RecordBatchReader.from_stream,
        "array": pyarrow.array,
        "batch": pyarrow.record_batch,
    }
    given = capsules(kind, first, second)
    try:
        return make[kind](given)
    finally:
        # An exception keeps this frame, which must not keep the data.
        given.drop()


def _pyarrow(why: str) -> Any:
    try:
        import pyarrow
    except ImportError as failure:
        raise ImportError(
            f"{why}, but pyarrow cannot be imported ({failure}): install the package pyarrow, as by"
            f" {sys.executable} -m pip install pyarrow",
            name="pyarrow",
        ) from failure
    if int(pyarrow.__version__.partition(".")[0]) < OLDEST:
        raise ImportError(
            f"{why}, but pyarrow {pyarrow.__version__} does not know all of the PyCapsule"
            f" interface: install {OLDEST}.0 or later, as by {sys.executable} -m pip install"
            " --upgrade pyarrow",
            name="pyarrow",
        )
    return pyarrow


def take(kind: str, value: Any) -> Any:
    """The structs of an object, for Java to move.

    Args:
        kind: What Java makes of them: `schema`, `array`, `batch` or `reader`.
        value: An object that has the method of the PyCapsule interface, or one whose data pyarrow
            can make a single array or batch of.

    Returns:
        What keeps the structs valid, the address of the schema or stream, and the address of the
        array or 0; or a `str` that says why there are none.

    Raises:
        ImportError: Only pyarrow could make it of the value, and it cannot be imported.
    """
    if kind == "schema":
        if not hasattr(value, "__arrow_c_schema__"):
            return "it has no __arrow_c_schema__: take a pyarrow.Schema"
        capsule = value.__arrow_c_schema__()
        return _Taken(capsule), _address(capsule, _SCHEMA), 0
    value = _of_old_pandas(value)
    if not (hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__")):
        return (
            "it has neither __arrow_c_array__ nor __arrow_c_stream__: make a table of it, as by"
            " pyarrow.table(...) or pandas.DataFrame(...)"
        )
    if kind == "reader":
        if not hasattr(value, "__arrow_c_stream__"):
            pyarrow = _pyarrow("Only a table of pyarrow's makes a stream of it")
            value = pyarrow.table(value)
        capsule = value.__arrow_c_stream__()
        return _Taken(capsule), _address(capsule, _STREAM), 0
    if not hasattr(value, "__arrow_c_array__"):
        value = _whole(kind, value)
        if isinstance(value, str):
            return value
    schema, array = value.__arrow_c_array__()
    return _Taken(schema, array), _address(schema, _SCHEMA), _address(array, _ARRAY)


def _of_old_pandas(value: Any) -> Any:
    """A pandas object that does not know the interface yet as pyarrow's."""
    pandas = sys.modules.get("pandas")
    if pandas is None or hasattr(value, "__arrow_c_stream__"):
        return value
    if isinstance(value, pandas.DataFrame):
        return _pyarrow("Only pyarrow makes Arrow data of this pandas").Table.from_pandas(value)
    if isinstance(value, (pandas.Series, pandas.Index)):
        return _pyarrow("Only pyarrow makes Arrow data of this pandas").array(value)
    return value


def _address(capsule: Any, name: str) -> int:
    from naja import _bridge

    return _bridge.arrow_address(capsule, name)


def _whole(kind: str, value: Any) -> Any:
    """What comes in pieces as one array or batch, without a copy if it is one already."""
    pyarrow = _pyarrow("Only pyarrow makes one piece of what comes as a stream")
    if kind == "array":
        return _piece(pyarrow.chunked_array(value))
    table = pyarrow.RecordBatchReader.from_stream(value).read_all()
    batches = table.to_batches()
    if len(batches) == 1:
        return batches[0]
    columns = [_piece(column) for column in table.columns]
    large = [name for name, each in zip(table.column_names, columns) if isinstance(each, str)]
    if large:
        return f"its column {large[0]!r} is too large for one array: take it as an ArrowReader"
    return pyarrow.RecordBatch.from_arrays(columns, schema=table.schema)


def _piece(column: Any) -> Any:
    """A chunked array as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    whole = column.unify_dictionaries().combine_chunks()
    return "it is too large for one array" if hasattr(whole, "num_chunks") else whole
