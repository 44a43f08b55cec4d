"""Does the connector, built for one Flink, work on the others that it is for?

Each row of docs/flink/versions.md is a query here, or a job of the DataStream API.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator

import pytest

from harness import ROOT, machine
from harness.flink import Cluster, cluster
from harness.jvm import Jvm, jar
from harness.scripts import write

JVM = Jvm(machine.main_jdk(), machine.default_python())

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
    ),
]

FUNCTIONS = """
    import typing

    import pandas as pd
    from naja.flink import (
        AggregateFunction, KeyedProcessFunction, Row, Types, ValueStateDescriptor, shipped, udf
    )

    def score(n: int, name: str) -> float:
        return n * 0.5 + len(name)

    @udf(result_type="ROW<a BIGINT, b STRING>")
    def row(n: int):
        return n, str(n)

    def word(n: int) -> str:
        with open(shipped("words.zip/words.txt")) as words:
            return words.read().split()[n]

    class Letter(typing.NamedTuple):
        letter: str
        place: int

    def letters(text: str) -> typing.Iterator[Letter]:
        for place, letter in enumerate(text):
            yield Letter(letter, place)

    @udf(result_type="BIGINT", func_type="pandas")
    def twice(n: pd.Series) -> pd.Series:
        return n * 2

    class Total(AggregateFunction):
        def create_accumulator(self):
            return [0]

        def accumulate(self, accumulator, n: int):
            accumulator[0] += n

        def get_value(self, accumulator) -> int:
            return accumulator[0]

    @udf(result_type="ROW<label STRING>")
    def labelled(row: Row):
        return Row(label=f"{row.name}-{row.n}")

    class Model:
        def predict(self, n: int) -> float:
            return n + 0.25

    class Lookup:
        def lookup(self, name: str):
            return {"a": (70,), "b": (80,)}.get(name)

    class Running(KeyedProcessFunction):
        def open(self, context):
            self.sum = context.get_state(ValueStateDescriptor("sum", Types.LONG()))

        def process_element(self, value, ctx):
            self.sum.update((self.sum.value() or 0) + value.n)
            yield Row(total=self.sum.value())

    class Totals(Running):
        def process_element(self, value, ctx):
            for row in super().process_element(value, ctx):
                yield Row(n=row.total, name=ctx.get_current_key())
"""

#: What each query prints; the first column names the query.
EVERYWHERE = {
    "SELECT 'scalar', n, score(n, name), pair(n).b, naja_call('every:row', n).b FROM items": {
        "scalar|1|1.5|1|1",
        "scalar|2|2.0|2|2",
        "scalar|3|2.5|3|3",
    },
    "SELECT 'archive', word(n) FROM items": {"archive|one", "archive|two", "archive|three"},
    "SELECT 'table', n, letter, place FROM items, LATERAL TABLE(letters('xy')) WHERE n = 3": {
        "table|3|x|0",
        "table|3|y|1",
    },
    "SELECT 'vectorized', twice(n) FROM items": {"vectorized|2", "vectorized|4", "vectorized|6"},
    "SELECT 'lookup', n, clicks FROM items AS i JOIN clicks FOR SYSTEM_TIME AS OF i.seen AS c"
    " ON i.name = c.name": {"lookup|1|70", "lookup|2|70", "lookup|3|80"},
}
AGGREGATES = {
    "SELECT 'aggregate', name, total(n), MAX(n) FROM items GROUP BY name": {
        "aggregate|a|3|2",
        "aggregate|b|3|3",
    },
}
SINCE_2_1 = {
    "SELECT 'map', label FROM PY_MAP(TABLE named, 'every:labelled')": {
        "map|a-1",
        "map|a-2",
        "map|b-3",
    },
    "SELECT 'process', total FROM PY_PROCESS(t => TABLE named PARTITION BY name,"
    " fn => 'every:Running -> ROW<total BIGINT>', uid => 'running')": {
        "process|1",
        "process|3",
    },
    "SELECT 'model', p FROM ML_PREDICT(TABLE named, MODEL model, DESCRIPTOR(n))": {
        "model|1.25",
        "model|2.25",
        "model|3.25",
    },
}


@pytest.fixture(scope="module", params=["2.1.3", "1.20.5"])
def session(request, tmp_path_factory) -> Iterator[Cluster]:
    """A cluster of a version that the jar was not built for, and the functions in a folder beside it."""
    directory = tmp_path_factory.mktemp("versions")
    write(directory / "code" / "every.py", FUNCTIONS)
    with zipfile.ZipFile(directory / "words.zip", "w") as archive:
        archive.writestr("words.txt", "none one two three")
    jars = (jar("flink-sql-naja"),)
    with cluster(JVM, directory / "cluster", request.param, jars, 1) as made:
        yield made


def setting(session: Cluster) -> str:
    """Where the functions are, and the tables that the queries read."""
    return f"""
        SET 'sql-client.execution.result-mode' = 'tableau';
        SET 'parallelism.default' = '1';
        SET 'python.pythonpath' = '{session.directory.parent / "code"}';
        CREATE TEMPORARY VIEW named AS SELECT * FROM
          (VALUES (CAST(1 AS BIGINT), 'a'), (2, 'a'), (3, 'b')) AS T(n, name);
        CREATE TEMPORARY VIEW items AS SELECT *, PROCTIME() AS seen FROM named;
        CREATE TEMPORARY TABLE clicks (name STRING, clicks BIGINT)
          WITH ('connector' = 'naja', 'lookup' = 'every:Lookup');
    """


def check(session: Cluster, script: str, queries: dict[str, set[str]]) -> None:
    said = session.sql(setting(session) + script + "".join(f"{query};\n" for query in queries))
    tables = (line.split("|")[1:-1] for line in said.splitlines() if line.startswith("|"))
    # The first cell says how the row changes the result.
    printed = {"|".join(cell.strip() for cell in cells[1:]) for cells in tables}
    for query, rows in queries.items():
        assert rows <= printed, f"{query}\n{said}"


def test_functions_files_and_archives(session):
    directory = session.directory.parent
    load = f"""
        LOAD MODULE naja WITH (
          'python.files' = '{directory / "code" / "every.py"}',
          'python.archives' = '{directory / "words.zip"}',
          'functions' = 'every.score, pair=every.row, every.word, every.letters, every.twice');
    """
    check(session, load, EVERYWHERE)


def test_aggregate_functions(session):
    load = "LOAD MODULE naja WITH ('functions' = 'total=every:Total');\n"
    check(session, load, AGGREGATES)


def test_process_table_functions_and_models(session):
    if session.version.startswith("1."):
        pytest.skip("Flink 1.20 has neither process table functions nor models")
    model = """
        LOAD MODULE naja;
        CREATE TEMPORARY MODEL model INPUT (n BIGINT) OUTPUT (p DOUBLE)
          WITH ('provider' = 'naja', 'model' = 'every:Model');
    """
    check(session, model, SINCE_2_1)


def test_state_in_the_datastream_api(session, tmp_path):
    job = session.compile(ROOT / "tests" / "flink" / "RunningTotals.java", tmp_path)
    code = session.directory.parent / "code" / "every.py"
    session.wait_for(session.run(job, "RunningTotals", code, session.python), "FINISHED")
    out = session.directory / "log" / "taskmanager-1.out"
    totals = [line for line in out.read_text().splitlines() if line.startswith("total ")]
    assert sorted(totals) == ["total a 1", "total a 3", "total b 3"]
