"""Does the JUnit suite of each module pass on every Python and JDK, with ``-Xcheck:jni`` silent throughout?"""

import os
import re

import pytest

from harness import junit, machine
from harness.jvm import Jvm

FULL = os.environ.get("NAJA_TEST_FULL") == "1"

#: Why a test may skip: an interpreter that it names, a feature of a later version, or a package too large for every environment is
#: not there.
EXCUSE = re.compile(
    r"No Python \S+ is installed|(torch|numpy|pandas) is not in |came with CPython 3\.\d+|Disabled on JRE version: \d+"
)


@pytest.mark.timeout(900)
@pytest.mark.over("pythons", "jdks")
@pytest.mark.parametrize("module, least", [("naja", 300), ("naja-arrow", 90), ("naja-pemja", 90)])
def test_junit_suite(jvm: Jvm, module: str, least: int, record_property):
    if jvm.jdk.feature < machine.MAIN_JDK:
        pytest.skip("the tests are compiled for JDK 17; scenarios run on older ones")
    suite = junit.run(jvm, module, whole=FULL or jvm.python == machine.default_python())
    record_property("junit", dict(suite.counts))
    assert suite.problems == []
    assert suite.outcome.status == 0, str(suite.outcome)
    assert suite.counts["passed"] > least, str(suite.outcome)
    unexplained = {name: why for name, why in suite.skipped.items() if not EXCUSE.search(why)}
    assert unexplained == {}
