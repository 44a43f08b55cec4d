"""Does a JVM with Python in it end as one without, and does Python get to run its exit functions?"""

import signal
import subprocess

import pytest

from harness.jvm import Jvm, Outcome, finish

SIGNALS = pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["SIGTERM", "SIGINT"]
)


@pytest.fixture
def trace(tmp_path):
    """The file to which the exit function of Python appends a line."""
    return tmp_path / "trace"


def interrupted(process: subprocess.Popen, number: int) -> Outcome:
    """Sends a signal when the scenario says that it is ready."""
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    return finish(process, timeout=60)


@SIGNALS
def test_status_of_plain_java(jvm: Jvm, trace, number, status):
    outcome = interrupted(jvm.start("Exit", "plain", trace), number)
    assert outcome.status == status
    assert outcome.out == "hook\n"


@pytest.mark.over("pythons", "jdks")
@SIGNALS
@pytest.mark.parametrize("mode", ["loop", "sleep", "session"])
def test_signal_during_python_ends_as_plain_java(jvm: Jvm, trace, number, status, mode):
    outcome = interrupted(jvm.start("Exit", mode, trace), number)
    assert outcome.status == status, str(outcome)
    assert outcome.lines == ["hook", "unfinished line"]
    assert trace.read_text() == "left\n"


@pytest.mark.over("pythons", "jdks")
def test_signal_while_many_threads_call(jvm: Jvm, trace):
    outcome = interrupted(jvm.start("Exit", "traffic", trace), signal.SIGTERM)
    assert outcome.status == 143, str(outcome)
    assert outcome.lines == ["hook", "unfinished line"]
    assert outcome.err == ""
    assert trace.read_text() == "left\n"


def test_session_that_sleeps_delays_the_end_but_does_not_prevent_it(jvm: Jvm, trace):
    # Nobody can take the GIL from a session that runs no Python: exit functions get no turn.
    outcome = interrupted(jvm.start("Exit", "session-of-java", trace), signal.SIGTERM)
    assert outcome.status == 143, str(outcome)
    assert outcome.lines == ["hook"]
    assert not trace.exists()


def test_return_from_main(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "return", trace)
    assert outcome.status == 0, str(outcome)
    assert outcome.lines == ["ready", "hook", "unfinished line"]
    assert trace.read_text() == "left\n"


def test_inherited_output_is_flushed(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "inherit-return", trace)
    assert outcome.status == 0, str(outcome)
    assert outcome.lines == ["ready", "hook", "unfinished line"]
    assert trace.read_text() == "left\n"


@pytest.mark.over("jdks")
def test_exit_from_java(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "exit", trace)
    assert outcome.status == 3, str(outcome)
    assert outcome.lines == ["ready", "hook", "unfinished line"]
    assert trace.read_text() == "left\n"


@pytest.mark.over("jdks")
def test_exit_from_java_that_python_called(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "exit-below-python", trace)
    assert outcome.status == 5, str(outcome)
    assert outcome.lines == ["ready", "hook", "unfinished line"]
    assert trace.read_text() == "left\n"


def test_halt_skips_hooks_of_java_only(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "halt", trace)
    assert outcome.status == 4, str(outcome)
    assert outcome.lines == ["ready", "unfinished line"]
    assert trace.read_text() == "left\n"


def test_os_exit_of_python_runs_nothing(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "os-exit", trace)
    assert outcome.status == 7, str(outcome)
    assert outcome.out == "ready\nunfinished line"
    assert not trace.exists()


@pytest.mark.over("pythons", "jdks")
def test_daemon_threads_in_python_do_not_keep_the_jvm(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "daemons", trace, timeout=60)
    assert outcome.status == 0, str(outcome)
    assert outcome.lines[:4] == ["ready", "ready", "ready", "hook"]
    assert trace.read_text() == "left\n"


def test_threads_of_python_do_not_keep_the_jvm(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "python-thread", trace, timeout=60)
    assert outcome.status == 0, str(outcome)
    assert trace.read_text() == "left\n"


def test_exit_function_that_raises(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "raising-exit-function", trace)
    assert outcome.status == 0, str(outcome)
    assert "ZeroDivisionError: division by zero" in outcome.err
    assert trace.read_text() == "left\n"


def test_uncaught_python_exception(jvm: Jvm, trace):
    outcome = jvm.run("Exit", "uncaught", trace)
    assert outcome.status == 1, str(outcome)
    assert outcome.lines == ["ready", "hook", "unfinished line"]
    assert "IndexError: list index out of range" in outcome.err
    assert trace.read_text() == "left\n"
