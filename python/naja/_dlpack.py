"""How is the memory of a tensor seen? By DLPack, where there is no buffer protocol."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Kinds of elements in NumPy's array interface, by the type codes of DLPack.
_KINDS = {0: "i", 1: "u", 2: "f", 5: "c", 6: "b"}

_BFLOAT16 = 4

#: Devices whose memory the CPU sees: itself, and what it shares with CUDA and ROCm.
_VISIBLE = (1, 3, 11)

_DEVICES = {2: "CUDA", 4: "OpenCL", 7: "Vulkan", 8: "Metal", 10: "ROCm", 13: "CUDA", 14: "oneAPI"}


def take(value: Any) -> Any:
    """The memory of a tensor, which stays for as long as its owner is kept.

    Args:
        value: An object with `__dlpack__` and `__dlpack_device__`.

    Returns:
        A `str` that says why its memory cannot be seen; else the owner, which is not the tensor
        itself (`False`), the address of the first element, the type of the elements as in NumPy's
        array interface, the shape, the strides in bytes, and whether nobody may write.
    """
    from naja import _bridge

    try:
        device = int(value.__dlpack_device__()[0])
        if device not in _VISIBLE:
            name = _DEVICES.get(device, f"of DLPack's number {device}")
            return f"its memory is on another device ({name}): bring it to the CPU, as by .cpu()"
        taken = _bridge.take(_capsule(value))
    except (BufferError, RuntimeError, TypeError, ValueError) as failure:
        return f"its memory cannot be seen: {failure}"
    owner, address, (code, bits, lanes), shape, strides, read_only = taken
    if code == _BFLOAT16 and lanes == 1:
        return "its elements are bfloat16: make them float32, as by .float()"
    if code not in _KINDS or bits % 8 or lanes != 1:
        return f"Java has no elements of DLPack's type {code} with {lanes} times {bits} bits"
    width = bits // 8
    order = "|" if width == 1 else "<" if sys.byteorder == "little" else ">"
    elements = f"{order}{_KINDS[code]}{width}"
    if strides is None:
        strides = _packed(shape)
    steps = tuple(stride * width for stride in strides)
    return owner, False, address, elements, shape, steps, read_only


def _capsule(value: Any) -> Any:
    """What holds the tensor, by a version that can say that it is read-only if there is one."""
    try:
        return value.__dlpack__(max_version=(1, 0), copy=False)
    except TypeError:
        return value.__dlpack__()


def _packed(shape: tuple[int, ...]) -> tuple[int, ...]:
    """The strides, in elements, of an array whose last index moves fastest."""
    strides = []
    step = 1
    for length in reversed(shape):
        strides.insert(0, step)
        step *= length
    return tuple(strides)
