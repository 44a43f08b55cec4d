from __future__ import annotations

import array
import sys
import types

import numpy
import pytest

import naja
from naja import _arrays


@pytest.fixture(autouse=True)
def bridge(monkeypatch):
    """A bridge for which every buffer lies at 1000."""
    fake = types.SimpleNamespace(JavaObject=type("JavaObject", (), {}), address=lambda view: 1000)
    monkeypatch.setattr(naja, "_bridge", fake, raising=False)
    return fake


def test_none_and_java_objects_are_left_as_they_are(bridge):
    java = bridge.JavaObject()
    assert _arrays.export(None) is None
    assert _arrays.export(java) is java


def test_array_is_its_own_owner():
    table = numpy.arange(6, dtype=">i4").reshape(2, 3)
    address = table.__array_interface__["data"][0]
    found = _arrays.export(table)
    assert found[0] is table
    assert found[1:] == (True, address, 24, 0, ">i4", (2, 3), (12, 4), False)


def test_memory_of_a_reversed_array_begins_at_its_last_element():
    table = numpy.arange(6.0)[::-2]
    address = table.__array_interface__["data"][0]
    assert _arrays.export(table)[2:8] == (address - 32, 40, 32, "<f8", (3,), (-16,))


def test_array_without_elements_takes_no_memory():
    assert _arrays.export(numpy.zeros((3, 0)))[3:5] == (0, 0)


@pytest.mark.parametrize(
    ("format", "elements"),
    [("b", "<i1"), ("H", "<u2"), ("q", "<i8"), ("f", "<f4"), ("d", "<f8"), ("?", "<b1")],
)
def test_buffer_s_format_says_the_type_of_its_elements(format, elements):
    view = memoryview(bytes(16)).cast(format)
    owner, whole, address, size, offset, found, _, _, read_only = _arrays.export(view)
    assert (whole, address, size, offset, found, read_only) == (False, 1000, 16, 0, elements, True)


@pytest.mark.parametrize("format", ["<i4", ">i4", "=u2", "S3", "c16", "f2"])
def test_formats_of_numpy_s_own_buffers_are_known(format):
    view = memoryview(numpy.zeros(2, format))
    assert numpy.dtype(_arrays.export(view)[5]) == numpy.dtype(format)


def test_owner_of_a_buffer_holds_its_export():
    numbers = array.array("d", [1.0])
    owner = _arrays.export(numbers)[0]
    with pytest.raises(BufferError):
        numbers.append(2.0)
    del owner
    numbers.append(2.0)
    assert numbers.tolist() == [1.0, 2.0]


def test_view_keeps_its_owner_and_is_over_the_same_memory():
    numbers = array.array("d", [1.0, 2.0])
    address = numbers.buffer_info()[0]
    view = _arrays.view(numbers, address + 8, "<f8", [2], [-8], False)
    assert view.tolist() == [2.0, 1.0]
    view[0] = 5.0
    assert numbers[1] == 5.0
    assert view.base._owner is numbers


def test_view_that_is_read_only_cannot_be_made_writable():
    numbers = array.array("d", [1.0])
    view = _arrays.view(numbers, numbers.buffer_info()[0], "<f8", [1], [8], True)
    with pytest.raises(ValueError, match="cannot set WRITEABLE flag to True"):
        view.flags.writeable = True


def test_view_without_numpy_names_the_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(ImportError, match="-m pip install numpy$") as refused:
        _arrays.view(None, 0, "<f8", [0], [8], False)
    assert refused.value.name == "numpy"
