from __future__ import annotations

import os
import sys

import pytest

from naja._search_path import add_paths


def test_paths_come_first_in_order_without_duplicates(tmp_path, monkeypatch):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    monkeypatch.setattr(sys, "path", ["/lib", str(two)])
    add_paths([str(one), str(two), str(one)])
    assert sys.path == [str(one), str(two), "/lib"]
    add_paths([str(two)])
    assert sys.path == [str(two), str(one), "/lib"]


def test_a_new_module_on_a_new_path_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    (tmp_path / "naja_test_model.py").write_text("x = 1")
    add_paths([str(tmp_path)])
    import naja_test_model

    assert naja_test_model.x == 1


def test_relative_path_becomes_absolute(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    add_paths(["models"])
    assert sys.path == [str(tmp_path / "models")]


def test_missing_path_is_named_and_nothing_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", ["/lib"])
    with pytest.raises(FileNotFoundError) as info:
        add_paths([str(tmp_path), "absent/models"])
    assert str(info.value) == (
        f"the search path 'absent/models' does not exist (working directory {os.getcwd()!r})"
    )
    assert sys.path == ["/lib"]


def test_a_directory_that_was_not_there_before_is_looked_at_again(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "late")])
    with pytest.raises(ModuleNotFoundError):
        import naja_test_late
    (tmp_path / "late").mkdir()
    (tmp_path / "late" / "naja_test_late.py").write_text("x = 2")
    add_paths([str(tmp_path / "late")])
    import naja_test_late

    assert naja_test_late.x == 2
