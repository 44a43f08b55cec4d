"""What do Python's array libraries see in a `dev.naja.NdArray` that a Java method has returned?

The `numpy.ndarray` that it is by value, over the same memory: `numpy.asarray`, every function of
NumPy's and `from_dlpack` of other libraries take the Java object as it is.
"""

from __future__ import annotations

from naja import _bridge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: The CPU, as DLPack says it.
_CPU = (1, 0)


def _array(self: Any, dtype: Any = None, copy: bool | None = None) -> Any:
    array = _bridge.value(self)
    if dtype is None or array.dtype == dtype:
        return array.copy() if copy else array
    if copy is False:
        raise ValueError(
            f"a dev.naja.NdArray of {array.dtype} is no array of {dtype} without a copy"
        )
    return array.astype(dtype)


def _dlpack(self: Any, **asked: Any) -> Any:
    return _bridge.value(self).__dlpack__(**asked)


def _dlpack_device(self: Any) -> tuple[int, int]:
    return _CPU


#: The special methods that a type for the class gets.
PROTOCOL = {"__array__": _array, "__dlpack__": _dlpack, "__dlpack_device__": _dlpack_device}
