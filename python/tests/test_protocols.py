from __future__ import annotations

import pytest
from fake_bridge import Cast
from java_collections import describe_collections

import naja

INTEGER = "java.lang.Integer"


@pytest.fixture
def java(bridge):
    describe_collections(bridge)
    return bridge


@pytest.fixture
def array_list(java):
    return naja.java_type("java.util.ArrayList")


@pytest.fixture
def hash_map(java):
    return naja.java_type("java.util.HashMap")


def test_list_has_length_truth_and_iteration(array_list):
    some = array_list(1, "a", None)
    assert len(some) == 3
    assert list(some) == [1, "a", None]
    assert bool(some) is True
    assert bool(array_list()) is False
    assert list(reversed(some)) == [None, "a", 1]
    assert array_list("x") != array_list("y")


def test_list_is_indexed_from_both_ends(array_list):
    some = array_list(1, 2, 3)
    assert (some[0], some[2], some[-1], some[-3], some[True]) == (1, 3, 3, 1, 2)
    for index in (3, -4, 2**31, 2**70):
        with pytest.raises(IndexError) as info:
            some[index]
        assert str(info.value) == f"index {index} is out of range for 3 elements"
    with pytest.raises(TypeError):
        some["a"]


@pytest.mark.parametrize(
    "key",
    [
        slice(None),
        slice(1, 3),
        slice(3, 1),
        slice(-2, None),
        slice(None, None, 2),
        slice(None, None, -1),
        slice(10, 20),
    ],
)
def test_slices_of_a_list(array_list, key):
    values = [0, 1, 2, 3, 4]
    some = array_list(*values)
    assert some[key] == values[key]
    assert type(some[key]) is list
    del some[key]
    del values[key]
    assert list(some) == values


@pytest.mark.parametrize("key", [slice(1, 3), slice(3, 1), slice(5, None), slice(None, None, 2)])
def test_slices_are_assigned(array_list, key):
    values = [0, 1, 2, 3, 4]
    some = array_list(*values)
    new = iter([7, 8, 9])
    values[key] = [7, 8, 9]
    some[key] = new
    assert list(some) == values


def test_slice_with_a_step_keeps_its_size(array_list):
    some = array_list(1, 2, 3)
    with pytest.raises(ValueError) as info:
        some[::2] = [1]
    assert str(info.value) == "1 values cannot be assigned to a slice of 2 elements"


def test_elements_are_assigned_and_deleted_by_index(array_list):
    some = array_list(1, 2, 3)
    some[-1] = 9
    some[0] = 7
    del some[1]
    assert list(some) == [7, 9]
    for index in (2, -3):
        with pytest.raises(IndexError):
            some[index] = 1
        with pytest.raises(IndexError):
            del some[index]


def test_methods_of_pythons_lists(array_list):
    some = array_list(1)
    some.append(2)
    some.extend([3, 2])
    some.insert(0, 0)
    some.insert(-1, 8)
    some.insert(99, 9)
    assert list(some) == [0, 1, 2, 3, 8, 2, 9]
    assert (some.index(2), some.count(2), some.index(9)) == (2, 2, 6)
    assert (some.pop(), some.pop(0), some.pop(-2)) == (9, 0, 8)
    with pytest.raises(ValueError, match="77 is not in the list"):
        some.index(77)
    with pytest.raises(IndexError):
        array_list().pop()


def test_list_extended_by_itself_ends(array_list):
    some = array_list(1, 2)
    some.extend(some)
    assert list(some) == [1, 2, 1, 2]


def test_javas_methods_win(java):
    assert naja.java_type("java.util.ArrayDeque")(1, 2).pop() == 1
    assert naja.java_type("java.util.HashMap")().values() == "Java's own values"


def test_changing_a_list_while_iterating_is_javas_exception(array_list):
    some = array_list(1, 2, 3)
    with pytest.raises(naja.java_type("java.util.ConcurrentModificationException")) as info:
        for _ in some:
            some.append(4)
    assert str(info.value) == "changed"


def test_contains_finds_what_iteration_shows(array_list):
    some = array_list(
        5, Cast(6, INTEGER), Cast(7, "java.lang.Short"), Cast("x", "java.lang.Character")
    )
    assert list(some) == [5, 6, 7, "x"]
    for value in (5, 6, 7, "x"):
        assert value in some
    for value in (8, "y", None, 2**80, 5.5, "xy"):
        assert value not in some


def test_map_is_read_as_a_dict(hash_map):
    some = hash_map()
    some["a"] = 1
    some["b"] = None
    assert (len(some), bool(some), bool(hash_map())) == (2, True, False)
    assert list(some) == ["a", "b"]
    assert (some["a"], some["b"]) == (1, None)
    assert "a" in some and "c" not in some
    assert list(some.keys()) == ["a", "b"]
    assert list(some.items()) == [("a", 1), ("b", None)]
    assert len(some.items()) == 2
    assert ("a", 1) in some.items() and ("a", 2) not in some.items()
    assert dict(some) == {"a": 1, "b": None}
    assert (lambda **kwargs: kwargs)(**some) == {"a": 1, "b": None}
    with pytest.raises(KeyError) as info:
        some["c"]
    assert info.value.args == ("c",)


def test_map_is_changed_as_a_dict(hash_map):
    some = hash_map()
    some.update({"a": 1}, b=2)
    some.update([("c", 3)])
    other = hash_map()
    other.update(some)
    assert dict(other) == {"a": 1, "b": 2, "c": 3}
    del some["a"]
    with pytest.raises(KeyError):
        del some["a"]
    assert some.pop("b") == 2
    assert some.pop("b", 9) == 9
    with pytest.raises(KeyError):
        some.pop("b")
    assert some.setdefault("c", 7) == 3
    assert some.setdefault("d", 7) == 7
    assert dict(some) == {"c": 3, "d": 7}


def test_key_is_found_in_whatever_class_java_keeps_it(hash_map):
    some = hash_map()
    some.put(Cast(5, INTEGER), "five")
    assert some[5] == "five"
    assert 5 in some
    some[5] = "FIVE"
    assert dict(some) == {5: "FIVE"}
    some[6] = "six"
    assert list(some.data) == [(INTEGER, 5), ("java.lang.Long", 6)]
    assert some.pop(5) == "FIVE"
    del some[6]
    assert not some


def test_sorted_map_compares_only_its_own_class(java):
    some = naja.java_type("java.util.TreeMap")()
    some.put(Cast(5, INTEGER), "five")
    assert some[5] == "five"
    assert 6 not in some
    some[5] = "FIVE"
    assert dict(some) == {5: "FIVE"}
    with pytest.raises(naja.java_type("java.lang.ClassCastException")):
        _ = "a" in some


def test_entry_unpacks(java):
    entry = java.make("p.Entry", (("java.lang.String", "a"), 1))
    key, value = entry
    assert (key, value, entry[0], entry[-1], len(entry)) == ("a", 1, "a", 1, 2)


def test_iterator_enumeration_and_stream(java):
    iterator = java.make("p.Iterator", [[("", 1), ("", 2)], 0, 2])
    assert iter(iterator) is iterator
    assert (next(iterator), next(iterator), next(iterator, "end")) == (1, 2, "end")
    assert list(java.make("p.Enumeration", [1, 2])) == [1, 2]
    java.describe(
        "p.Stream",
        traits="Stream",
        iterator=lambda self: java.make("p.Iterator", [[("", 3)], 0, 1]),
    )
    assert list(java.make("p.Stream", None)) == [3]


def test_iterable_whose_iterator_is_pythons(java):
    java.describe("p.Iterable", traits="Iterable", iterator=lambda self: iter([1, 2]))
    assert list(java.make("p.Iterable", None)) == [1, 2]


def test_comparable_orders(java):
    java.describe(
        "p.Version",
        traits="Comparable",
        new=int,
        compareTo=lambda self, other: self.data - other.data,
    )
    one, two = map(naja.java_type("p.Version"), (1, 2))
    assert one < two and one <= two and two > one and two >= one
    assert not one > two and not two <= one
    assert sorted([two, one]) == [one, two]


def test_what_compare_to_raises_propagates(java):
    def fail(self, other):
        raise ZeroDivisionError("inside compareTo")

    java.describe("p.Odd", traits="Comparable", compareTo=fail)
    one, two = (java.make("p.Odd", 1) for _ in range(2))
    with pytest.raises(ZeroDivisionError, match="inside compareTo"):
        _ = one < two


def test_with_closes(java):
    closed = []
    java.describe("p.File", traits="AutoCloseable", close=lambda self: closed.append(self))
    file = java.make("p.File", None)
    with file as entered:
        assert entered is file
        assert not closed
    assert closed == [file]
    with pytest.raises(ZeroDivisionError), file:
        _ = 1 / 0
    assert len(closed) == 2


def test_char_sequence_is_read_as_text(java):
    java.describe(
        "java.lang.StringBuilder",
        traits="CharSequence",
        new=str,
        length=lambda self: len(self.data),
        charAt=lambda self, index: self.data[index],
        subSequence=lambda self, start, stop: self.data[start:stop],
    )
    text = naja.java_type("java.lang.StringBuilder")("hello")
    assert (len(text), str(text), text[0], text[-1]) == (5, "hello", "h", "o")
    assert (text[1:3], text[::-1], text[3:1]) == ("el", "olleh", "")
    assert "ell" in text and "x" not in text
    assert list(text) == list("hello")
    with pytest.raises(IndexError):
        text[5]


def test_numbers_become_pythons(java):
    java.describe(INTEGER, traits="Number", new=int, doubleValue=lambda self: float(self.data))
    java.describe(
        "java.util.concurrent.atomic.AtomicLong",
        traits="Number",
        new=lambda value: java.make("p.Opaque", value),
        longValue=lambda self: self.data.data,
        doubleValue=lambda self: float(self.data.data),
    )
    java.describe("p.Opaque")
    java.describe(
        "java.lang.Double", traits="Number", new=float, doubleValue=lambda self: self.data
    )
    five = naja.java_type(INTEGER)(5)
    assert (int(five), float(five), "abcdef"[five]) == (5, 5.0, "f")
    atomic = naja.java_type("java.util.concurrent.atomic.AtomicLong")(7)
    assert (int(atomic), float(atomic), hex(atomic)) == (7, 7.0, "0x7")
    half = naja.java_type("java.lang.Double")(2.5)
    assert (int(half), float(half)) == (2, 2.5)
    with pytest.raises(TypeError):
        range(half)


def test_subclass_takes_its_protocols_from_the_superclass(java):
    deque = naja.java_type("java.util.ArrayDeque")
    assert "__len__" not in vars(deque)
    assert len(deque(1)) == 1
