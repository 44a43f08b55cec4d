"""How do arrays cross? As memory that both sides see, which its owner keeps valid."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.util import find_spec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: A Java buffer ends there.
MAX_BYTES = 2**31 - 1

#: Kinds of elements in NumPy's array interface, by the letters of `struct` and PEP 3118.
_KINDS = {
    "?": "b",
    **dict.fromkeys("bhilqn", "i"),
    **dict.fromkeys("BHILQN", "u"),
    **dict.fromkeys("efd", "f"),
    **dict.fromkeys(("Zf", "Zd", "F", "D"), "c"),
    **dict.fromkeys("cs", "S"),
}

_FORMAT = re.compile(r"([@=<>!]?)\d*(Z?[A-Za-z?])")

_ELEMENTS = re.compile(r"[<>|](b1|[iu][1248]|f[248]|c8|c16|[Mm]8(\[\w+\])?|S[1-9]\d*)")

_MENDS = {
    "O": "its elements are Python objects (dtype object): make them numbers first, as by"
    " .astype('float64'), or take a List",
    "U": "its elements are str: take .tolist() as a List<String>",
    "V": "its elements are structures: take one field of it, as by array['name']",
}


class _Held:
    """Keeps the export of a buffer, so that its memory neither moves nor goes."""

    __slots__ = ("_view",)

    def __init__(self, view: memoryview) -> None:
        self._view = view


def export(value: Any) -> Any:
    """What `NdArray` needs to see an array's memory.

    Args:
        value: A NumPy array, a column of pandas', or anything with the buffer protocol or
            `__dlpack__`.

    Returns:
        `None` and Java objects as they are; a `str` that says why there is no such memory; else the
        object that keeps the memory valid, whether that is the array itself, the address and the
        size of the memory, where in it the first element is, the type of the elements as in NumPy's
        array interface, the shape, the strides in bytes, and whether nobody may write.
    """
    from naja import _bridge, _results

    if value is None or isinstance(value, _bridge.JavaObject):
        return value
    column = _results.array(value)
    value = value if column is None else column
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(value, numpy.ndarray):
        if isinstance(value, numpy.ma.MaskedArray):
            return "it has a mask, which would get lost: take .filled(...) or .data"
        address, read_only = value.__array_interface__["data"]
        return _exported(
            value, True, address, value.dtype.str, value.shape, value.strides, read_only
        )
    try:
        view = memoryview(value)
    except (BufferError, TypeError, ValueError) as failure:
        if hasattr(value, "__dlpack__"):
            from naja import _dlpack

            found = _dlpack.take(value)
            return found if isinstance(found, str) else _exported(*found)
        if isinstance(failure, TypeError):
            return (
                "it is no array, for it has neither the buffer protocol nor __dlpack__: take"
                " numpy.asarray(...) of it"
            )
        return f"its memory cannot be seen: {failure}"
    if view.suboffsets:
        return "its memory is in several pieces (PEP 3118 suboffsets): take a copy"
    elements = _elements(view)
    return _exported(
        _Held(view),
        False,
        _bridge.address(view),
        elements,
        view.shape,
        view.strides,
        view.readonly,
    )


def _elements(view: memoryview) -> str:
    """The type of the elements as in NumPy's array interface, or the format as it is."""
    found = _FORMAT.fullmatch(view.format)
    if found is None or found[2] not in _KINDS:
        return view.format
    native = "<" if sys.byteorder == "little" else ">"
    order = {"<": "<", ">": ">", "!": ">"}.get(found[1], native)
    return f"{order}{_KINDS[found[2]]}{view.itemsize}"


def _exported(
    owner: object,
    whole: bool,
    address: int,
    elements: str,
    shape: tuple[int, ...],
    strides: tuple[int, ...],
    read_only: bool,
) -> Any:
    if not _ELEMENTS.fullmatch(elements):
        return _MENDS.get(elements[1:2], f"Java has no elements of type {elements!r}")
    size = low = 0
    if 0 not in shape:
        reach = [(length - 1) * stride for length, stride in zip(shape, strides)]
        low = sum(each for each in reach if each < 0)
        size = sum(map(abs, reach)) + int(re.findall(r"\d+", elements)[0])
    if size > MAX_BYTES:
        return (
            f"it takes {size} bytes, and a Java buffer ends at {MAX_BYTES}: take it in parts, as"
            " array[a:b]"
        )
    return owner, whole, address + low, size, -low, elements, shape, strides, read_only


def has_numpy() -> bool:
    """Whether NumPy is installed; one that is broken is."""
    if "numpy" in sys.modules:
        return sys.modules["numpy"] is not None
    spec = find_spec("numpy")
    return spec is not None and spec.origin is not None


def array_api() -> Any:
    """Import NumPy.

    Returns:
        The capsule of NumPy's table of C functions.

    Raises:
        ImportError: NumPy cannot be imported.
    """
    try:
        import numpy
    except ImportError as failure:
        raise ImportError(
            "an array of Java's is a numpy.ndarray in Python, but NumPy cannot be imported"
            f" ({failure}): install the package numpy, as by {sys.executable} -m pip install numpy",
            name="numpy",
        ) from failure
    core = "numpy._core" if int(numpy.__version__.split(".")[0]) > 1 else "numpy.core"
    return import_module(core + "._multiarray_umath")._ARRAY_API


def dtype(name: str) -> Any:
    """The type of elements that NumPy's array interface has a name for."""
    return sys.modules["numpy"].dtype(name)
