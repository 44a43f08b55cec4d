from __future__ import annotations

import sys
from types import ModuleType

import pytest

from naja.flink import _resolve
from naja.flink._describe import describe

MODULE = """
def score(amount): return amount * 2

class Model:
    def __init__(self, factor=1):
        self.factor = factor
    def eval(self, a): return a * self.factor
    @staticmethod
    def plain(a): return a

model = Model(5)
"""


@pytest.fixture(autouse=True)
def package(tmp_path, monkeypatch):
    (tmp_path / "found_pkg").mkdir()
    (tmp_path / "found_pkg" / "__init__.py").write_text("")
    (tmp_path / "found_pkg" / "fraud.py").write_text(MODULE)
    (tmp_path / "found_pkg" / "needy.py").write_text("import absent_package")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in [name for name in sys.modules if name.startswith("found_pkg")]:
        del sys.modules[name]


@pytest.mark.parametrize("reference", ["found_pkg.fraud:score", "found_pkg.fraud.score"])
def test_functions_in_both_spellings(reference):
    owner, function = _resolve.instance(reference)
    assert owner is None
    assert function(2) == 4


def test_classes_are_made_with_arguments():
    owner, target = _resolve.instance("found_pkg.fraud:Model", {"factor": 3})
    assert owner is target
    assert target.eval(2) == 6


def test_methods_belong_to_an_object_that_is_made():
    owner, method = _resolve.instance("found_pkg.fraud:Model.eval", {"factor": 3})
    assert method(2) == 6
    assert method.__self__ is owner


def test_objects_are_taken_as_they_are():
    owner, target = _resolve.instance("found_pkg.fraud:model")
    assert owner is target
    assert target.eval(1) == 5


def test_wrappers_of_an_installed_pyflink_are_opened(monkeypatch):
    import found_pkg.fraud

    wrapper = type("UserDefinedScalarFunctionWrapper", (), {"__module__": "pyflink.table.udf"})()
    wrapper._func, wrapper._result_type = found_pkg.fraud.Model(7), "BIGINT"
    found_pkg.fraud.wrapped = wrapper
    owner, target = _resolve.instance("found_pkg.fraud:wrapped")
    assert owner is target
    assert target.eval(2) == 14
    assert describe(wrapper)["result"] == "BIGINT"
    assert describe(wrapper)["arguments"] == ("a",)


def test_missing_modules_are_told_from_modules_that_miss_something():
    with pytest.raises(ModuleNotFoundError) as caught:
        _resolve.find("absent_module:f")
    assert str(caught.value).startswith(
        "no module 'absent_module', which 'absent_module:f' asks for; it was looked for on sys.path"
    )
    assert str(caught.value).endswith("name its file or folder in 'python.files'")
    with pytest.raises(ModuleNotFoundError, match="^No module named 'absent_package'$"):
        _resolve.find("found_pkg.needy:f")


def test_missing_names_come_with_those_that_are_near():
    with pytest.raises(AttributeError, match=r"has no 'scor', .*; did you mean 'score'\?"):
        _resolve.find("found_pkg.fraud:scor")
    with pytest.raises(ModuleNotFoundError, match="is written 'found_pkg.fraud:Model.eval'"):
        _resolve.find("found_pkg.fraud.Model.eval")


def test_what_is_no_reference_says_how_one_is_written():
    for text in ("score", "", "a b.c", ":f", "m:", "m:f:g"):
        with pytest.raises(ValueError, match="names no Python function; write 'module:function'"):
            _resolve.find(text)


def test_arguments_for_a_function_are_refused():
    with pytest.raises(TypeError, match="is no class, so it takes no arguments: factor"):
        _resolve.instance("found_pkg.fraud:score", {"factor": 1})


def test_importer_is_asked_for_the_module():
    module = ModuleType("made")
    module.f = len
    assert _resolve.find("made:f", {"made": module}.__getitem__) == (None, len)
