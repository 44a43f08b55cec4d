"""Does what Python prints and logs arrive where Java wants it?"""

import pytest

from harness.jvm import Jvm

#: The default back end of ``System.Logger`` writes to what was `System.err` when it first logged.
LOGGING = "-Djava.util.logging.SimpleFormatter.format=%4$s|%3$s|%5$s%n"


def caught(lines: list) -> tuple:
    """What went to Java's two streams."""
    out = [line.removeprefix("out|") for line in lines if line.startswith("out|")]
    err = [line.removeprefix("err|") for line in lines if line.startswith("err|")]
    return "\n".join(out), "\n".join(err)


@pytest.mark.over("pythons", "jdks")
def test_print_goes_to_the_stream_that_java_has_set(jvm: Jvm):
    lines = jvm.succeed(
        "Output",
        "java",
        "import sys, os\n"
        "print('one', 2, 'é模型🐍', sep='-')\n"
        "print('to the error stream', file=sys.stderr)\n"
        "sys.stdout.write('no end of line ')\n"
        "sys.stdout.flush()\n"
        "sys.stdout.buffer.write('bytes é\\n'.encode())\n"
        "print('a lone \\ud800 surrogate'.encode('utf-8', 'replace').decode())",
    )
    assert caught(lines) == (
        "one-2-é模型🐍\nno end of line bytes é\na lone ? surrogate\n",
        "to the error stream\n",
    )


def test_inherited_output_passes_java_by(jvm: Jvm):
    outcome = jvm.run(
        "Output",
        "inherit",
        "import sys\nprint('é模型🐍', flush=True)\nprint('below', file=sys.stderr, flush=True)",
    )
    assert outcome.status == 0, str(outcome)
    assert caught(outcome.lines) == ("", "")
    assert outcome.lines[0] == "é模型🐍"
    assert outcome.err == "below\n"


def test_output_of_processes_that_python_starts_passes_java_by(jvm: Jvm):
    lines = jvm.succeed("Output", "java", "import os\nos.system('echo from a process')")
    assert lines[0] == "from a process"
    assert caught(lines) == ("", "")


def test_lines_of_several_threads_stay_whole(jvm: Jvm):
    sources = [
        f"for i in range(500): print('{letter}' * 10, i, sep='', end='-'); print('end')"
        for letter in "abcd"
    ]
    out, err = caught(jvm.succeed("Output", "java", *sources))
    expected = [f"{letter * 10}{i}-end" for letter in "abcd" for i in range(500)]
    assert sorted(out.split()) == sorted(expected)
    assert err == ""


def test_warnings_and_uncaught_exceptions_of_threads_go_to_the_error_stream(jvm: Jvm):
    source = (
        "import threading, warnings\n"
        "warnings.warn('old', DeprecationWarning, stacklevel=1)\n"
        "warnings.warn('careful')\n"
        "thread = threading.Thread(target=lambda: 1 / 0)\n"
        "thread.start(); thread.join()"
    )
    out, err = caught(jvm.succeed("Output", "java", source))
    assert out == ""
    assert "UserWarning: careful\n" in err
    assert "ZeroDivisionError: division by zero\n" in err


@pytest.mark.over("pythons", "jdks")
def test_logging_goes_to_the_system_logger(jvm: Jvm):
    source = (
        "import logging\n"
        "log = logging.getLogger('shop.till')\n"
        "log.info('%s of {0} 模型', 3)\n"
        "log.warning('careful')\n"
        "log.debug('not shown')\n"
        "logging.critical('from the root')\n"
        "try: 1 / 0\n"
        "except ZeroDivisionError: log.exception('failed')"
    )
    out, err = caught(jvm.with_options(LOGGING).succeed("Output", "java", source))
    assert out == ""
    lines = err.splitlines()
    assert lines[:4] == [
        "INFO|shop.till|3 of {0} 模型",
        "WARNING|shop.till|careful",
        "SEVERE|root|from the root",
        "SEVERE|shop.till|failed",
    ]
    assert lines[4] == "Traceback (most recent call last):"
    assert lines[-1] == "ZeroDivisionError: division by zero"


def test_logging_stays_in_python_when_told_so(jvm: Jvm):
    source = "import logging\nlogging.warning('careful')\nlogging.info('not shown')"
    out, err = caught(jvm.with_options(LOGGING).succeed("Output", "unlogged", source))
    assert (out, err) == ("", "WARNING:root:careful\n")
