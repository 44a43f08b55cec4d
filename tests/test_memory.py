"""Do calls, handles, exceptions and values leave memory, references and handles as they were?"""

import os

import pytest

from harness.jvm import Jvm

FULL = os.environ.get("NAJA_TEST_FULL") == "1"

#: What may remain, in KiB: the JVM's own structures settle late. A byte a call would be 10 MiB.
MOST_GROWTH = 6 * 1024


def check(jvm: Jvm, what: str, times: int, most_growth: int = MOST_GROWTH) -> None:
    lines = jvm.with_fixed_heap().succeed("Memory", what, times, timeout=280, check_jni=False)
    facts = dict(line.split(" ", 1) for line in lines)
    assert facts["after"] == facts["before"]
    assert int(facts["grown"]) < most_growth


@pytest.mark.over("pythons")
def test_calls(jvm: Jvm):
    check(jvm, "calls", 10_000_000 if FULL else 1_000_000)


@pytest.mark.over("pythons")
def test_closed_handles(jvm: Jvm):
    check(jvm, "closed-handles", 1_000_000 if FULL else 100_000)


@pytest.mark.over("pythons")
def test_dropped_handles(jvm: Jvm):
    # The table keeps room for the most that ever waited for the collector at once, some 100,000.
    check(jvm, "dropped-handles", 1_000_000 if FULL else 100_000, 2 * MOST_GROWTH)


@pytest.mark.over("pythons")
def test_exceptions(jvm: Jvm):
    check(jvm, "exceptions", 100_000 if FULL else 20_000)


@pytest.mark.over("pythons")
def test_values(jvm: Jvm):
    check(jvm, "values", 100_000 if FULL else 20_000)


@pytest.mark.over("pythons")
def test_arrays(jvm: Jvm):
    check(jvm, "arrays", 1_000_000 if FULL else 100_000, 2 * MOST_GROWTH)


@pytest.mark.over("pythons")
def test_tensors(jvm: Jvm):
    check(jvm, "tensors", 1_000_000 if FULL else 100_000, 2 * MOST_GROWTH)


@pytest.mark.over("pythons")
def test_tables(jvm: Jvm):
    check(jvm, "tables", 1_000_000 if FULL else 100_000, 2 * MOST_GROWTH)
