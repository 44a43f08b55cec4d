"""Do things that would take a JVM down, or end a Python process, come out as exceptions?"""

import re

import pytest

from harness.jvm import Jvm


def test_exceptions_that_end_a_python_process(jvm: Jvm):
    lines = jvm.succeed(
        "Run",
        "import sys; sys.exit(3)",
        "raise SystemExit('bye')",
        "raise KeyboardInterrupt",
        "raise MemoryError('no more')",
        "raise GeneratorExit",
        "quit()",
    )
    assert lines == [
        "PythonException SystemExit: 3",
        "PythonException SystemExit: bye",
        "PythonException KeyboardInterrupt: ",
        "PythonException MemoryError: no more",
        "PythonException GeneratorExit: ",
        "PythonException SystemExit: None",
        "alive 42",
    ]


def test_interrupt_of_the_main_thread_stays_in_python(jvm: Jvm):
    interrupt = "import _thread, time\n_thread.interrupt_main()\ntime.sleep(0.2)"
    assert jvm.succeed("Run", interrupt) == ["returned", "alive 42"]


@pytest.mark.over("pythons", "jdks")
def test_fork_is_refused_and_subprocesses_work(jvm: Jvm):
    lines = jvm.succeed(
        "Run",
        "import os; os.fork()",
        "import os; os.forkpty()",
        "import subprocess, sys\n"
        "answer = subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True)\n"
        "assert answer.stdout == b'42\\n', answer",
        "import os\n"
        "child = os.posix_spawn('/bin/sh', ['sh', '-c', 'exit 5'], {})\n"
        "assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 5",
        "import os; assert os.system('exit 6') == 6 << 8",
    )
    refusal = (
        "inside a JVM gives a child without the JVM's threads, which hangs or crashes. To run a "
        "program use subprocess; to run Python in parallel use "
        "multiprocessing.get_context('spawn') or 'forkserver'."
    )
    assert lines == [
        f"PythonException RuntimeError: os.fork() {refusal}",
        f"PythonException RuntimeError: os.forkpty() {refusal}",
        "returned",
        "returned",
        "returned",
        "alive 42",
    ]


@pytest.mark.over("pythons")
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_processes_of_multiprocessing(jvm: Jvm, method):
    source = (
        "import multiprocessing, operator\n"
        f"with multiprocessing.get_context('{method}').Pool(2) as pool:\n"
        "    assert pool.map(operator.neg, [1, 2, 3]) == [-1, -2, -3]"
    )
    assert jvm.succeed("Run", source) == ["returned", "alive 42"]


def test_fork_of_multiprocessing_is_refused(jvm: Jvm):
    source = (
        "import multiprocessing\nmultiprocessing.get_context('fork').Process(target=print).start()"
    )
    ending, alive = jvm.succeed("Run", source)
    assert ending.startswith("PythonException RuntimeError: os.fork() inside a JVM")
    assert alive == "alive 42"


def test_faulthandler_is_refused(jvm: Jvm):
    lines = jvm.succeed(
        "Run",
        "import faulthandler; faulthandler.enable()",
        "import faulthandler, signal; faulthandler.register(signal.SIGTERM)",
        "import faulthandler, signal; faulthandler.register(signal.SIGUSR1)",
        "import faulthandler, sys; faulthandler.dump_traceback(file=sys.__stderr__)",
    )
    for line, words in zip(lines, (("enable()", "SIGSEGV"), ("register(SIGTERM)", "SIGTERM"))):
        assert line.startswith("PythonException RuntimeError: faulthandler.")
        assert all(word in line for word in (*words, "LD_PRELOAD=$JAVA_HOME/lib/libjsig.so"))
    assert lines[2:] == ["returned", "returned", "alive 42"]


@pytest.mark.over("jdks")
def test_faulthandler_beside_libjsig(jvm: Jvm):
    preloaded = jvm.with_variables(LD_PRELOAD=str(jvm.jdk.home / "lib" / "libjsig.so"))
    assert preloaded.succeed("NullChecks", "import faulthandler; faulthandler.enable()") == [
        "returned",
        "NullPointerException 100000",
        "alive 42",
    ]


def test_os_exit_ends_the_jvm(jvm: Jvm):
    outcome = jvm.run("Run", "import os; os._exit(9)")
    assert outcome.status == 9, str(outcome)
    assert outcome.out == ""


@pytest.mark.over("pythons", "jdks")
def test_panic_of_the_bridge_is_an_exception(jvm: Jvm):
    lines = jvm.succeed("Panic", "injected, with ü and 🐍")
    assert re.fullmatch(
        r"dev\.naja\.PythonPanicException: panicked at \S+\.rs:\d+:\d+: injected, with ü and 🐍",
        lines[0],
    )
    assert lines[1:] == ["alive 42"]
