"""On which Pythons and JDKs does each test run, and what does the summary say of them?"""

from __future__ import annotations

import os
import signal

import pytest

from harness import TARGET, machine
from harness.jvm import Jvm

FULL = os.environ.get("NAJA_TEST_FULL") == "1"


def pytest_configure(config: pytest.Config) -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # A shell's background job ignores SIGINT, and so would every JVM that it starts.
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Gives ``jvm`` the configurations that the test's mark ``over`` asks for."""
    if "jvm" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("over")
        axes = mark.args if mark else ()
        metafunc.parametrize("jvm", configurations(axes))


def configurations(axes: tuple[str, ...]) -> list:
    """The short form walks along each axis; the full one covers the plane that they span.

    What is absent stands there as a skipped test with the reason.
    """
    main, default = machine.main_jdk(), machine.default_python()
    pythons = machine.pythons() if "pythons" in axes else (default,)
    jdks = machine.jdks() if "jdks" in axes else (main,)
    if FULL:
        pairs = [(jdk, python) for jdk in jdks for python in pythons]
    else:
        pairs = [(main, python) for python in pythons]
        pairs += [(jdk, default) for jdk in jdks if jdk != main]
    found = [pytest.param(Jvm(jdk, python), id=_name(jdk, python)) for jdk, python in pairs]
    if "pythons" in axes:
        found += [_absent(f"CPython {minor}") for minor in machine.absent_pythons()]
    if "jdks" in axes:
        found += [_absent(f"JDK {feature}") for feature in machine.absent_jdks()]
    return found


def _name(jdk: machine.Jdk, python: machine.Python) -> str:
    system = "-system" if str(python.executable).startswith("/usr/") else ""
    return f"{python.version}{system}-jdk{jdk.feature}"


def _absent(what: str) -> object:
    mark = pytest.mark.skip(reason=f"{what} is not on this machine")
    return pytest.param(None, id=f"no {what}", marks=mark)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which interpreters and JDKs the results speak of."""
    say = terminalreporter.write_line
    terminalreporter.section("machine")
    say("tested with these CPythons:")
    for python in machine.pythons():
        say(f"  {python}{', the default' if python == machine.default_python() else ''}")
    say("and these JDKs:")
    for jdk in machine.jdks():
        say(f"  {jdk}")
    absent = [f"CPython {minor}" for minor in machine.absent_pythons()]
    absent += [f"JDK {feature}" for feature in machine.absent_jdks()]
    if absent:
        say(f"not here, so not tested: {', '.join(absent)}")
    if "CPython 3.14" in absent:
        say("  scripts/fetch-python-3.14 brings CPython 3.14")
    if not FULL:
        say("NAJA_TEST_FULL=1 tries every CPython on every JDK, with more repetitions")
