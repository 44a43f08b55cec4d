"""What do iterables, mappings and objects hand to Java where there is no table?"""

from __future__ import annotations

from collections import deque
from types import MappingProxyType, SimpleNamespace

import pytest

from naja import _results


def test_elements_come_in_lists():
    count = 2 * _results.CHUNK + 1
    lists = list(_results.elements(iter(range(count)), False, [False]))
    assert [len(each) for each in lists] == [_results.CHUNK, _results.CHUNK, 1]
    assert [number for each in lists for number in each] == list(range(count))


def test_an_iterator_is_asked_for_no_more_than_a_list():
    asked = []
    numbers = (asked.append(number) or number for number in range(10_000))
    assert len(next(_results.elements(numbers, False, [False]))) == _results.CHUNK
    assert len(asked) == _results.CHUNK


def test_what_is_not_iterable_says_so_at_once():
    with pytest.raises(TypeError, match="not iterable"):
        _results.elements(7, False, [False])


def test_rows_of_what_is_no_table_are_its_elements():
    assert list(_results.elements(deque("ab"), ["x"], [False])) == ["a", "b"]
    assert _results.objects(deque("ab"), ["x"], [False]) is None


def test_pairs_are_items():
    mapping = MappingProxyType({"a": 1, "b": 2})
    assert _results.pairs(mapping, False, False) == [("a", 1), ("b", 2)]
    assert list(_results.pairs(mapping, False, True)) == [[("a", 1), ("b", 2)]]
    assert _results.pairs(7, False, True) == "it has no items()"


def test_components_are_attributes():
    dot = SimpleNamespace(x=1, y=2.5)
    assert _results.components(["y", "x"], False)(dot) == (2.5, 1)
    assert list(_results.components(["x"], True)(dot)) == [1]
    assert _results.components([], False)(dot) == ()
    assert _results.components(["x", "z"], True)(dot) == "it has no attribute z"
