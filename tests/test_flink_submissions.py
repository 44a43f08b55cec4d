"""Do jobs that are submitted to one session again and again leave anything behind in its TaskManagers?"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from harness import ROOT, machine
from harness.flink import Cluster, cluster
from harness.jvm import Jvm, jar
from harness.scripts import write

pytestmark = pytest.mark.timeout(2400)

#: The planner keeps compiled operators behind soft references, and with them the class loaders of
#: their jobs, Java's as well (`CompileUtils`); here the JVM lets go of them at each collection.
#: The heap is touched at once, so that what grows is outside of it.
JVM = Jvm(machine.main_jdk(), machine.default_python()).with_options(
    "-XX:SoftRefLRUPolicyMSPerMB=0", "-Xms320m", "-XX:+AlwaysPreTouch"
)

#: Flink's `FileCache` has ten threads that never end; each keeps the class loader of the job for
#: which it was begun as its context, whatever the job is written in. A job begins two.
WARM_UP = 8

#: How often the JVM's global references are counted, of which the least is taken: HotSpot holds up to two for each method
#: that it compiles at that moment (`CompileTask::select_for_compilation`).
COUNTS = 8

#: What a job may leave in memory beyond what one without Python leaves, whose code the JVM still compiles, in KiB:
#: 40 are the writable pages of its natives, which stay mapped.
MOST_A_JOB = 512


def test_submissions_leave_no_class_loader(tmp_path: Path) -> None:
    """Naja is in the users' jar, so each job has classes and natives of its own; all of them go."""
    jobs = python_jobs(versions(tmp_path), "python.pythonpath")
    before, after = around(tmp_path / "cluster", jobs, warm_up=2, times=4)
    explained = f"before {before}, after {after}"
    assert before["class loaders"] == after["class loaders"] == 0, explained
    assert after["global references"] <= before["global references"], explained


@pytest.mark.skipif(
    os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
)
def test_twenty_submissions_of_two_jobs_leave_nothing(tmp_path: Path) -> None:
    """The same with files that travel with the jobs, beside jobs of Java with the same jar and files."""
    files = versions(tmp_path)
    before, after = around(tmp_path / "python", python_jobs(files, "python.files"), WARM_UP, 20)
    java_before, java_after = around(tmp_path / "java", java_jobs(files), WARM_UP, 20)
    explained = (
        f"before {before}, after {after}; Java alone before {java_before}, after {java_after}"
    )
    assert after["class loaders"] <= before["class loaders"] <= 10, explained
    assert after["global references"] <= before["global references"], explained
    assert after["metaspace"] <= before["metaspace"] * 1.05, explained
    java_growth = max(0, java_after["resident"] - java_before["resident"])
    growth = after["resident"] - before["resident"]
    assert growth <= java_growth + 20 * MOST_A_JOB, explained


def around(
    directory: Path, jobs: list[str], warm_up: int, times: int
) -> tuple[dict[str, int], dict[str, int]]:
    """The state of a cluster's TaskManager before and after some jobs, with others before them."""
    with cluster(JVM, directory, task_managers=1) as session:
        jars = [session.compile(ROOT / "tests" / "flink" / "Score.java", directory)]
        jars.append(jar("flink-sql-naja"))
        submit(session, jobs, warm_up, jars)
        before = state(session)
        submit(session, jobs, times, jars)
        return before, state(session)


def versions(directory: Path) -> list[Path]:
    """Two versions of one module."""
    return [
        write(
            directory / f"v{version}" / "fraud.py",
            f"""
            import collections
            CACHE = collections.deque(range({version}000))
            def score(n: int) -> int:
                return n + len(CACHE)
            """,
        )
        for version in (1, 2)
    ]


def python_jobs(files: list[Path], option: str) -> list[str]:
    """A job of each file, which an option names or has on its path."""
    places = [file if option == "python.files" else file.parent for file in files]
    return [
        f"""
            LOAD MODULE naja WITH ('{option}' = '{place}', 'functions' = 'fraud.score');
            INSERT INTO nothing SELECT score(n) FROM numbers;
            UNLOAD MODULE naja;
        """
        for place in places
    ]


def java_jobs(files: list[Path]) -> list[str]:
    """A job that ships each file, whose function is Java's."""
    return [
        f"""
            SET 'pipeline.cached-files' = 'name:fraud.py,path:{file}';
            CREATE TEMPORARY FUNCTION score AS 'Score';
            INSERT INTO nothing SELECT score(n) FROM numbers;
            DROP TEMPORARY FUNCTION score;
        """
        for file in files
    ]


def submit(session: Cluster, jobs: list[str], times: int, jars: list[Path]) -> None:
    """Runs jobs one after the other, by turns, with jars of their own."""
    script = """
        SET 'table.dml-sync' = 'true';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',
          'fields.n.end' = '100');
        CREATE TABLE nothing (n BIGINT) WITH ('connector' = 'blackhole');
    """
    script += "".join(jobs[number % len(jobs)] for number in range(times))
    options = [word for file in jars for word in ("-j", file)]
    session.sql(script, *options, seconds=900)


def state(session: Cluster) -> dict[str, int]:
    """What the TaskManager holds after a collection."""
    process = session.task_managers[0].pid

    def ask(*command: str) -> str:
        jcmd = [session.jvm.jdk.home / "bin" / "jcmd", str(process), *command]
        return subprocess.run(jcmd, capture_output=True, text=True, check=True, timeout=120).stdout

    for _ in range(3):
        ask("GC.run")
    histogram = ask("GC.class_histogram")
    loaders = re.findall(
        r"\s(\d+)\s+\d+\s+org\.apache\.flink\.util\.ChildFirstClassLoader\b", histogram
    )
    references = [
        int(found[1])
        for _ in range(COUNTS)
        if (found := re.search(r"JNI global refs: (\d+)", ask("Thread.print")))
    ]
    metaspace = re.search(r"Metaspace\s+used (\d+)K", ask("GC.heap_info"))
    status = Path(f"/proc/{process}/status").read_text()
    resident = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert references and metaspace and resident
    return {
        "class loaders": int(loaders[0]) if loaders else 0,
        "global references": min(references),
        "metaspace": int(metaspace[1]),
        "resident": int(resident[1]),
    }
