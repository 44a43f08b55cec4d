from __future__ import annotations

import functools
import math

import pytest

from naja._signature import Methods, _snake_case, implementation, implemented, resolve


class Model:
    label = "m"

    def eval(self, amount, merchant="x"):
        return amount, merchant

    def predict_proba(self, *rows):
        return rows

    def __call__(self, value):
        return value

    @staticmethod
    def apart(a):
        return a

    @classmethod
    def of(cls, a):
        return cls

    def keyed(self, a, *, key):
        return key

    @property
    def broken(self):
        return self.absent


MODEL = Model()


@pytest.mark.parametrize(
    "java, python",
    [
        ("eval", "eval"),
        ("predictProba", "predict_proba"),
        ("toURL", "to_url"),
        ("asHTTPBody", "as_http_body"),
        ("already_snake", "already_snake"),
        ("x2Y", "x2_y"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_snake_case(java, python):
    assert _snake_case(java) == python


def test_attribute_of_the_same_name_comes_first():
    assert resolve(MODEL, "eval", 2, False)(1, 2) == (1, 2)
    assert resolve(MODEL, "eval", 1, True)(1) == (1, "x")


def test_snake_case_attribute():
    assert resolve(MODEL, "predictProba", 3, False)(1, 2, 3) == (1, 2, 3)


def test_number_of_arguments_that_varies_is_not_checked():
    assert resolve(MODEL, "keyed", None, False) == MODEL.keyed


def test_functional_interface_takes_the_target_itself():
    assert resolve(MODEL, "applyAsDouble", 1, True) is MODEL
    assert resolve(math.sqrt, "applyAsDouble", 1, True) is math.sqrt
    assert resolve(Model, "get", 0, True) is Model


def test_missing_attribute_names_near_ones():
    with pytest.raises(AttributeError) as info:
        resolve(MODEL, "predictProb", 1, False)
    assert str(info.value) == (
        "'Model' object has no attribute 'predictProb' or 'predict_prob'. "
        "Did you mean: 'predict_proba'?"
    )
    with pytest.raises(AttributeError) as info:
        resolve(math, "sqr", 1, True)
    assert str(info.value) == "module 'math' has no attribute 'sqr'. Did you mean: 'sqrt'?"
    with pytest.raises(AttributeError) as info:
        resolve(3, "wholly", 1, True)
    assert str(info.value) == "'int' object has no attribute 'wholly'"


def test_an_attribute_that_fails_is_not_missing():
    with pytest.raises(AttributeError, match="absent"):
        resolve(MODEL, "broken", 0, True)


def test_attribute_that_cannot_be_called():
    with pytest.raises(TypeError) as info:
        resolve(MODEL, "label", 0, False)
    assert str(info.value) == (
        "attribute 'label' of 'Model' object is not callable: it is of type 'str'"
    )


@pytest.mark.parametrize(
    "target, name, count",
    [
        (MODEL, "eval", 1),
        (MODEL, "eval", 2),
        (MODEL, "apart", 1),
        (MODEL, "of", 1),
        (Model, "eval", 2),
        (Model, "apart", 1),
        (MODEL, "run", 1),
        (lambda a, b=1, *, c=2: a, "run", 2),
        (lambda *rest: rest, "run", 9),
        (functools.partial(MODEL.eval, 1), "run", 1),
        (math.sqrt, "run", 1),
        (math.hypot, "run", 5),
        ("abc".upper, "run", 0),
        ("abc".split, "run", 2),
        ([].append, "run", 1),
        (max, "run", 3),
        (dict, "run", 1),
        (int, "run", 1),
    ],
)
def test_arguments_that_fit(target, name, count):
    assert callable(resolve(target, name, count, True))


@pytest.mark.parametrize(
    "target, name, count, said",
    [
        (MODEL, "eval", 0, "Model.eval(amount, merchant='x') cannot be called with the 0 "),
        (MODEL, "eval", 3, "Java method 'eval': too many positional arguments"),
        (MODEL, "apart", 2, "Model.apart(a) cannot"),
        (MODEL, "of", 0, "Model.of(a) cannot"),
        (MODEL, "keyed", 1, "Model.keyed(a, *, key) cannot"),
        (MODEL, "run", 2, "Model(value) cannot be called with the 2 "),
        (Model, "run", 1, "Model() cannot be called with the 1 "),
        (functools.partial(MODEL.eval, 1), "run", 2, "partial(merchant='x') cannot"),
        (math.sqrt, "run", 2, "sqrt(x, /) cannot be called with the 2 "),
        ("abc".upper, "run", 1, "str.upper() cannot be called with the 1 "),
        ([].append, "run", 0, "missing a required "),
    ],
)
def test_arguments_that_do_not_fit(target, name, count, said):
    with pytest.raises(TypeError) as info:
        resolve(target, name, count, True)
    assert said in str(info.value)


def test_decorators_count_as_what_they_are():
    def injecting(function):
        @functools.wraps(function)
        def wrapper(*args):
            return function("injected", *args)

        return wrapper

    @injecting
    def lookup(database, key):
        return database, key

    assert resolve(lookup, "apply", 1, True)(1) == ("injected", 1)


def test_a_callable_without_a_signature_is_taken(isolated):
    class Odd:
        __signature__ = 3
        __call__ = print

    assert callable(resolve(Odd(), "run", 5, True))
    out = isolated("""
import sys
from naja._signature import resolve
class Model:
    def eval(self, a): pass
import math
resolve(Model(), "eval", 1, False)
resolve(math.sqrt, "apply", 1, True)
print("inspect" in sys.modules)
""")
    assert out.strip() == "False"


def test_implemented_gives_what_is_there():
    found = implemented(MODEL, Methods(["eval", "predictProba", "missing"], [False] * 3, False))
    assert sorted(found) == [0, 1]
    assert found[0](1, 2) == (1, 2)
    assert found[1](3) == (3,)


def test_implemented_takes_the_place_of_a_default_by_an_attribute_of_the_class():
    model = Model()
    model.own = print
    assert implemented(model, Methods(["eval", "own", "own"], [True, True, False], False)) == {
        0: model.eval,
        2: print,
    }


def test_implemented_falls_back_to_the_target_for_a_functional_method():
    assert implemented(MODEL, Methods(["apply", "andThen"], [False, True], True)) == {0: MODEL}
    assert implemented(object(), Methods(["apply"], [False], True)) == {}


def test_implemented_leaves_what_fails_for_the_call():
    assert implemented(MODEL, Methods(["broken", "label"], [False, False], False)) == {}
    with pytest.raises(AttributeError, match="'absent'"):
        implementation(MODEL, "broken", False, "I")
    with pytest.raises(TypeError, match="attribute 'label' of 'Model' object is not callable"):
        implementation(MODEL, "label", False, "I")


def test_implementation_names_what_is_missing():
    assert implementation(MODEL, "apply", True, "I") is MODEL
    with pytest.raises(NotImplementedError) as raised:
        implementation(MODEL, "predictProbe", False, "com.acme.Scorer")
    assert str(raised.value) == (
        "'Model' object implements com.acme.Scorer but has no method 'predictProbe' or "
        "'predict_probe'. Did you mean: 'predict_proba'?"
    )
