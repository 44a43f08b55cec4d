"""Does what a Python process function keeps, state and timers, survive what happens to a cluster?

The recommender's own step: an exposure waits ten minutes for its click, by a timer of event time.
"""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import ROOT, machine
from harness.flink import Cluster, cluster, wait
from harness.jvm import Jvm, jar
from harness.scripts import lines, sink

pytestmark = pytest.mark.timeout(900)

JVM = Jvm(machine.main_jdk(), machine.default_python())

full = pytest.mark.skipif(
    os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
)

ROWS = 16_000
PATIENCE = 600

#: How many seconds after its exposure a click comes, by the exposure's number modulo 4; the last is too late.
CLICKED_AFTER = {0: 1, 1: 301, 3: 801}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Cluster]:
    with cluster(JVM, tmp_path / "cluster", jars=(jar("flink-sql-naja"),)) as made:
        yield made


def step(directory: Path) -> Path:
    """A copy of the recommender's step, to be changed."""
    for name in ("samples.py", "columns.py"):
        shutil.copy(ROOT / "examples" / "recommender" / "python" / name, directory)
    return directory / "samples.py"


def labels(samples: Path, out: Path) -> str:
    """A job in all slots: an exposure each second of event time, some with a click, and their labels."""
    clicks = " ".join(
        f"WHEN {(number + after) % 4} THEN n - {after}" for number, after in CLICKED_AFTER.items()
    )
    columns = "at_ms BIGINT, trace STRING, label INT"
    return f"""
        SET 'parallelism.default' = '4';
        LOAD MODULE naja WITH ('python.files' = '{samples},{samples.with_name("columns.py")}');
        CREATE TABLE seconds (
          n BIGINT, moment AS TO_TIMESTAMP_LTZ(n * 1000, 3), WATERMARK FOR moment AS moment
        ) WITH (
          'connector' = 'datagen', 'rows-per-second' = '400', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '{ROWS}');
        CREATE VIEW clicks AS
          SELECT CASE MOD(n, 4) {clicks} END AS exposure, n, moment FROM seconds;
        CREATE VIEW events AS
          SELECT CAST(n AS STRING) AS trace_id, 'exposure' AS event, n * 1000 AS ts, moment
            FROM seconds
          UNION ALL
          SELECT CAST(exposure AS STRING), 'click', n * 1000, moment FROM clicks
            WHERE exposure >= 1;
        {sink(out, columns)}
        INSERT INTO results SELECT at_ms, trace, label FROM PY_PROCESS(
          t => TABLE events PARTITION BY trace_id,
          fn => 'samples:Label -> ROW<{columns}>',
          on_time => DESCRIPTOR(moment), uid => 'label');
    """


def expected() -> list[tuple[int, str, int]]:
    """What a run that nothing disturbs writes."""
    found = []
    for number in range(1, ROWS + 1):
        after = CLICKED_AFTER.get(number % 4)
        clicked = after is not None and after <= PATIENCE and number + after <= ROWS
        at = number + (after if clicked else PATIENCE)
        found.append((at * 1000, str(number), int(clicked)))
    return sorted(found)


def labelled(out: Path) -> list[tuple[int, str, int]]:
    fields = (line.replace('"', "").split(",") for line in lines(out))
    return sorted((int(at), trace, int(label)) for at, trace, label in fields)


@pytest.mark.parametrize("backend", ["hashmap", pytest.param("rocksdb", marks=full)])
def test_a_killed_task_manager_loses_and_repeats_no_state_and_no_timer(session, tmp_path, backend):
    out = tmp_path / "out"
    script = labels(step(tmp_path), out)
    job = session.submit(f"SET 'state.backend.type' = '{backend}';\n" + script)
    wait(lambda: session.checkpoints(job) >= 1, "checkpoints", session.logs)
    session.task_managers[0].send_signal(signal.SIGKILL)
    session.add_task_manager()
    session.wait_for(job, "FINISHED")
    assert session.failure(job), "the job ended before the kill"
    assert labelled(out) == expected()


@full
def test_a_savepoint_gives_state_and_timers_to_a_new_version_of_the_file(session, tmp_path):
    out, samples = tmp_path / "out", step(tmp_path)
    job = session.submit(labels(samples, out))
    wait(lambda: session.checkpoints(job) >= 1, "checkpoints", session.logs)
    savepoint = session.stop_with_savepoint(job)
    old = {trace for _, trace, _ in labelled(out)}
    text = samples.read_text()
    newer = text.replace("row.trace_id, 1\n", "row.trace_id, 11\n")
    newer = newer.replace("ctx.get_current_key(), 0\n", "ctx.get_current_key(), 10\n")
    assert len(newer) == len(text) + 2
    samples.write_text(newer)
    resumed = session.submit(
        f"SET 'execution.state-recovery.path' = '{savepoint}';\n" + labels(samples, out)
    )
    session.wait_for(resumed, "FINISHED")
    found = labelled(out)
    assert sorted((at, trace, label % 10) for at, trace, label in found) == expected()
    assert {trace for _, trace, label in found if label < 10} == old
    # Exposures that the old file kept in its state were labelled by the new file's timers.
    assert any(int(trace) < max(map(int, old)) for _, trace, label in found if label == 10)
