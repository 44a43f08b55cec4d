from __future__ import annotations

import sys
import types

import pytest

import naja
from naja import _arrow


@pytest.fixture(autouse=True)
def bridge(monkeypatch):
    """Capsules are tuples of their struct's name and address."""

    def address(capsule, name):
        assert capsule[0] == name
        return capsule[1]

    fake = types.SimpleNamespace(
        arrow_capsule=lambda name, address: (name, address), arrow_address=address
    )
    monkeypatch.setattr(naja, "_bridge", fake, raising=False)


class Batch:
    def __arrow_c_array__(self, requested_schema=None):
        return ("arrow_schema", 1), ("arrow_array", 2)

    def __arrow_c_schema__(self):
        return ("arrow_schema", 3)


class Stream:
    def __arrow_c_stream__(self, requested_schema=None):
        return ("arrow_array_stream", 4)


@pytest.fixture
def no_pyarrow(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)


def test_structs_of_java_are_offered_by_the_protocol():
    batch = _arrow.capsules("batch", 1, 2)
    assert batch.__arrow_c_array__() == (("arrow_schema", 1), ("arrow_array", 2))
    assert _arrow.capsules("array", 1, 2).__arrow_c_array__(None)[1] == ("arrow_array", 2)
    assert _arrow.capsules("schema", 1, 0).__arrow_c_schema__() == ("arrow_schema", 1)
    assert _arrow.capsules("reader", 1, 0).__arrow_c_stream__() == ("arrow_array_stream", 1)


def test_structs_are_taken_once():
    batch = _arrow.capsules("batch", 1, 2)
    batch.__arrow_c_array__()
    with pytest.raises(ValueError, match="taken already, which can be done once"):
        batch.__arrow_c_array__()


def test_structs_of_python_are_found_by_the_protocol():
    assert _arrow.take("batch", Batch())[1:] == (1, 2)
    assert _arrow.take("array", Batch())[1:] == (1, 2)
    assert _arrow.take("schema", Batch())[1:] == (3, 0)
    assert _arrow.take("reader", Stream())[1:] == (4, 0)


def test_what_is_taken_keeps_the_capsules():
    taken = _arrow.take("batch", Batch())[0]
    assert taken._capsules == (("arrow_schema", 1), ("arrow_array", 2))


def test_what_has_no_structs_is_refused():
    assert "neither __arrow_c_array__ nor __arrow_c_stream__" in _arrow.take("batch", [1])
    assert "neither __arrow_c_array__ nor __arrow_c_stream__" in _arrow.take("reader", [1])
    assert _arrow.take("schema", 1) == "it has no __arrow_c_schema__: take a pyarrow.Schema"


def test_without_pyarrow_its_package_is_named(no_pyarrow):
    with pytest.raises(ImportError, match="object of pyarrow's in Python.* -m pip install pyarrow"):
        _arrow.pyarrow_object("batch", 1, 2)
    with pytest.raises(ImportError, match="one piece of what comes as a stream.*install pyarrow"):
        _arrow.take("batch", Stream())
    with pytest.raises(ImportError, match="makes a stream of it.*install pyarrow"):
        _arrow.take("reader", Batch())


def test_exception_of_pyarrow_keeps_no_data(monkeypatch):
    def fail(given):
        raise TypeError("unknown type")

    made = []
    capsules = _arrow.capsules

    def remember(*arguments):
        made.append(capsules(*arguments))
        return made[0]

    fake = types.SimpleNamespace(
        schema=fail, array=fail, record_batch=fail, RecordBatchReader=types.SimpleNamespace()
    )
    fake.RecordBatchReader.from_stream = fail
    fake.__version__ = "26.0.1"
    monkeypatch.setitem(sys.modules, "pyarrow", fake)
    monkeypatch.setattr(_arrow, "capsules", remember)
    with pytest.raises(TypeError, match="unknown type"):
        _arrow.pyarrow_object("batch", 1, 2)
    assert made[0]._capsules is None


def test_pandas_that_does_not_know_the_protocol_goes_through_pyarrow(monkeypatch):
    class Series(list):
        pass

    class DataFrame(dict):
        pass

    pandas = types.SimpleNamespace(Series=Series, DataFrame=DataFrame, Index=tuple)
    pyarrow = types.SimpleNamespace(
        array=lambda value: Batch(), Table=types.SimpleNamespace(from_pandas=lambda value: Batch())
    )
    pyarrow.__version__ = "26.0.1"
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    monkeypatch.setitem(sys.modules, "pyarrow", pyarrow)
    assert _arrow.take("array", Series([1]))[1:] == (1, 2)
    assert _arrow.take("batch", DataFrame())[1:] == (1, 2)


def test_pyarrow_that_is_too_old_says_which_will_do(monkeypatch):
    old = types.ModuleType("pyarrow")
    old.__version__ = "15.0.2"
    monkeypatch.setitem(sys.modules, "pyarrow", old)
    with pytest.raises(ImportError) as caught:
        _arrow.pyarrow_object("batch", 1, 2)
    assert str(caught.value) == (
        "Arrow data of Java's is an object of pyarrow's in Python, but pyarrow 15.0.2 does not know"
        " all of the PyCapsule interface: install 16.0 or later, as by"
        f" {sys.executable} -m pip install --upgrade pyarrow"
    )
    assert caught.value.name == "pyarrow"
