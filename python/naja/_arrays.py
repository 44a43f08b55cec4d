"""How do arrays cross? As memory that both sides see, which its owner keeps valid."""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
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

_ELEMENTS = re.compile(r"[<>|](b1|[iu][1248]|f[248]|c8|c16|M8(\[\w+\])?|S[1-9]\d*)")

_MENDS = {
    "O": "its elements are Python objects (dtype object): make them numbers first, as by"
    " .astype('float64'), or take a List",
    "U": "its elements are str: take .tolist() as a List<String>",
    "V": "its elements are structures: take one field of it, as by array['name']",
    "m": "its elements are timedelta64: take .view('int64')",
}


class _Held:
    """Keeps the export of a buffer, so that its memory neither moves nor goes."""

    __slots__ = ("_view",)

    def __init__(self, view: memoryview) -> None:
        self._view = view


class _Memory:
    """What NumPy makes an array of, whose base it becomes: memory, and who keeps it valid."""

    __slots__ = ("__array_interface__", "_owner")


def export(value: Any) -> Any:
    """What `NdArray` needs to see an array's memory.

    Args:
        value: A NumPy array, or anything with the buffer protocol or `__dlpack__`.

    Returns:
        `None` and Java objects as they are; a `str` that says why there is no such memory; else the
        object that keeps the memory valid, whether that is the array itself, the address and the
        size of the memory, where in it the first element is, the type of the elements as in NumPy's
        array interface, the shape, the strides in bytes, and whether nobody may write.
    """
    from naja import _bridge

    if value is None or isinstance(value, _bridge.JavaObject):
        return value
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


def view(
    owner: object,
    address: int,
    elements: str,
    shape: Sequence[int],
    strides: Sequence[int],
    read_only: bool,
) -> Any:
    """The NumPy array over memory that Java sees.

    Args:
        owner: What keeps the memory valid; the array keeps it.
        address: Where the first element is.
        elements: Their type as in NumPy's array interface.
        shape: The lengths of the dimensions.
        strides: Bytes from one element to the next in each dimension.
        read_only: Whether nobody may write.

    Raises:
        ImportError: NumPy cannot be imported.
    """
    try:
        from numpy import asarray
    except ImportError as failure:
        raise ImportError(
            "a dev.naja.NdArray is a numpy.ndarray in Python, but NumPy cannot be imported"
            f" ({failure}): install the package numpy, as by {sys.executable} -m pip install numpy",
            name="numpy",
        ) from failure
    memory = _Memory()
    memory._owner = owner
    memory.__array_interface__ = {
        "version": 3,
        "data": (address, read_only),
        "typestr": elements,
        "shape": tuple(shape),
        "strides": tuple(strides),
    }
    return asarray(memory)
