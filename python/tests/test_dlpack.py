from __future__ import annotations

import sys
import types

import pytest

import naja
from naja import _dlpack

NATIVE = "<" if sys.byteorder == "little" else ">"


@pytest.fixture
def taking(monkeypatch):
    """Sets what the bridge takes from a capsule: 64-bit floats at 1000 unless told otherwise."""

    def set_taken(kind=(2, 64, 1), shape=(2, 3), strides=None, read_only=False):
        taken = ("owner", 1000, kind, shape, strides, read_only)
        bridge = types.SimpleNamespace(take=lambda capsule: taken)
        monkeypatch.setattr(naja, "_bridge", bridge, raising=False)

    return set_taken


class Tensor:
    """A tensor on a device; `asked` is what its capsule was asked for with."""

    def __init__(self, device=1, knows=("max_version", "copy")):
        self.device = device
        self.knows = knows
        self.asked = None

    def __dlpack_device__(self):
        return self.device, 0

    def __dlpack__(self, **asked):
        if not set(asked) <= set(self.knows):
            raise TypeError("unexpected keyword argument")
        self.asked = asked
        return "capsule"


def test_memory_without_strides_is_packed(taking):
    taking()
    assert _dlpack.take(Tensor()) == (
        *("owner", False, 1000, f"{NATIVE}f8"),
        *((2, 3), (24, 8), False),
    )


def test_strides_are_in_bytes(taking):
    taking(kind=(1, 16, 1), strides=(1, -2), read_only=True)
    assert _dlpack.take(Tensor())[3:] == (f"{NATIVE}u2", (2, 3), (2, -4), True)


def test_producer_of_an_older_version_is_asked_again(taking):
    taking()
    new, old = Tensor(), Tensor(knows=())
    _dlpack.take(new)
    _dlpack.take(old)
    assert new.asked == {"max_version": (1, 0), "copy": False}
    assert old.asked == {}


def test_pinned_memory_is_seen_and_a_device_s_is_not(taking):
    taking()
    assert _dlpack.take(Tensor(device=3))[0] == "owner"
    refused = Tensor(device=8)
    assert _dlpack.take(refused) == (
        "its memory is on another device (Metal): bring it to the CPU, as by .cpu()"
    )
    assert refused.asked is None


@pytest.mark.parametrize("kind", [(1, 4, 1), (2, 32, 4), (10, 8, 1)])
def test_elements_that_java_has_not_are_refused(taking, kind):
    taking(kind=kind)
    code, bits, lanes = kind
    assert _dlpack.take(Tensor()) == (
        f"Java has no elements of DLPack's type {code} with {lanes} times {bits} bits"
    )


def test_failure_of_the_producer_is_told(taking):
    taking()

    class Failing(Tensor):
        def __dlpack__(self, **asked):
            raise BufferError("use tensor.detach()")

    assert _dlpack.take(Failing()) == "its memory cannot be seen: use tensor.detach()"
