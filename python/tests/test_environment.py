from __future__ import annotations

import itertools
import sys

import pytest

from naja._environment import _condition, _Version, require_packages


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Makes a distribution look installed."""
    monkeypatch.syspath_prepend(str(tmp_path))

    def install(name: str, version: str) -> None:
        home = tmp_path / f"{name}-{version}.dist-info"
        home.mkdir()
        (home / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")

    return install


def test_requirements_that_are_met(installed):
    installed("some_dist", "1.26.4")
    require_packages([])
    require_packages(["some_dist", "Some-Dist[extra] >=1.24,<3", "some_dist (==1.26.*)"])


def test_every_unmet_requirement_is_named_with_the_mend(installed):
    installed("some_dist", "1.26.4")
    with pytest.raises(ImportError) as info:
        require_packages(["some_dist>=2", "absent-dist<3", "some_dist"])
    assert str(info.value) == (
        f"the environment of {sys.executable} lacks required packages:\n"
        "  some_dist>=2: found 1.26.4\n"
        "  absent-dist<3: not installed\n"
        f"To install them, run: {sys.executable} -m pip install 'some_dist>=2' 'absent-dist<3'"
    )


@pytest.mark.parametrize(
    "odd",
    ["", "a b", ">=1", "a>=", "a=>1", "a>=x", "a; python_version<'3'", "a @ file:///x", "a~=1"],
)
def test_requirement_that_cannot_be_read(odd):
    with pytest.raises(ValueError, match="cannot read the requirement"):
        require_packages([odd])


ORDERED = """
    0.9 1.dev0 1.0a1.dev1 1.0a1 1.0b2 1.0rc1 1 1.0.post0.dev1 1.0.post1 1.0.1 1.1 1.9 1.10 2 1!0.1
""".split()


def test_versions_sort_as_pep_440_says():
    for earlier, later in itertools.combinations(ORDERED, 2):
        assert _Version(earlier).key < _Version(later).key, (earlier, later)


@pytest.mark.parametrize(
    "one, other",
    [
        ("1.0", "1"),
        ("1.0alpha1", "1a1"),
        ("1-1", "1.post1"),
        ("v1.0", "1.0"),
        ("1.0c1", "1.0rc1"),
        ("1.0.pre2", "1rc2"),
        ("1.0_BETA", "1b0"),
    ],
)
def test_spellings_of_the_same_version(one, other):
    assert _Version(one).key == _Version(other).key


@pytest.mark.parametrize(
    "found, met, unmet",
    [
        ("1.26.4", "== 1.26.4, >=1.24 <=1.26.4 !=1.25 ~=1.26 ~=1.24 ==1.* !=1.25.* ===1.26.4", ""),
        ("1.26.4", "", "==1.26 >1.26.4 <1.26.4 <=1.26 !=1.26.4 ~=1.26.5 ~=2.0 ==1.25.* !=1.26.*"),
        ("2.0", "==2 ==2.0.0 ==2.0.0.* <2.1rc1 <=2.0", "===2 >2 <2 ~=2.1"),
        ("2.0rc1", ">1.9 <2.0rc2 >=2.0rc1 ==2.*", "<2.0 >=2.0"),
        ("2.0.post1", ">=2.0 >2.0.post0 <2.1", ">2.0 ==2.0"),
        ("2.1.0+cpu", "==2.1.0 ==2.1.0+cpu >=2.1 <=2.1", "==2.1.0+cu12 !=2.1.0 >2.1"),
        ("1!1.0", ">2024 ==1!1.*", "==1.0 <2"),
    ],
)
def test_specifiers(found, met, unmet):
    for specifiers, expected in ((met, True), (unmet, False)):
        for specifier in specifiers.replace("== ", "==").replace(",", "").split():
            operator = specifier.rstrip("0123456789.!*abcdefghijklmnopqrstuvwxyz+")
            if specifier[len(operator) - 1] == "!":
                operator = operator[:-1]
            wanted = specifier[len(operator) :]
            assert _condition(operator, wanted)(found) is expected, specifier


def test_versions_agree_with_packaging():
    from packaging.specifiers import SpecifierSet

    operators = ("==", "!=", "<=", ">=", "<", ">", "~=")
    limits = [limit for limit in ORDERED if "post" not in limit and "dev" not in limit]
    for operator, limit, found in itertools.product(operators, limits, ORDERED):
        if operator != "~=" or "." in limit:
            expected = SpecifierSet(operator + limit).contains(found, prereleases=True)
            assert _condition(operator, limit)(found) == expected, (found, operator, limit)
