from __future__ import annotations

import pickle

import pytest

from naja.flink import Row, RowKind


def test_fields_by_position_name_and_attribute():
    row = Row(id=1, name="a")
    assert (row[0], row["name"], row.name, len(row), list(row)) == (1, "a", "a", 2, [1, "a"])
    row.id, row["name"] = 2, "b"
    row[0] += 1
    assert row.as_dict() == {"id": 3, "name": "b"}
    assert "id" in row
    assert 3 not in row
    assert 3 in Row(3)


def test_row_of_names_is_called_like_a_class():
    person = Row("id", "name")
    assert person(1, "a") == Row(id=1, name="a")
    with pytest.raises(TypeError, match="takes 2 values, 1 were given"):
        person(1)


def test_kinds_names_and_values_make_rows_equal():
    deleted = Row.of_kind(RowKind.DELETE, 1)
    assert deleted != Row(1)
    assert deleted.get_row_kind() is RowKind.DELETE
    assert str(deleted) == "-DRow(1)"
    deleted.set_row_kind(RowKind.INSERT)
    assert deleted == Row(1)
    deleted.set_field_names(["a"])
    assert deleted == Row(a=1)
    assert hash(deleted) == hash(Row(a=1))
    assert Row(1) != (1,)
    assert [kind.value for kind in RowKind] == [0, 1, 2, 3]


def test_rows_survive_pickle():
    row = Row.of_kind(RowKind.UPDATE_AFTER, a=[1], b=Row(2))
    assert pickle.loads(pickle.dumps(row)) == row


def test_dict_of_rows_within():
    row = Row(a=[Row(b=1)], c={"d": Row(2)}, e=(Row(f=3),))
    assert row.as_dict(True) == {"a": [{"b": 1}], "c": {"d": [2]}, "e": ({"f": 3},)}
    assert row.get_fields_by_names(["c"]) == [{"d": Row(2)}]


def test_missing_fields_say_which_there_are():
    with pytest.raises(AttributeError, match="the row has no field 'z'; it has a, b"):
        Row(a=1, b=2).z  # noqa: B018
    with pytest.raises(KeyError, match="the row has no field 'z'; it has no names"):
        Row(1)["z"]
    with pytest.raises(AttributeError, match="no field 'z'"):
        Row(a=1).z = 2
    with pytest.raises(TypeError, match=r"Row\(1\) has no names of fields"):
        Row(1).as_dict()
    with pytest.raises(ValueError, match="2 names for a row of 1 fields"):
        Row(1).set_field_names(["a", "b"])
    with pytest.raises(ValueError, match="by position or by name, not both"):
        Row(1, a=2)
