from __future__ import annotations

import pytest
from fake_bridge import plain

import naja

LIMITS = {"setInt": 2**31, "setByte": 128, "setDouble": float("inf")}
NAMES = {"int": "[I", "byte": "[B", "double": "[D", "java.lang.String": "[Ljava.lang.String;"}


@pytest.fixture
def java(bridge):
    def setter(name):
        def set_at(array, index, value):
            assert isinstance(index, int)
            if name in LIMITS and not -LIMITS[name] <= value < LIMITS[name]:
                raise TypeError(f"{name} takes no {value}")
            array.data[index] = plain(value)
            bridge.stored.append(value)

        return staticmethod(set_at)

    def new_instance(class_object, length):
        name = class_object[len("class ") :]
        empty = 0 if name in ("int", "byte", "double") else None
        return bridge.make(NAMES[name], [empty] * length)

    def made(cast):
        array = bridge.make(bridge._name(cast.target), [])
        for value in cast.value:
            array.data.append(None)
            if "int" in repr(array) and value >= LIMITS["setInt"]:
                raise TypeError(f"no int can be {value}")
            array.data[-1] = value - 256 if isinstance(cast.value, bytes) and value > 127 else value
        return array

    def copy(source, start, target, place, length):
        target.data[place : place + length] = source.data[start : start + length]

    bridge.describe("java.util.Objects", requireNonNull=staticmethod(made))
    bridge.describe("java.lang.System", arraycopy=staticmethod(copy))

    def get(array, index):
        bridge.fetched.append(index)
        return array.data[index]

    bridge.stored, bridge.fetched = [], []
    bridge.describe(
        "java.lang.reflect.Array",
        newInstance=staticmethod(new_instance),
        getLength=staticmethod(lambda array: len(array.data)),
        get=staticmethod(get),
        **{name: setter(name) for name in ("set", "setInt", "setByte", "setDouble")},
    )
    for name, array in NAMES.items():
        bridge.describe(name, None, traits="abstract")
        bridge.describe(array, traits="array")
    original = bridge.value
    bridge.value = lambda array: (
        bytes(value % 256 for value in array.data) if "byte" in repr(array) else original(array)
    )
    return bridge


def test_array_of_a_length_and_of_elements(java):
    zeros = naja.java_array("int", 3)
    assert (type(zeros).__java_name__, list(zeros)) == ("int[]", [0, 0, 0])
    assert list(naja.java_array(naja.java_type("int"), range(3))) == [0, 1, 2]
    assert list(naja.java_type("int[]")([4, 5])) == [4, 5]
    assert list(naja.java_array("java.lang.String", ["a", None])) == ["a", None]


def test_wrong_contents(java):
    with pytest.raises(TypeError, match=r"int\[\] takes the length or the elements, not 2 arg"):
        naja.java_type("int[]")(1, 2)
    with pytest.raises(ValueError, match="an array of int cannot have -1 elements"):
        naja.java_array("int", -1)
    with pytest.raises(TypeError, match="no int can be 2147483648"):
        naja.java_array("int", [2**31])
    with pytest.raises(ImportError, match="no Java class p.Absent"):
        naja.java_array("p.Absent", 1)


def test_elements_are_indexed_from_both_ends(java):
    some = naja.java_array("int", [1, 2, 3])
    assert (len(some), some.length, some[0], some[-1]) == (3, 3, 1, 3)
    some[-1] = 9
    assert some[2] == 9
    for index in (3, -4):
        with pytest.raises(IndexError) as info:
            some[index]
        assert str(info.value) == f"index {index} is out of range for 3 elements"
        with pytest.raises(IndexError):
            some[index] = 1


def test_slices(java):
    some = naja.java_array("int", [1, 2, 3, 4])
    assert (some[1:3], some[::-1], some[9:]) == ([2, 3], [4, 3, 2, 1], [])
    some[1:3] = (7, 8)
    assert list(some) == [1, 7, 8, 4]
    some[::-2] = iter([5, 6])
    assert list(some) == [1, 6, 8, 5]
    with pytest.raises(ValueError) as info:
        some[:2] = [1]
    assert str(info.value) == (
        "a Java array keeps its length: the slice has 2 elements, 1 are given"
    )
    words = naja.java_array("java.lang.String", ["a", "b"])
    assert words[1:] == ["b"]


def test_primitive_elements_cross_at_once(java):
    assert list(naja.java_array("int", 5)) == [0] * 5
    assert java.fetched == []
    assert list(naja.java_array("java.lang.String", 2)) == [None, None]
    assert java.fetched == [0, 1]


def test_bytes_have_a_sign(java):
    some = naja.java_array("byte", [-1, 127, -128])
    assert (list(some), some[0], some[1:]) == ([-1, 127, -128], -1, [127, -128])


def test_bytes_make_a_byte_array(java):
    assert list(naja.java_array("byte", b"a\xff")) == [97, -1]
    assert list(naja.java_array("int", b"a\xff")) == [97, 255]


def test_bytes_out_of_range_are_refused(java):
    with pytest.raises(TypeError, match="a Java byte is a number from -128 to 127"):
        naja.java_array("byte", [128])


def test_elements_that_are_not_javas_are_cast(java):
    words = naja.java_array("java.lang.String", 2)
    words[0] = "as it is"
    words[1] = 5
    assert java.stored[0] == "as it is"
    assert (java.stored[1].value, java.stored[1].target) == (5, "java.lang.String")


def test_arrays_compare_as_lists_and_have_no_hash(java):
    some = naja.java_array("int", [1, 2])
    assert some == some
    assert some == naja.java_array("double", [1.0, 2.0])
    assert some == [1, 2] and some == (1, 2) and [1, 2] == some
    assert some != [1] and some != [2, 1] and some != "12" and some != {1, 2}
    with pytest.raises(TypeError, match="unhashable"):
        hash(some)


def test_truth_containment_and_text(java):
    some = naja.java_array("int", [1, 2])
    assert some and not naja.java_array("int", 0)
    assert 2 in some and 3 not in some
    assert repr(some) == "<Java int[2]>"
