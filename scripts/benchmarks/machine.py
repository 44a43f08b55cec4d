"""On what were the results measured?

Everything a reader needs to judge or repeat them, without this machine's own paths.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import re
import subprocess
from pathlib import Path

from benchmarks.prepare import Bench
from benchmarks.quiet import policy

TIMED = {
    "half": "half(1.5)",
    "upper": "upper('the quick brown fox jumps over a')",
    "row10": "row10(12345, 7, 1700000000, 12.5, 0.25, -3.0, 'acme', 'card-present', 'GB', True)",
}


def write(path: Path, bench: Bench, load: float, quick: bool) -> None:
    """Write `environment.json`."""
    path.write_text(json.dumps(describe(bench, load, quick), indent=2) + "\n")


def write_again(path: Path, bench: Bench, names: list) -> None:
    """Add to `environment.json` that some groups are measured anew."""
    known = json.loads(path.read_text())
    known["again"] = {**known.get("again", {}), **dict.fromkeys(names, moment(bench))}
    path.write_text(json.dumps(known, indent=2) + "\n")


def describe(bench: Bench, load: float, quick: bool) -> dict:
    """The machine, the versions and the load at the start."""
    arguments = bench.interpreter["arguments"]
    return {
        **moment(bench),
        "quick": quick,
        "cpu": first(r"^model name\s*: (.*)$", Path("/proc/cpuinfo")),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "kernel": f"{platform.system()} {platform.release()}",
        "system": first(r'^PRETTY_NAME="(.*)"$', Path("/etc/os-release")),
        "load": round(load, 2),
        "niceness": os.nice(0),
        "scheduler": policy(),
        "jdk": output([bench.java, "-version"]).splitlines()[1],
        "rustc": output(["rustc", "--version"]),
        "cpython": bench.interpreter["version"],
        "cpython_optimized": "--enable-optimizations" in arguments or "--with-lto" in arguments,
        "libraries": libraries(bench),
        "python_alone_ns": {name: timed(bench, call) for name, call in TIMED.items()},
    }


def moment(bench: Bench) -> dict:
    """When something is measured, and at which commit."""
    now = datetime.datetime.now(datetime.timezone.utc)
    return {"date": now.strftime("%Y-%m-%d %H:%M UTC"), "commit": commit(bench)}


def commit(bench: Bench) -> str:
    """The checkout's commit, marked when files differ from it; `unknown` outside a checkout."""
    command = ["git", "-C", str(bench.root), "describe", "--always", "--dirty=, modified"]
    try:
        return output(command)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def libraries(bench: Bench) -> dict:
    """Versions of naja and the peers, native and Java halves."""
    pom = bench.root / "jvm/naja-bench/pom.xml"
    return {
        "naja": first(r"^    <version>(.*)</version>$", pom),
        "pemja": package_version(bench, "pemja"),
        "pemja_java": first(r"<pemja\.version>(.*)</pemja\.version>", pom),
        "jep": package_version(bench, "jep"),
        "jpy": package_version(bench, "jpy"),
        "jmh": first(r"<jmh\.version>(.*)</jmh\.version>", pom),
    }


def package_version(bench: Bench, name: str) -> str:
    """The version of a package of the venv."""
    return output(
        [bench.python, "-c", f"import importlib.metadata as m; print(m.version({name!r}))"]
    )


def timed(bench: Bench, call: str) -> float:
    """Nanoseconds that the call takes inside plain Python: the best of seven."""
    program = (
        "import timeit; from workloads import *; n = 100000; "
        f"print(min(timeit.repeat({call!r}, globals=globals(), number=n, repeat=7)) / n * 1e9)"
    )
    environment = {**os.environ, "PYTHONPATH": str(bench.workloads)}
    return round(float(output([bench.python, "-c", program], environment)), 1)


def output(command: list, environment: dict | None = None) -> str:
    """What the command prints, on either stream."""
    done = subprocess.run(
        command, env=environment, check=True, text=True, stdout=-1, stderr=subprocess.STDOUT
    )
    return done.stdout.strip()


def first(pattern: str, file: Path) -> str:
    """The first match of the pattern's group in the file, or `unknown`."""
    found = re.search(pattern, file.read_text(), re.MULTILINE) if file.exists() else None
    return found.group(1) if found else "unknown"
