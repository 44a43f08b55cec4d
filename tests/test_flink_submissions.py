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

pytestmark = [
    pytest.mark.timeout(1200),
    pytest.mark.skipif(
        os.environ.get("NAJA_TEST_FULL") != "1", reason="slow: set NAJA_TEST_FULL=1 to run it"
    ),
]

JVM = Jvm(machine.main_jdk(), machine.default_python())

SUBMISSIONS = 20


def test_twenty_submissions_of_two_jobs_leave_nothing(tmp_path: Path) -> None:
    """Naja is in the users' jar, so each job has classes and natives of its own."""
    files = []
    for version in (1, 2):
        file = tmp_path / f"v{version}" / "fraud.py"
        file.parent.mkdir()
        file.write_text(
            f"import collections\nCACHE = collections.deque(range({version}000))\n"
            f"def score(n: int) -> int:\n    return n + len(CACHE)\n"
        )
        files.append(file)
    with cluster(JVM, tmp_path / "cluster", task_managers=1) as session:
        submit(session, files, 4)
        before = state(session)
        submit(session, files, SUBMISSIONS)
        after = state(session)
    explained = f"before {before}, after {after}"
    # One or two may still be held by what Flink keeps of the last job.
    assert after["class loaders"] <= before["class loaders"] + 1, explained
    assert after["global references"] <= before["global references"] + 5, explained
    assert after["metaspace"] <= before["metaspace"] * 1.05, explained
    assert after["resident"] <= before["resident"] + 48 * 1024, explained


def submit(session: Cluster, files: list[Path], times: int) -> None:
    """Runs jobs one after the other, of each file by turns."""
    script = """
        SET 'table.dml-sync' = 'true';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'fields.n.kind' = 'sequence', 'fields.n.start' = '1',
          'fields.n.end' = '100');
        CREATE TABLE nothing (n BIGINT) WITH ('connector' = 'blackhole');
    """
    for number in range(times):
        script += f"""
            LOAD MODULE naja WITH (
              'python.files' = '{files[number % 2]}', 'functions' = 'fraud.score');
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
