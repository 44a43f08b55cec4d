"""Do jobs that are submitted to one session again and again leave anything behind in its TaskManagers?"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from harness import machine
from harness.flink import Cluster, cluster
from harness.jvm import Jvm, jar
from harness.scripts import write

pytestmark = pytest.mark.timeout(1200)

#: The planner keeps compiled operators behind soft references, and with them the class loaders of
#: their jobs, Java's as well (`CompileUtils`); here the JVM lets go of them at each collection.
JVM = Jvm(machine.main_jdk(), machine.default_python()).with_options(
    "-XX:SoftRefLRUPolicyMSPerMB=0"
)

#: Flink's `FileCache` has ten threads that never end; each keeps the class loader of the job for
#: which it was begun as its context, whatever the job is written in. A job begins two.
WARM_UP = 8


def test_submissions_leave_no_class_loader(tmp_path: Path) -> None:
    """Naja is in the users' jar, so each job has classes and natives of its own; all of them go."""
    files = versions(tmp_path)
    with cluster(JVM, tmp_path / "cluster", task_managers=1) as session:
        submit(session, files, 2, "python.pythonpath")
        before = state(session)
        submit(session, files, 4, "python.pythonpath")
        after = state(session)
    explained = f"before {before}, after {after}"
    assert before["class loaders"] == after["class loaders"] == 0, explained
    assert after["global references"] <= before["global references"], explained


@pytest.mark.skipif(
    os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
)
def test_twenty_submissions_of_two_jobs_leave_nothing(tmp_path: Path) -> None:
    """The same with files that travel with the jobs."""
    files = versions(tmp_path)
    with cluster(JVM, tmp_path / "cluster", task_managers=1) as session:
        submit(session, files, WARM_UP, "python.files")
        before = state(session)
        submit(session, files, 20, "python.files")
        after = state(session)
    explained = f"before {before}, after {after}"
    assert after["class loaders"] <= before["class loaders"] <= 10, explained
    assert after["global references"] <= before["global references"], explained
    assert after["metaspace"] <= before["metaspace"] * 1.05, explained
    assert after["resident"] <= before["resident"] + 48 * 1024, explained


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


def submit(session: Cluster, files: list[Path], times: int, option: str) -> None:
    """Runs jobs one after the other, of each file by turns, which an option names or has on its path."""
    script = """
        SET 'table.dml-sync' = 'true';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',
          'fields.n.end' = '100');
        CREATE TABLE nothing (n BIGINT) WITH ('connector' = 'blackhole');
    """
    for number in range(times):
        file = files[number % 2]
        named = file if option == "python.files" else file.parent
        script += f"""
            LOAD MODULE naja WITH (
              '{option}' = '{named}', 'functions' = 'fraud.score');
            INSERT INTO nothing SELECT score(n) FROM numbers;
            UNLOAD MODULE naja;
        """
    session.sql(script, "-j", jar("flink-sql-naja"), seconds=900)


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
    references = re.search(r"JNI global refs: (\d+)", ask("Thread.print"))
    metaspace = re.search(r"Metaspace\s+used (\d+)K", ask("GC.heap_info"))
    status = Path(f"/proc/{process}/status").read_text()
    resident = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert references and metaspace and resident
    return {
        "class loaders": int(loaders[0]) if loaders else 0,
        "global references": int(references[1]),
        "metaspace": int(metaspace[1]),
        "resident": int(resident[1]),
    }
