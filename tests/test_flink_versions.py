"""Does the connector, built for one Flink, work on the others that it is for?"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness import machine
from harness.flink import cluster
from harness.jvm import Jvm, jar

JVM = Jvm(machine.main_jdk(), machine.default_python())

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
    ),
]

FUNCTIONS = """
from naja.flink import udf

def score(n: int, name: str) -> float:
    return n * 0.5 + len(name)

@udf(result_type="ROW<a BIGINT, b STRING>")
def row(n: int):
    return n, str(n)
"""


@pytest.mark.parametrize("version", ["2.1.3", "1.20.5"])
def test_scalar_functions_ship_and_run(version: str, tmp_path: Path) -> None:
    file = tmp_path / "fraud.py"
    file.write_text(FUNCTIONS)
    out = tmp_path / "out"
    script = f"""
        LOAD MODULE naja WITH (
          'python.files' = '{file}', 'functions' = 'fraud.score, pair=fraud.row');
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',
          'fields.n.end' = '50');
        CREATE TABLE results (n BIGINT, s DOUBLE, b STRING) WITH (
          'connector' = 'filesystem', 'path' = '{out.as_uri()}', 'format' = 'csv');
        INSERT INTO results
          SELECT n, score(n, 'naja'), `pair`(n).b || naja_call('fraud:row', n).b FROM numbers;
    """
    with cluster(JVM, tmp_path / "cluster", version, (jar("flink-sql-naja"),), 1) as session:
        job = session.submit(script)
        session.wait_for(job, "FINISHED")
    files = [path for path in out.rglob("*") if path.is_file() and path.name[0] not in "._"]
    rows = sorted(int(line.split(",")[0]) for path in files for line in path.open())
    assert rows == list(range(1, 51))
    assert any("7,7.5,77" in path.read_text() for path in files)
