from __future__ import annotations

import pytest

from naja._handles import MAX_TEXT, describe


class Hostile:
    def __init__(self, failure):
        self.failure = failure

    def __repr__(self):
        raise self.failure


def test_a_builtin_has_no_module():
    assert describe([1, "a"]) == ("list", "[1, 'a']")


def test_the_name_of_a_class_has_its_module():
    assert describe(Hostile(ValueError()))[0] == f"{__name__}.Hostile"


@pytest.mark.parametrize(
    "value",
    ["x" * 10_000, 10**3000, list(range(10_000)), [["x" * 1000] * 100] * 100, b"x" * 10_000],
    ids=["str", "int", "list", "nested", "bytes"],
)
def test_texts_are_short(value):
    text = describe(value)[1]
    assert len(text) <= MAX_TEXT
    assert "..." in text


def test_what_repr_raises_is_told():
    assert describe(Hostile(SystemExit()))[1] == "<repr() raised SystemExit>"
    assert describe(Hostile(ValueError()))[1].startswith("<Hostile instance at ")


def test_a_text_that_pretends_is_text():
    class Text(str):
        def __str__(self):
            raise ValueError

    class Pretender:
        def __repr__(self):
            return Text("pretender")

    name, text = describe(Pretender())
    assert text == "pretender"
    assert type(text) is str
