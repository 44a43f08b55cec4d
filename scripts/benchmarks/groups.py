"""Which benchmarks are there, and which of them are compared with each other?

The subjects of a group (each library, each floor) are compared, and so are those of groups that
stand in one set: `sets` says which are measured in turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.flink import WORKLOADS


@dataclass(frozen=True)
class Subject:
    """What one JVM measures: a method, where several libraries run it by one of them."""

    group: str
    method: str
    library: str = ""
    facade: bool = False
    """Whether PEMJA's classes are naja-pemja's."""

    @property
    def name(self) -> str:
        """How the report calls it within its group."""
        if self.library:
            return "naja-pemja" if self.facade else self.library
        owner, _, method = self.method.partition(".")
        return f"{'floor' if owner == 'FloorBenchmark' else 'naja'} {method}"


@dataclass(frozen=True)
class Group:
    """What is measured of one kind of work, and how."""

    methods: tuple[str, ...]
    libraries: tuple[str, ...] = ("",)
    """Each runs each of the methods; the floors are methods without a library."""
    floors: tuple[str, ...] = ()
    series: int = 2
    """How many JVMs each subject has, one after the other."""
    threads: int = 1
    throughput: bool = False
    """Whether calls a second are reported, instead of nanoseconds a call."""
    facade: bool = False
    """Whether PEMJA runs once more on naja-pemja."""
    together: str = ""
    """The set of groups that it is measured in turns with."""

    def subjects(self, name: str) -> list[Subject]:
        """What to measure in each series, for the group of that name."""
        found = [Subject(name, f"FloorBenchmark.{floor}") for floor in self.floors]
        for method in self.methods:
            found += [Subject(name, method, library) for library in self.libraries]
            if self.facade:
                found.append(Subject(name, method, "pemja", facade=True))
        return found


MANY = 3
"""For groups with a target that is a ratio near to what is measured."""

FLINK = "flink-"
"""What the names of the groups of Flink's jobs begin with."""

ALL = ("naja", "naja-session", "pemja", "jep")
PEERS = ("naja", "pemja", "jep")


def _call(method: str, *floors: str, libraries: tuple = ALL, series: int = 2) -> Group:
    return Group((f"CallBenchmark.{method}",), libraries, floors, series)


def _array(method: str, series: int) -> Group:
    return Group((f"ArrayBenchmark.{method}",), (*PEERS, "jpy"), (method,), series)


def _own(owner: str, *methods: str, **options: object) -> Group:
    return Group(tuple(f"{owner}.{method}" for method in methods), **options)


GROUPS: dict[str, Group | None] = {
    "start": None,
    "half": _call("half", "empty", "attached", "held", series=MANY),
    "upper": _call("upper", "upper", series=MANY),
    "row10": _call("row10", "row10"),
    "samples": _call("samples"),
    "counters": _call("counters"),
    "bytes1KiB": _call("bytes1KiB", "copied1KiB"),
    "bytes1MiB": _call("bytes1MiB", "copied1MiB"),
    "callback": _call("callback", "callback", libraries=PEERS, series=MANY),
    "arraylist": _call("arraylist", libraries=PEERS, series=MANY),
    "total1k": _array("total1k", MANY),
    "total1m": _array("total1m", 2),
    "ndarray": _own(
        "NdArrayBenchmark",
        *("nothing", "accept", "wrap", "view", "copy", "copied"),
        series=MANY,
    ),
    "rows": _own("RowBenchmark", "fillNumbers", "fillMixed", "arrow", "frame", "ipc"),
    "batches": _own("BatchBenchmark", "single", "waiting", "submitted", threads=8, throughput=True),
    "batchdelay": None,
}
for _work, _method, _counts in (("threads", "half", (1, 2, 4, 8)), ("pause", "pause", (1, 4))):
    for _count in _counts:
        GROUPS[f"{_work}{_count}"] = Group(
            (f"CallBenchmark.{_method}",),
            PEERS,
            threads=_count,
            throughput=True,
            together=_work,
        )
for _method in ("half", "row10", "callback", "arraylist", "samples"):
    GROUPS[f"pemja-{_method}"] = Group((f"CallBenchmark.{_method}",), ("pemja",), facade=True)
GROUPS["pemja-threads4"] = Group(
    ("CallBenchmark.half",), ("pemja",), threads=4, throughput=True, facade=True
)
for _work in (*WORKLOADS, "load"):
    GROUPS[f"{FLINK}{_work}"] = None


def measured(quick: bool) -> list[str]:
    """The names of the groups of a full run, or of a quick one, which leaves Flink's jobs out."""
    return [name for name in GROUPS if not (quick and name.startswith(FLINK))]


def sets(names: Iterable[str]) -> list[list[str]]:
    """The named groups, in their order; those that are measured in turns stand together."""
    found: dict[str, list[str]] = {}
    for name in names:
        group = GROUPS[name]
        found.setdefault((group and group.together) or name, []).append(name)
    return list(found.values())
