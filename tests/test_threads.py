"""May any number of threads, of Java and of Python, call Python at once?"""

import os

import pytest

from harness.jvm import Jvm

FULL = os.environ.get("NAJA_TEST_FULL") == "1"


@pytest.mark.over("pythons", "jdks")
def test_eight_threads_get_right_results(jvm: Jvm):
    calls = 100_000 if FULL else 10_000
    assert jvm.succeed("Threads", "many", calls) == [str([calls] * 8)]


@pytest.mark.over("pythons", "jdks")
def test_four_threads_of_short_calls_take_turns(jvm: Jvm):
    least, longest = jvm.succeed("Threads", "turns")
    # Of a hundred calls; a quarter would be even. On a machine of its own a thread waits for four milliseconds.
    assert int(least.removeprefix("least ")) >= 5
    assert int(longest.removeprefix("longest ")) < 1000


@pytest.mark.over("jdks")
def test_virtual_threads_get_right_results(jvm: Jvm):
    if jvm.jdk.feature < 21:
        pytest.skip("virtual threads come with JDK 21")
    assert jvm.succeed("Threads", "virtual", 10_000) == [str([10_000] * 8)]


@pytest.mark.over("pythons", "jdks")
def test_thread_states_go_with_their_threads(jvm: Jvm):
    threads = 5000
    gone, grown = jvm.with_fixed_heap().succeed("Threads", "short-lived", threads, check_jni=False)
    assert gone == f"gone {threads}"
    # A thread state with its stack of frames takes 16 KiB, which would make 60 MiB.
    assert int(grown.removeprefix("grown ")) < 8 * 1024


@pytest.mark.over("pythons", "jdks")
def test_calls_that_wait_overlap(jvm: Jvm):
    assert jvm.succeed("Threads", "overlap") == [
        "meet [0.0, 1.0, 2.0, 3.0]",
        "sleep [0.0, 1.0, 2.0, 3.0]",
        "asleep at once 4",
    ]


@pytest.mark.parametrize(
    "work",
    [
        "import hashlib\ndef work(): hashlib.pbkdf2_hmac('sha256', b'word', b'salt', 1_000_000)",
        "import numpy\n"
        "numbers = numpy.random.default_rng(1).random(8_000_000)\n"
        "def work(): numbers.sort()",
    ],
    ids=["hashlib", "numpy"],
)
def test_c_code_that_releases_the_gil_runs_beside_calls(jvm: Jvm, work):
    (ticks,) = jvm.succeed("Threads", "release", work)
    # All of them lie in the middle half of one C call of some tenths of a second.
    assert int(ticks.removeprefix("ticks ")) > 100


@pytest.mark.over("pythons")
def test_threads_of_python_run_beside_calls(jvm: Jvm):
    assert jvm.succeed("Threads", "beside") == ["[true, true, true, true]"]


@pytest.mark.over("pythons", "jdks")
def test_callbacks_nest_on_four_threads(jvm: Jvm):
    assert jvm.succeed("Threads", "callbacks", 10) == ["[1000, 1000, 1000, 1000]"]


@pytest.mark.over("pythons", "jdks")
def test_java_that_python_called_may_wait_for_a_thread_that_calls_python(jvm: Jvm):
    assert jvm.succeed("Threads", "rendezvous") == ["42"]
