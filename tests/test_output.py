"""Where do Python's output and log records go without SLF4J, and when configured away?"""

import pytest
from harness.jvm import Jvm

FORMAT = "-Djava.util.logging.SimpleFormatter.format=%3$s|%4$s|%5$s%n"


@pytest.mark.over("pythons", "jdks")
def test_without_slf4j_records_go_to_the_systems_logger(jvm: Jvm):
    outcome = jvm.with_options(FORMAT).run(
        "Run",
        "import logging\n"
        "logging.getLogger('model').warning('low {0} %d', 5)\n"
        "logging.getLogger('model').error('lost')\n"
        "logging.getLogger('model').debug('hidden')",
    )
    assert outcome.lines == ["returned", "alive 42"]
    assert outcome.err.splitlines() == ["model|WARNING|low {0} 5", "model|SEVERE|lost"]


def test_output_and_log_stay_pythons_when_told(jvm: Jvm):
    outcome = jvm.run("Streams")
    assert outcome.lines == ["by the process", "Java saw 0 bytes"]
    assert outcome.err.splitlines() == ["WARNING:root:by Python"]
