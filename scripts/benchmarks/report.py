"""How do the results read? Writes `benchmarks.md` and its charts."""

from __future__ import annotations

from pathlib import Path

from benchmarks import chart, data, flink_report, summary
from benchmarks.results import Results, spread, times
from benchmarks.targets import Verdict, verdicts

COLORS = {
    "floor": "#8c959f",
    "naja": "#1a7f37",
    "naja in a session": "#4ac26b",
    "PEMJA": "#bf8700",
    "Jep": "#8250df",
    "jpy": "#0969da",
}
LIBRARIES = {
    "naja": "naja",
    "naja-session": "naja in a session",
    "pemja": "PEMJA",
    "jep": "Jep",
}
WORK = {
    "half": "`double -> double`",
    "upper": "`String.upper`, 32 characters",
    "row10": "`row10`: 10 mixed arguments",
    "samples": "`List` of 100 `Double`, echo",
    "counters": "`Map` of 10, echo",
    "bytes1KiB": "`byte[1 KiB]`, `len`",
    "bytes1MiB": "`byte[1 MiB]`, `len`",
}
FLOORS = {
    "half": "floor attached",
    "upper": "floor upper",
    "row10": "floor row10",
    "bytes1KiB": "floor copied1KiB",
    "bytes1MiB": "floor copied1MiB",
}
LOOPS = {
    "callback": "`DoubleUnaryOperator.applyAsDouble`",
    "arraylist": "`ArrayList.add` and `get`",
}
FACADE = {
    "pemja-half": '`invoke("half", x)`, `double -> double`, ns',
    "pemja-row10": "`invoke` with 10 mixed arguments, ns",
    "pemja-samples": "`invoke` with a `List` of 100 `Double`, echo, ns",
    "pemja-callback": "`DoubleUnaryOperator.applyAsDouble` from a Python loop, ns",
    "pemja-arraylist": "`ArrayList.add` and `get` from a Python loop, ns",
    "pemja-threads4": "`double -> double` from 4 threads, calls a second",
}
LOOP_LIBRARIES = ("naja", "pemja", "jep")
THREADS = (1, 2, 4, 8)


def write(directory: Path, target: Path) -> Path:
    """Write the report on `directory` and its charts into `target`; returns the page's path."""
    results = Results(directory)
    calls, threads = call_bars(results), thread_bars(results)
    sections = [heading(results, directory), targets(verdicts(results))]
    if calls:
        svg = chart.draw("Nanoseconds a call (logarithmic; less is better)", calls, COLORS)
        (target / "benchmarks-calls.svg").write_text(svg)
        sections += ["![Time of a call](benchmarks-calls.svg)", call_table(results)]
    if any(results.score(group, "naja") for group in LOOPS):
        sections.append(loop_table(results))
    if sums := data.sum_bars(results):
        svg = chart.draw("Nanoseconds a sum (logarithmic; less is better)", sums, COLORS)
        (target / "benchmarks-arrays.svg").write_text(svg)
        sections.append("![Time of arrays](benchmarks-arrays.svg)")
    if any(results.score(group, "naja-pemja") for group in FACADE):
        sections.append(facade_table(results))
    sections += data.sections(results)
    if threads:
        svg = chart.draw(
            "Calls a second, all threads together (logarithmic; more is better)", threads, COLORS
        )
        (target / "benchmarks-threads.svg").write_text(svg)
        sections += [thread_table(results), "![Throughput of threads](benchmarks-threads.svg)"]
    if results.starts:
        sections.append(start_table(results))
    if results.flink:
        sections.append(flink_report.section(results.flink))
    sections.append(AFTERWORD)
    page = target / "benchmarks.md"
    page.write_text("\n\n".join(sections) + "\n")
    return page


def publish(directory: Path, root: Path) -> Path:
    """Write the report on `directory` and the README's figures below the repository's root; returns the page's path."""
    page = write(directory, root / "docs")
    summary.update(root / "README.md", Results(directory))
    return page


def heading(results: Results, directory: Path) -> str:
    """Title, machine and versions."""
    env = results.environment
    libraries = env["libraries"]
    build = "with" if env["cpython_optimized"] else "without"
    rows = {
        "machine": f"{env['cpu']}, {env['cores']} cores, {env['memory_gib']} GiB; "
        f"load at the start {env['load']:.2f}; one thread is measured under {env['scheduler']}, several, "
        "and what is compared with them, under SCHED_OTHER",
        "system": f"{env['system']}, {env['kernel']}",
        "JDK": env["jdk"],
        "CPython": f"{env['cpython']}, built {build} profile-guided or link-time optimization",
        "Rust": env["rustc"],
        "naja": libraries["naja"],
        "PEMJA": f"{libraries['pemja']}; its Java half {libraries['pemja_java']}, the newest on "
        "Maven Central",
        "Jep": libraries["jep"],
        "jpy": f"{libraries['jpy']}, the newest whose Java half is on Maven Central",
        "JMH": libraries["jmh"],
    }
    lines = [
        "# Benchmarks",
        "",
        f"Measured on {env['date']} at commit `{env['commit']}`; raw results in "
        f"`{directory.parent.name}/{directory.name}`.",
        *again(env.get("again", {})),
        "",
        "| | |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in rows.items()),
    ]
    if env["quick"]:
        lines[2] += " **A quick run: too short to be trusted.**"
    return "\n".join(lines)


def again(moments: dict[str, dict]) -> list[str]:
    """Which groups were measured anew, when and at which commit."""
    return [
        f"The group `{group}` again, on {moment['date']} at commit `{moment['commit']}`."
        for group, moment in moments.items()
    ]


def targets(found: list[Verdict]) -> str:
    """The table of promises."""
    rows = [
        "## Targets",
        "",
        "A ratio is the median of the ratios of both in each turn; in brackets the quartiles, "
        "between which half of them lie. The last column is what the floor would reach in naja's place (nearly so for PEMJA's "
        "API and Flink, where both were measured in other turns): "
        "the same calls in C, which cannot be undercut while each of them attaches its thread, takes the "
        "GIL and gives it back. A target beyond it is out of reach on this machine.",
        "",
        "| | target | measured | | the floor |",
        "|---|---|---|---|---|",
    ]
    for verdict in found:
        sign = "at most" if verdict.at_most else "at least"
        measured = (
            "not run" if verdict.measured is None else f"{verdict.measured:.3g}{verdict.unit}"
        )
        if verdict.between:
            measured += " ({:.3g}–{:.3g})".format(*verdict.between)
        reached = "" if verdict.floor is None else f"{verdict.floor:.3g}{verdict.unit}"
        word = "" if verdict.measured is None else "kept" if verdict.kept else "**missed**"
        rows.append(
            f"| {verdict.what} | {sign} {verdict.limit:g}{verdict.unit} | {measured} | {word} | {reached} |"
        )
    return "\n".join(rows)


def call_table(results: Results) -> str:
    """Time and allocation of one call, and what it takes in Python alone."""
    alone = results.environment["python_alone_ns"]
    head = ["work", "Python alone", "floor", *LIBRARIES.values(), "PEMJA / naja"]
    rows = [
        "## One call, in ns",
        "",
        "Medians, in brackets the quartiles. The floor is the least that the same work costs over "
        "JNI, with the thread attached for the call (`upper` and `row10` with arguments that need "
        "not come from Java); in a session the first line's floor is "
        f"{spread(results.get('half', 'floor held'))}, an empty native call "
        f"{spread(results.get('half', 'floor empty'))}. Peers hand lists and maps over as proxies, "
        "without converting them; naja copies them.",
        "",
        "| " + " | ".join(head) + " |",
        "|---" * len(head) + "|",
    ]
    for group, name in WORK.items():
        cells = [f"{alone[group]:,.0f}" if group in alone else ""]
        cells.append(spread(results.get(group, FLOORS.get(group, ""))))
        cells += [spread(results.get(group, library)) for library in LIBRARIES]
        cells.append(times(results.ratio(group, "pemja", "naja")))
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    rows += ["", "Java bytes allocated per call:", ""]
    rows += [
        "| work | " + " | ".join(LIBRARIES.values()) + " |",
        "|---" * (len(LIBRARIES) + 1) + "|",
    ]
    for group, name in WORK.items():
        measures = [results.get(group, library) for library in LIBRARIES]
        rows.append(
            f"| {name} | " + " | ".join(f"{m.allocated:,.0f}" if m else "" for m in measures) + " |"
        )
    return "\n".join(rows)


def loop_table(results: Results) -> str:
    """Time of calls that Python makes."""
    head = ["work", "floor", *map(LIBRARIES.get, LOOP_LIBRARIES), "PEMJA / naja", "Jep / naja"]
    rows = [
        "## Java called from a Python loop, in ns",
        "",
        "By turn of a loop of 10,000 in Python, which one call from Java runs. The floor is a "
        "function in C that gives the GIL up, calls the method that it has looked up before, and "
        "takes the GIL again.",
        "",
        "| " + " | ".join(head) + " |",
        "|---" * len(head) + "|",
    ]
    for group, name in LOOPS.items():
        cells = [spread(results.get(group, f"floor {group}"))]
        cells += [spread(results.get(group, library)) for library in LOOP_LIBRARIES]
        cells += [times(results.ratio(group, peer, "naja")) for peer in ("pemja", "jep")]
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def facade_table(results: Results) -> str:
    """PEMJA's own programs, with PEMJA's classes and with naja-pemja's."""
    rows = [
        "## PEMJA's API",
        "",
        "The same program, compiled once, with PEMJA and with naja-pemja on its class path; see "
        "[pemja.md](pemja.md).",
        "",
        "| work | naja-pemja | PEMJA | faster |",
        "|---|---|---|---|",
    ]
    for group, name in FACADE.items():
        ends = ("naja-pemja", "pemja") if "threads" in group else ("pemja", "naja-pemja")
        if faster := results.ratio(group, *ends):
            cells = [spread(results.get(group, library)) for library in ("naja-pemja", "pemja")]
            rows.append(f"| {name} | {cells[0]} | {cells[1]} | {times(faster)}x |")
    return "\n".join(rows)


def thread_table(results: Results) -> str:
    """Throughput by threads."""
    rows = [
        "## Threads",
        "",
        "Calls of `double -> double` a second from all threads together; peers have an interpreter "
        "per thread. Below, calls of `time.sleep(0.01)`, which releases the GIL.",
        "",
        "| threads | naja | PEMJA | Jep |",
        "|---|---|---|---|",
    ]
    for work, unit in (("threads", ""), ("pause", " sleeping")):
        for count in THREADS:
            scores = [
                results.score(f"{work}{count}", library) for library in ("naja", "pemja", "jep")
            ]
            if any(scores):
                cells = " | ".join(f"{score:,.0f}" if score else "" for score in scores)
                rows.append(f"| {count}{unit} | {cells} |")
    return "\n".join(rows)


def start_table(results: Results) -> str:
    """Time to the first result."""
    names = {
        "python": "`python -c pass`",
        "none": "a JVM that prints a line",
        "naja": "naja, `callAs`",
        "naja-bound": "naja, through a bound interface",
        "pemja": "PEMJA, `invoke`",
        "jep": "Jep, `PyCallable`",
    }
    rows = [
        "## Start",
        "",
        "From the start of a cold process to Python's first result on its standard output, as "
        "medians.",
        "",
        "| | ms |",
        "|---|---|",
    ]
    rows += [f"| {name} | {results.starts[key]:.0f} |" for key, name in names.items()]
    return "\n".join(rows)


AFTERWORD = """\
## How this is measured

`make bench`, or `scripts/bench`, runs all of it on an idle machine: 21 minutes, and
half an hour more for Flink's jobs; `scripts/bench --quick` takes three minutes; `scripts/bench-report`
writes this page anew from the recorded results.

Each benchmark is a method of `jvm/naja-bench`, which JMH runs in JVMs of its own, because two
embedded CPythons cannot share a process. Their heaps are touched at the start, for else whatever
allocates would pay for the system's first page faults. What is compared takes turns: the JVMs of
every library and every floor of a group are there at once, and one of them measures for 0.2 s
while the others wait; 15 turns after 1.5 s of warm-up, then all of it in new JVMs, three times where a ratio may be
near its target, else twice. On a virtual machine the same code may be twice as slow for half a
minute, for what its host's other tenants do. In turns that touches all alike, and the ratio within
a turn cancels it; the ratio of two medians would jump wherever one of them falls into a slow time
and the other does not. The raw results have every turn.

All libraries call the same functions, `jvm/naja-bench/src/main/python/workloads.py`, and every
result is checked before it is timed. naja binds an interface to the module; PEMJA calls functions
by name with `invoke`, Jep calls `PyCallable` objects: the fastest that each offers. The floor is
`bridge/floor`, raw JNI and CPython's C API with one thread state kept per thread, loaded into a
process where naja has started CPython."""


def call_bars(results: Results) -> dict[str, list[chart.Bar]]:
    """The bars of the chart of single calls."""
    groups = {}
    for group, name in WORK.items():
        bars = [("floor", results.score(group, FLOORS.get(group, "")))]
        bars += [(LIBRARIES[library], results.score(group, library)) for library in LIBRARIES]
        found = [chart.Bar(series, score, f"{score:,.0f}") for series, score in bars if score]
        if found:
            groups[name.replace("`", "")] = found
    return groups


def thread_bars(results: Results) -> dict[str, list[chart.Bar]]:
    """The bars of the chart of threads."""
    groups = {}
    for count in THREADS:
        bars = [
            (LIBRARIES[library], results.score(f"threads{count}", library))
            for library in ("naja", "pemja", "jep")
        ]
        found = [chart.Bar(series, score, f"{score:,.0f}") for series, score in bars if score]
        if found:
            groups[f"{count} thread{'s' if count > 1 else ''}"] = found
    return groups
