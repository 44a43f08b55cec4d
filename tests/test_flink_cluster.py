"""Do Python functions hold up in jobs of a real Flink cluster, when what they run on dies or they fail?"""

from __future__ import annotations

import os
import re
import signal
import textwrap
import venv
from collections.abc import Iterator

import pytest

from harness import ROOT, machine
from harness.flink import Cluster, cluster, wait
from harness.jvm import Jvm, jar
from harness.scripts import lines, load, numbers, sink, write

pytestmark = pytest.mark.timeout(900)

JVM = Jvm(machine.main_jdk(), machine.default_python())

full = pytest.mark.skipif(
    os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
)


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Cluster]:
    """A cluster with naja in its lib folder, for tests that leave it whole."""
    with cluster(JVM, tmp_path_factory.mktemp("session"), jars=(jar("flink-sql-naja"),)) as made:
        yield made


@pytest.fixture
def fragile(tmp_path) -> Iterator[Cluster]:
    """A cluster for a test that breaks it."""
    with cluster(JVM, tmp_path / "cluster", jars=(jar("flink-sql-naja"),)) as made:
        yield made


SCORE = """
    def score(n: int) -> str:
        return f"{n}:{__file__}"
"""


def test_the_documents_script_ships_its_file_and_runs_on_the_cluster(session, tmp_path):
    fraud = write(tmp_path / "fraud.py", SCORE)
    out = tmp_path / "out"
    text = (ROOT / "docs" / "flink" / "deployment.md").read_text(encoding="utf-8")
    script = textwrap.dedent(text.partition("   ```sql\n")[2].partition("   ```\n")[0])
    for place, here in (("/home/me/fraud.py", str(fraud)), ("file:///tmp/results", out.as_uri())):
        assert place in script
        script = script.replace(place, here)
    job = session.submit(script)
    session.wait_for(job, "FINISHED")
    rows = lines(out)
    assert len(rows) == 100
    paths = {row.strip('"').partition(":")[2] for row in rows}
    assert all(path.endswith("/fraud.py") for path in paths)
    assert str(fraud) not in paths
    assert {int(row.strip('"').partition(":")[0]) for row in rows} == set(range(1, 101))


@full
def test_two_jobs_use_different_versions_of_one_module(session, tmp_path):
    script, rows = numbers(6_000, 300), 6_000
    for version in "12":
        score = f"import lib\ndef score(n: int) -> str:\n    return '{version}' + lib.VERSION\n"
        fraud = write(tmp_path / version / "fraud.py", score)
        lib = write(tmp_path / version / "lib.py", f"VERSION = '{version}'\n")
        script += sink(tmp_path / f"out{version}", "s STRING").replace("results", "out" + version)
        script += load(f"{fraud},{lib}", "fraud.score")
        script += f"INSERT INTO out{version} SELECT score(n) FROM numbers;\nUNLOAD MODULE naja;\n"
    jobs = re.findall(r"Job ID: (\w+)", session.sql(script))
    assert [session.state(job) for job in jobs] == ["RUNNING", "RUNNING"]
    for job in jobs:
        session.wait_for(job, "FINISHED")
    assert lines(tmp_path / "out1") == ["11"] * rows
    assert lines(tmp_path / "out2") == ["22"] * rows


def test_what_a_function_raises_fails_the_job_with_both_stacks(session, tmp_path):
    fraud = write(
        tmp_path / "fraud.py",
        """
        def score(n: int) -> int:
            if n == 1_000:
                raise ValueError(f"no score for {n}")
            return n
        """,
    )
    job = session.submit(
        "SET 'restart-strategy.type' = 'none';\n"
        + load(fraud, "fraud.score")
        + numbers(2_000)
        + sink(tmp_path / "out", "s BIGINT")
        + "INSERT INTO results SELECT score(n) FROM numbers;"
    )
    session.wait_for(job, "FAILED")
    failure = session.failure(job)
    assert "ValueError: no score for 1000" in failure
    assert re.search(r"at <python>\.score\(.*/fraud\.py:4\)", failure), failure
    assert "dev.naja.flink" in failure


@full
def test_a_result_of_the_wrong_type_is_named(session, tmp_path):
    fraud = write(tmp_path / "fraud.py", 'def score(n: int) -> int:\n    return "much"\n')
    job = session.submit(
        "SET 'restart-strategy.type' = 'none';\n"
        + load(fraud, "fraud.score")
        + numbers(10)
        + sink(tmp_path / "out", "s BIGINT")
        + "INSERT INTO results SELECT score(n) FROM numbers;"
    )
    session.wait_for(job, "FAILED")
    assert "fraud.score: cannot convert 'much' (Python str) to long" in session.failure(job)


@full
@pytest.mark.parametrize(
    ("text", "functions", "message"),
    [
        (SCORE, "fraudd.score", "no module 'fraudd'"),
        (SCORE, "fraud.scor", "has no 'scor', which 'fraud.scor' asks for; did you mean 'score'?"),
        (
            "import acmeabsent\n" + textwrap.dedent(SCORE),
            "fraud.score",
            "No module named 'acmeabsent'",
        ),
        (
            "def score(a: str) -> str: return a\n",
            "fraud.score",
            "takes STRING, the call gives BIGINT",
        ),
        (
            "def score(a: int, b: int) -> int: return a\n",
            "fraud.score",
            "takes 2 arguments, the call gives 1",
        ),
    ],
    ids=["module", "name", "package", "type", "count"],
)
def test_mistakes_are_found_when_the_job_is_planned(session, tmp_path, text, functions, message):
    fraud = write(tmp_path / "fraud.py", text)
    called = functions.partition(".")[2]
    said = session.sql(
        load(fraud, functions) + numbers(10) + f"EXPLAIN SELECT {called}(n) FROM numbers;",
        succeeds=False,
    )
    assert message in said
    assert "fraud.py" in said or "fraudd" in said


@full
def test_a_call_that_never_returns_ends_with_its_deadline_and_is_cancelled_in_time(
    session, tmp_path
):
    fraud = write(
        tmp_path / "fraud.py",
        """
        import pathlib
        def score(n: int) -> int:
            pathlib.Path(__file__).with_name("stuck").touch()
            while True:
                pass
        """,
    )
    script = numbers(10) + sink(tmp_path / "out", "s BIGINT")
    script += "INSERT INTO results SELECT score(n) FROM numbers;"
    timed = session.submit(
        "SET 'restart-strategy.type' = 'none';\n"
        + load(fraud, "fraud.score", **{"python.timeout": "1 s"})
        + script
    )
    session.wait_for(timed, "FAILED")
    assert "PythonTimeoutException" in session.failure(timed)
    stuck = session.submit(load(fraud, "fraud.score", **{"python.timeout": "5 s"}) + script)
    wait(lambda: any((session.directory / "tmp").rglob("stuck")), "the call", session.logs)
    session.cancel(stuck)
    assert all(process.poll() is None for process in session.task_managers)


@full
def test_another_interpreter_is_refused(session, tmp_path):
    fraud = write(tmp_path / "fraud.py", SCORE)
    script = numbers(10) + sink(tmp_path / "out", "s STRING")
    script += "INSERT INTO results SELECT score(n) FROM numbers;"
    # The session's Python has to run in the TaskManagers before.
    session.wait_for(session.submit(load(fraud, "fraud.score") + script), "FINISHED")
    venv.create(tmp_path / "venv", symlinks=True)
    job = session.submit(
        "SET 'restart-strategy.type' = 'none';\n"
        + load(
            fraud,
            "fraud.score",
            **{
                "python.executable": str(tmp_path / "venv" / "bin" / "python"),
                "python.client.executable": str(session.python),
            },
        )
        + script.replace(str(tmp_path / "out"), str(tmp_path / "out2"))
    )
    session.wait_for(job, "FAILED")
    failure = session.failure(job)
    assert "this process runs another Python, and can run but one" in failure
    assert str(tmp_path / "venv") in failure


FRAUD = """
    def bucket(n: int) -> int:
        return n % 7

    def worth(n: int) -> int:
        return n * n % 11
"""


@full
def test_a_killed_task_manager_loses_and_repeats_nothing(fragile, tmp_path):
    fraud = write(tmp_path / "fraud.py", FRAUD)
    out, rows = tmp_path / "out", 60_000
    job = fragile.submit(
        # In all slots, so that the one that is killed has some of it.
        "SET 'parallelism.default' = '4';\n"
        + load(fraud, "fraud.bucket, fraud.worth")
        + numbers(rows, 3_000)
        + sink(out, "n BIGINT, g BIGINT, v BIGINT")
        + "INSERT INTO results SELECT n, bucket(n), worth(n) FROM numbers;"
    )
    wait(lambda: fragile.checkpoints(job) >= 3, "checkpoints", fragile.logs)
    fragile.task_managers[0].send_signal(signal.SIGKILL)
    fragile.add_task_manager()
    fragile.wait_for(job, "FINISHED")
    assert fragile.failure(job), "the job ended before the kill"
    expected = sorted(f"{n},{n % 7},{n * n % 11}" for n in range(1, rows + 1))
    assert lines(out) == expected


@full
def test_a_savepoint_outlives_the_file_that_it_was_made_with(session, tmp_path):
    fraud = write(tmp_path / "fraud.py", 'def score(n: int) -> str:\n    return f"old {n}"\n')
    out, rows = tmp_path / "out", 20_000
    script = numbers(rows, 1_000) + sink(out, "s STRING")
    script += "INSERT INTO results SELECT score(n) FROM numbers;"
    job = session.submit(load(fraud, "fraud.score") + script)
    wait(lambda: session.checkpoints(job) >= 2, "checkpoints", session.logs)
    savepoint = session.stop_with_savepoint(job)
    fraud.write_text('def score(n: int) -> str:\n    return f"new {n}"\n')
    resumed = session.submit(
        f"SET 'execution.state-recovery.path' = '{savepoint}';\n"
        + load(fraud, "fraud.score")
        + script
    )
    session.wait_for(resumed, "FINISHED")
    found = [line.strip('"').split() for line in lines(out)]
    assert sorted(int(number) for _, number in found) == list(range(1, rows + 1))
    last_old = max(int(number) for word, number in found if word == "old")
    assert min(int(number) for word, number in found if word == "new") == last_old + 1


@full
def test_a_crash_in_native_code_costs_a_task_manager_and_no_row(fragile, tmp_path):
    marker = tmp_path / "crashed"
    fraud = write(
        tmp_path / "fraud.py",
        f"""
        import ctypes, pathlib
        marker = pathlib.Path({str(marker)!r})
        def score(n: int) -> int:
            if n == 6_000 and not marker.exists():
                marker.touch()
                ctypes.string_at(0)
            return n
        """,
    )
    out, rows = tmp_path / "out", 12_000
    job = fragile.submit(
        load(fraud, "fraud.score")
        + numbers(rows, 2_000)
        + sink(out, "s BIGINT")
        + "INSERT INTO results SELECT score(n) FROM numbers;"
    )
    wait(marker.exists, "the crash", fragile.logs)
    fragile.wait_for(job, "FINISHED")
    assert [process.poll() for process in fragile.task_managers].count(None) == 1
    assert lines(out) == sorted(map(str, range(1, rows + 1)))
    fragile.add_task_manager()
    fragile.wait_for_slots(4)
