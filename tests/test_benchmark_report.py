"""Does the benchmarks' report say what the recorded results say?"""

import json
import os
import struct
import sys
import time
import xml.etree.ElementTree
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CalledProcessError
from types import SimpleNamespace

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))

from benchmarks import chart, flink, jmh, machine, report, run, running, summary
from benchmarks.groups import GROUPS, sets
from benchmarks.middle import Middle
from benchmarks.results import Measure, Results, newest
from benchmarks.running import Running
from benchmarks.targets import verdicts
from benchmarks.turns import turned

ENVIRONMENT = {
    "date": "2026-01-02 03:04 UTC",
    "quick": False,
    "commit": "abc1234",
    "cpu": "A processor",
    "cores": 2,
    "memory_gib": 24,
    "kernel": "Linux 6.1",
    "system": "Debian",
    "load": 0.1,
    "scheduler": "SCHED_RR",
    "jdk": "OpenJDK 17",
    "rustc": "rustc 1.95.0",
    "cpython": "3.11.7",
    "cpython_optimized": False,
    "libraries": {
        "naja": "0.1.0",
        "pemja": "0.6.3",
        "pemja_java": "0.6.0",
        "jep": "4.3.2",
        "jpy": "1.2.0",
        "jmh": "1.37",
    },
    "python_alone_ns": {"half": 40.0},
}


def recorded(method: str, *jvms: float, library: str = "", allocated: float = 0.0) -> dict:
    """One result as it is recorded, of JVMs of one turn."""
    return {
        "benchmark": f"dev.naja.bench.{method}",
        "params": {"library": library} if library else {},
        "primaryMetric": {"rawData": [[score] for score in jvms]},
        "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[allocated]]}},
    }


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """A run of three groups and of the start."""
    files = {
        "environment": ENVIRONMENT,
        "half": [
            recorded("FloorBenchmark.attached", 100.0),
            recorded("FloorBenchmark.held", 50.0),
            recorded("CallBenchmark.half", 110.0, library="naja", allocated=0.001),
            recorded("CallBenchmark.half", 80.0, library="naja-session", allocated=16.0),
            recorded("CallBenchmark.half", 400.0, library="pemja", allocated=48.0),
        ],
        "callback": [
            recorded("FloorBenchmark.callback", 100.0),
            recorded("CallBenchmark.callback", 130.0, library="naja"),
            recorded("CallBenchmark.callback", 325.0, library="pemja"),
        ],
        "pemja-half": [
            recorded("CallBenchmark.half", 600.0, library="pemja"),
            recorded("CallBenchmark.half", 200.0, library="naja-pemja"),
        ],
        "pemja-threads4": [
            recorded("CallBenchmark.half", 100_000.0, library="pemja"),
            recorded("CallBenchmark.half", 900_000.0, library="naja-pemja"),
        ],
        "total1k": [
            recorded("FloorBenchmark.total1k", 2000.0),
            recorded("ArrayBenchmark.total1k", 2500.0, library="naja"),
            recorded("ArrayBenchmark.total1k", 10_000.0, library="jpy"),
        ],
        "ndarray": [
            recorded("NdArrayBenchmark.nothing", 200.0),
            recorded("NdArrayBenchmark.accept", 250.0),
            recorded("NdArrayBenchmark.view", 1500.0),
        ],
        "rows": [
            recorded("RowBenchmark.fillNumbers", 40.0),
            recorded("RowBenchmark.frame", 360_000.0),
            recorded("RowBenchmark.ipc", 300_000.0),
        ],
        "batches": [
            recorded("BatchBenchmark.single", 100_000.0),
            recorded("BatchBenchmark.submitted", 450_000.0),
        ],
        "threads1": [recorded("CallBenchmark.half", 2_000_000.0, library="naja")],
        "threads4": [recorded("CallBenchmark.half", 1_700_000.0, library="naja")],
        "start": {"python": {"median_ms": 15.0}, "naja": {"median_ms": 130.0}}
        | {name: {"median_ms": 300.0} for name in ("none", "naja-bound", "pemja", "jep")},
    }
    directory = tmp_path / "results"
    directory.mkdir()
    for name, content in files.items():
        (directory / f"{name}.json").write_text(json.dumps(content))
    return directory


def test_verdicts_compare_with_floor_and_peer(results: Path) -> None:
    found = {verdict.what: verdict for verdict in verdicts(Results(results))}

    def measured(what: str) -> tuple:
        return found[what].measured, found[what].kept

    assert measured("`double -> double`, over the attached floor") == (1.1, True)
    assert measured("`double -> double`, faster than PEMJA") == (
        pytest.approx(3.64, abs=0.01),
        True,
    )
    assert measured("`double -> double`, allocated per call") == (0.0, True)
    assert measured("`double -> double` in a session, over the held floor") == (1.6, False)
    assert measured("`double -> double` in a session, faster than PEMJA") == (5.0, False)
    assert measured("`double -> double` in a session, allocated per call") == (16.0, False)
    loop = "`DoubleUnaryOperator` called from a Python loop"
    assert measured(f"{loop}, over its floor") == (1.3, False)
    assert measured(f"{loop}, faster than PEMJA") == (2.5, True)
    assert measured("`double[1000]` to `numpy.sum`, over its floor") == (1.25, True)
    shared = "a call with a million numbers in a wrapped buffer, over one without"
    assert measured(shared) == (1.25, False)
    assert measured("a million numbers of NumPy's seen from Java") == (1.5, True)
    frame = "`RowBatch` of 1,000 x 10 to a DataFrame, over pyarrow's own from IPC"
    assert measured(frame) == (1.2, True)
    assert measured("filling a `RowBatch` with numbers") == (25.0, True)
    batcher = "`MicroBatcher` with 8 threads, throughput over single calls"
    assert measured(batcher) == (4.5, False)
    assert measured("4 threads of tiny calls, throughput over 1 thread's") == (0.85, True)
    facade = "PEMJA's API on naja"
    assert measured(f'{facade}, `invoke("f", x)` on a double, faster than PEMJA') == (3.0, True)
    assert measured(f"{facade}, 4 threads, throughput over PEMJA's") == (9.0, True)
    assert measured(f"{facade}, callbacks, faster than PEMJA") == (None, False)
    assert measured("start to first result, over `python -c pass`") == (115.0, True)


def test_a_verdict_says_what_the_floor_would_reach(results: Path, tmp_path: Path) -> None:
    jobs = {"java": rates(5_000_000), "naja": rates(3_000_000), "thread": rates(1_000_000)}
    (results / "flink-noop.json").write_text(json.dumps(jobs))
    found = {verdict.what: verdict.floor for verdict in verdicts(Results(results))}
    assert found["`double -> double`, faster than PEMJA"] == 4.0
    assert found["`double -> double` in a session, faster than PEMJA"] == 8.0
    assert found["32-character `String.upper`, faster than PEMJA"] is None
    facade = "PEMJA's API on naja"
    assert found[f'{facade}, `invoke("f", x)` on a double, faster than PEMJA'] == 6.0
    assert found[f"{facade}, 4 threads, throughput over PEMJA's"] == 100.0
    noop = found["Flink SQL, no-op, over PyFlink's thread mode"]
    assert noop == pytest.approx(1_000 / (200 + 100))
    page = report.write(results, tmp_path).read_text()
    assert "faster than PEMJA | at least 3x | 3.64x (3.64–3.64) | kept | 4x |" in page


def test_a_ratio_is_that_within_the_turns() -> None:
    """The machine is slow in most of one's turns, in few of the other's: the medians are 2.2x."""
    one = Measure([[220.0, 110.0, 110.0], [220.0, 220.0]], 0)
    other = Measure([[200.0, 100.0, 100.0], [100.0, 100.0]], 0)
    assert one.middle.value / other.middle.value == 2.2
    assert one.over(other).value == pytest.approx(1.1)


def test_quartiles_are_what_half_lies_between() -> None:
    assert Middle.of([5.0, 1.0, 4.0, 2.0, 3.0]) == Middle(3.0, 2.0, 4.0)
    assert Middle.of([7.0]) == Middle(7.0, 7.0, 7.0)
    assert Middle(4.0, 2.0, 5.0).scaled(lambda ns: 20 / ns) == Middle(5.0, 4.0, 10.0)


def test_subjects_take_turns() -> None:
    assert [turned(["a", "b", "c"], turn) for turn in (0, 1, 4)] == [
        ["a", "b", "c"],
        ["b", "c", "a"],
        ["b", "c", "a"],
    ]
    names = ["half", "threads1", "start", "threads4"]
    assert sets(names) == [["half"], ["threads1", "threads4"], ["start"]]


def test_subjects_are_named_as_the_report_reads_them() -> None:
    half = [subject.name for subject in GROUPS["half"].subjects("half")]
    floors = ["floor empty", "floor attached", "floor held"]
    assert half == [*floors, "naja", "naja-session", "pemja", "jep"]
    assert [it.name for it in GROUPS["ndarray"].subjects("ndarray")][:2] == [
        "naja nothing",
        "naja accept",
    ]
    assert [it.name for it in GROUPS["pemja-half"].subjects("pemja-half")] == [
        "pemja",
        "naja-pemja",
    ]


def test_jvms_are_recorded_as_the_forks_of_one_result() -> None:
    subject = GROUPS["pemja-half"].subjects("pemja-half")[1]
    jvms = [
        {
            "jvm": "/somewhere/java",
            "jvmArgs": ["-Dpath=/somewhere"],
            "benchmark": "dev.naja.bench.CallBenchmark.half",
            "params": {"library": "pemja"},
            "primaryMetric": {"score": 1.0, "scoreUnit": "ns/op", "rawData": [values]},
            "secondaryMetrics": {
                "gc.alloc.rate.norm": {"score": 8.0, "scoreUnit": "B/op", "rawData": [[8.0]]},
                "gc.count": {"score": 0.0, "scoreUnit": "counts", "rawData": [[0.0]]},
            },
        }
        for values in ([1.0, 2.0], [3.0, 4.0])
    ]
    assert jmh.merged(subject, jvms) == {
        "jvmArgs": ["-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch"],
        "benchmark": "dev.naja.bench.CallBenchmark.half",
        "params": {"library": "naja-pemja"},
        "forks": 2,
        "primaryMetric": {"scoreUnit": "ns/op", "rawData": [[1.0, 2.0], [3.0, 4.0]]},
        "secondaryMetrics": {
            "gc.alloc.rate.norm": {"scoreUnit": "B/op", "rawData": [[8.0], [8.0]]}
        },
    }


def rates(*rows_a_second: int) -> list:
    """The turns of an engine: rows and seconds of each."""
    return [[rows // 2, 0.5] for rows in rows_a_second]


def test_what_is_there_of_stopped_flink_jobs_is_reported(results: Path, tmp_path: Path) -> None:
    noop = {"naja": rates(2_000_000, 1_000_000), "thread": rates(400_000, 250_000)}
    texts = {"alone": rates(100_000), "none": rates(1_000_000), "naja": rates(80_000)}
    (results / "flink-noop.json").write_text(json.dumps(noop))
    (results / "flink-json100.json").write_text(json.dumps(texts))
    found = {verdict.what: verdict for verdict in verdicts(Results(results))}
    noop = found["Flink SQL, no-op, over PyFlink's thread mode"]
    assert (noop.measured, noop.between) == (4.5, (4.25, 4.75))
    assert found["Flink SQL, no-op"].measured == 1.5
    assert found["Flink SQL, JSON of 100 B, over PyFlink's thread mode"].measured is None
    json_time = "Flink SQL, JSON of {} B, time over Python's and the job's own"
    assert found[json_time.format("100")].measured == pytest.approx(12.5 / 11)
    assert found[json_time.format("1,000")].measured is None
    assert found["p99 of a record at 50,000 rows/s, over Java's function"].measured is None
    assert found["checkpoints under load, time over those with Java's function"].measured is None
    page = report.write(results, tmp_path).read_text()
    assert "| no-op scalar |  |  | 1,500,000 | 325,000 |  |  |" in page
    assert "| 100 B | 10.0 | 1.0 | 12.5 | 1.14x |" in page
    assert "| 1,000 B |" not in page
    assert "At a steady 50,000 rows a second" not in page


def test_flink_jobs_under_load_are_compared_by_round(results: Path, tmp_path: Path) -> None:
    def found(ns: int, ms: int) -> dict:
        return {"latency_ns": {"p50": ns, "p99": 2 * ns}, "checkpoints_ms": {"p50": ms, "p99": 9}}

    taken = {
        "java": [found(20_000, 8), found(10_000, 4), found(10_000, 4)],
        "naja": [found(22_000, 8), found(11_000, 4), found(30_000, 5)],
    }
    (results / "flink-load.json").write_text(json.dumps(taken))
    by_name = {verdict.what: verdict.measured for verdict in verdicts(Results(results))}
    assert by_name["p99 of a record at 50,000 rows/s, over Java's function"] == pytest.approx(1.1)
    assert by_name["checkpoints under load, time over those with Java's function"] == 1.0
    page = report.write(results, tmp_path).read_text()
    assert "| Java | 10.0 | 20.0 | 4.0 | 9.0 |" in page
    assert "| naja | 22.0 | 44.0 | 5.0 | 9.0 |" in page


def test_flink_jobs_are_recorded_turn_by_turn(tmp_path: Path, monkeypatch) -> None:
    def stopped(bench: SimpleNamespace, workload: flink.Workload, quick: bool) -> Iterator[dict]:
        yield {"none": [1_000, 0.5], "naja": [500, 0.5]}
        raise KeyboardInterrupt

    monkeypatch.setattr(flink, "make_venv", lambda bench: None)
    monkeypatch.setattr(flink, "in_turns", stopped)
    with pytest.raises(KeyboardInterrupt):
        run.run(tmp_path, SimpleNamespace(), ["flink-noop", "flink-hop"], quick=True)
    taken = json.loads((tmp_path / "flink-noop.json").read_text())
    assert taken == {"none": [[1_000, 0.5]], "naja": [[500, 0.5]]}
    assert not (tmp_path / "flink-hop.json").exists()


def test_engines_run_the_same_statements() -> None:
    bench = SimpleNamespace(root=Path(__file__).resolve().parent.parent)
    workload = flink.WORKLOADS["json1000"]
    naja = flink.statements(bench, workload, "naja")
    assert naja.startswith("CREATE TEMPORARY FUNCTION prepared AS")
    assert naja.endswith("INSERT INTO sink SELECT lowered(prepared(x, 1000)) FROM source")
    assert flink.statements(bench, workload, "process") == naja
    none = naja.replace("lowered(prepared(x, 1000))", "prepared(x, 1000)")
    assert flink.statements(bench, workload, "none") == none


COUNTING = """
import mmap, struct, sys, time
with open(sys.argv[1], "r+b") as file, mmap.mmap(file.fileno(), 8) as rows:
    for row in range(1, int(sys.argv[2])):
        struct.pack_into("=q", rows, 0, row)
        time.sleep(0.001)
"""


def counting(rows: int) -> Callable[[Path], list]:
    """A program that does so many rows, at most 1,000 a second, and ends."""
    return lambda file: [sys.executable, "-c", COUNTING, str(file), str(rows)]


def test_a_running_program_does_rows_in_its_turns_alone(tmp_path: Path) -> None:
    file = tmp_path / "rows"

    def done() -> int:
        return struct.unpack("=q", file.read_bytes())[0]

    with Running(counting(10**9), file) as program:
        program.warm_up(0.1)
        rows, seconds = program.turn(0.2)
        assert 0 < rows <= 1_000 * seconds
        assert seconds >= 0.2
        time.sleep(0.05)  # the signal to stop needs no time, but is not waited for
        between = done()
        time.sleep(0.2)
        assert done() == between
    with pytest.raises(ProcessLookupError):
        os.kill(program._process.pid, 0)


def test_a_program_that_ends_is_no_measurement(tmp_path: Path) -> None:
    with Running(counting(20), tmp_path / "rows") as program, pytest.raises(CalledProcessError):
        program.warm_up(0.1)
        program.turn(1.0)


def test_a_program_without_rows_is_not_waited_for_without_end(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(running, "PATIENCE", 0.2)
    idle = [sys.executable, "-c", "import time; time.sleep(60)"]
    with (
        Running(lambda file: idle, tmp_path / "rows") as program,
        pytest.raises(TimeoutError, match="no row after 0.2 s"),
    ):
        program.warm_up(0.1)


def test_what_was_not_run_is_not_kept(results: Path) -> None:
    row = next(verdict for verdict in verdicts(Results(results)) if "row10" in verdict.what)
    assert (row.measured, row.kept) == (None, False)


def test_page_names_machine_values_and_misses(results: Path, tmp_path: Path) -> None:
    page = report.write(results, tmp_path).read_text()
    assert "A processor, 2 cores, 24 GiB" in page
    facade = (
        '| `invoke("half", x)`, `double -> double`, ns | 200 (200–200) | 600 (600–600) | 3.0x |'
    )
    assert facade in page
    assert (
        "| `double -> double` | 40 | 100 (100–100) | 110 (110–110) | 80.0 (80.0–80.0) | 400 (400–400) |  | 3.6 |"
        in page
    )
    assert (
        "| `double -> double`, over the attached floor | at most 1.15x | 1.1x (1.1–1.1) | kept |"
        in page
    )
    assert "| at most 1.25x | 1.6x (1.6–1.6) | **missed** |" in page
    assert (
        "| `DoubleUnaryOperator.applyAsDouble` | 100 (100–100) | 130 (130–130) | 325 (325–325) |  | 2.5 |  |"
        in page
    )
    assert "one thread is measured under SCHED_RR" in page
    assert (
        "| `double[1000]`, `numpy.sum` | 2,000 (2,000–2,000) | 2,500 (2,500–2,500) |  |  | 10,000 (10,000–10,000) |"
        in page
    )
    assert "| the filled table as a pandas DataFrame | 360,000 (360,000–360,000) |" in page
    assert "| a call for each row | 100,000 (100,000–100,000) |" in page
    assert "| naja, `callAs` | 130 |" in page


def test_readme_shows_the_figures_between_its_marks(results: Path, tmp_path: Path) -> None:
    (results / "flink-noop.json").write_text(json.dumps({"naja": rates(3_000_000)}))
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{summary.BEGIN}old\n{summary.END}after\n")
    summary.update(readme, Results(results))
    text = readme.read_text()
    assert text.startswith(f"before\n{summary.BEGIN}Medians on 2 cores of A processor,")
    assert text.endswith(f"| no-op, rows a second | 3,000,000 |  |  |\n{summary.END}after\n")
    assert "| `double -> double`, ns | 110 | 400 |  |" in text
    assert "| start to first result, ms | 130 | 300 | 300 |" in text
    assert "old" not in text
    assert "row10" not in text


def test_the_readme_and_the_page_are_those_of_the_newest_results(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    recorded = newest(root)
    assert summary.tables(Results(recorded)) in (root / "README.md").read_text()
    page = report.write(recorded, tmp_path).read_text()
    assert page == (root / "docs/benchmarks.md").read_text()


def test_readme_without_marks_is_refused(results: Path, tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("text")
    with pytest.raises(ValueError, match="lacks the lines"):
        summary.update(readme, Results(results))


def test_page_names_what_was_measured_anew(results: Path, tmp_path: Path, monkeypatch) -> None:
    moments = iter([{"date": "today", "commit": "1a"}, {"date": "tomorrow", "commit": "2b"}])
    monkeypatch.setattr(machine, "moment", lambda bench: next(moments))
    machine.write_again(results / "environment.json", SimpleNamespace(), ["half", "rows"])
    machine.write_again(results / "environment.json", SimpleNamespace(), ["half"])
    page = report.write(results, tmp_path).read_text()
    assert "The group `half` again, on tomorrow at commit `2b`." in page
    assert "The group `rows` again, on today at commit `1a`." in page
    assert "The group `callback` again" not in page


def test_charts_are_well_formed(results: Path, tmp_path: Path) -> None:
    report.write(results, tmp_path)
    for name in ("benchmarks-calls.svg", "benchmarks-threads.svg", "benchmarks-arrays.svg"):
        root = xml.etree.ElementTree.parse(tmp_path / name).getroot()
        assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_bars_grow_by_powers_of_ten() -> None:
    bars = [chart.Bar("naja", value, str(value)) for value in (10.0, 100.0, 1000.0)]
    svg = chart.draw("Time", {"call": bars}, {"naja": "#112233"})
    rects = xml.etree.ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}rect")
    widths = [float(rect.get("width")) for rect in rects if rect.get("height") == "11"][1:]
    assert widths[2] == pytest.approx(2 * widths[1])
