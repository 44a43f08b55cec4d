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


def test_numpy_is_found_without_being_imported(monkeypatch):
    assert _arrays.has_numpy()
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert not _arrays.has_numpy()
    monkeypatch.delitem(sys.modules, "numpy")
    assert _arrays.has_numpy()
    assert "numpy" not in sys.modules


def test_directory_that_is_called_numpy_is_not_numpy(monkeypatch, tmp_path):
    (tmp_path / "numpy").mkdir()
    monkeypatch.delitem(sys.modules, "numpy")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert not _arrays.has_numpy()


def test_array_api_is_a_capsule():
    assert type(_arrays.array_api()).__name__ == "PyCapsule"


def test_array_api_without_numpy_names_the_package(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(ImportError, match="-m pip install numpy$") as refused:
        _arrays.array_api()
    assert refused.value.name == "numpy"


@pytest.mark.parametrize("name", [">i4", "<M8[ns]", "|S3", "<c8"])
def test_types_have_numpy_s_names(name):
    assert _arrays.dtype(name) == numpy.dtype(name)
