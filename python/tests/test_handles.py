from __future__ import annotations

import types

import pytest

import naja
from naja._handles import MAX_TEXT, held, kind, text


class Hostile:
    def __init__(self, failure):
        self.failure = failure

    def __repr__(self):
        raise self.failure


def test_a_builtin_has_no_module():
    assert (kind([1, "a"]), text([1, "a"])) == ("list", "[1, 'a']")


def test_the_name_of_a_class_has_its_module():
    assert kind(Hostile(ValueError())) == f"{__name__}.Hostile"


@pytest.mark.parametrize(
    "value",
    ["x" * 10_000, 10**3000, list(range(10_000)), [["x" * 1000] * 100] * 100, b"x" * 10_000],
    ids=["str", "int", "list", "nested", "bytes"],
)
def test_texts_are_short(value):
    shown = text(value)
    assert len(shown) <= MAX_TEXT
    assert "..." in shown


def test_what_repr_raises_is_told():
    assert text(Hostile(SystemExit())) == "<repr() raised SystemExit>"
    assert text(Hostile(ValueError())).startswith("<Hostile instance at ")


def test_a_text_that_pretends_is_text():
    class Text(str):
        def __str__(self):
            raise ValueError

    class Pretender:
        def __repr__(self):
            return Text("pretender")

    shown = text(Pretender())
    assert shown == "pretender"
    assert type(shown) is str


def test_only_an_object_of_javas_is_held(monkeypatch):
    monkeypatch.setattr(naja, "_bridge", types.SimpleNamespace(JavaObject=list), raising=False)
    of_java = [1]
    assert held(of_java) is of_java
    assert held((1,)) is None
