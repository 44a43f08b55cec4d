"""Does naja work in several class loaders of a JVM, and does it let each of them go?"""

import os

import pytest

from harness import machine
from harness.jvm import Jvm

pytestmark = pytest.mark.over("jdks")

LOADERS = 50 if os.environ.get("NAJA_TEST_FULL") == "1" else 20


@pytest.mark.over("pythons", "jdks")
def test_two_class_loaders_share_one_python(jvm: Jvm):
    assert jvm.succeed("ClassLoaders", "two") == [
        "one 1 42 object",
        "other 2 42 object",
        "one 3 42 object",
        "other 4 42 object",
        "apart",
    ]


@pytest.mark.over("pythons", "jdks")
def test_one_class_loader_is_collected_while_another_goes_on(jvm: Jvm):
    assert jvm.succeed("ClassLoaders", "collected") == [
        "first 1 42 object",
        "second 2 42 object",
        "collected",
        "second 3 42 object",
        "third 4 42 object",
    ]


def test_a_closed_class_loader_serves_others(jvm: Jvm):
    outcome = jvm.run("ClassLoaders", "closed")
    assert outcome.lines == [
        "second 1 42 object",
        "second null 42 object",
        "first long",
    ], str(outcome)
    assert "logged" in outcome.err
    assert "Error" not in outcome.err


def test_class_loaders_in_sequence_leave_nothing(jvm: Jvm):
    kept, threads = jvm.succeed("ClassLoaders", "sequence", LOADERS)
    assert kept == "kept 0"
    before, after = threads.removeprefix("threads ").split(" then ")
    assert int(after) <= int(before)


def test_class_loaders_cannot_have_different_pythons(jvm: Jvm):
    other = next(p for p in machine.pythons() if p.version != jvm.python.version)
    one, *refusal = jvm.succeed("ClassLoaders", "different", other.executable)
    assert one == "one 1 42 object"
    assert refusal[0].startswith("dev.naja.PythonStartException: ")
    text = "\n".join(refusal)
    assert jvm.python.version in text
    assert other.version in text
