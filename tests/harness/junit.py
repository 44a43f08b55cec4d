"""How does the JUnit suite of a module run on a JVM and a Python of one's choice?"""

from __future__ import annotations

import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from harness import ROOT, TARGET, exclusive
from harness.jvm import Jvm, Outcome, finish, jar

DEPENDENCY_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"


@dataclass(frozen=True)
class Suite:
    """How a run of the suite ended."""

    outcome: Outcome
    counts: Counter
    problems: list[str]
    skipped: dict[str, str]


#: Classes whose tests choose interpreters themselves, for JVMs of their own.
_CHOOSING = r".*\.internal\.(Doctor|Elf|Interpreter|NativeLoader|Refusal|VersionSpecifier)Test"


#: What the JVM of a module's tests needs besides, as in its pom.
_OPTIONS = {"naja-arrow": ["--add-opens=java.base/java.nio=ALL-UNNAMED"]}


def run(jvm: Jvm, module: str = "naja", whole: bool = True, timeout: float = 600) -> Suite:
    """Runs the suite under ``-Xcheck:jni`` against the built jars and reads its reports.

    Args:
        jvm: The JDK to run it on and the interpreter to run it with.
        module: The folder below ``jvm``.
        whole: Whether to run tests too whose result does not depend on that interpreter.
        timeout: Seconds that it may take.
    """
    launcher, libraries = _class_path(module)
    jars = [jar()] if module == "naja" else [jar(), jar(module)]
    classes = ROOT / "jvm" / module / "target" / "test-classes"
    class_path = os.pathsep.join(map(str, [launcher, *jars, classes, *libraries]))
    reports = TARGET / f"junit-{module}-{jvm.python.version}-jdk{jvm.jdk.feature}"
    reports.mkdir(parents=True, exist_ok=True)
    for stale in reports.glob("*.xml"):
        stale.unlink()
    process = jvm.launch(
        [
            "-Xcheck:jni",
            *_OPTIONS.get(module, []),
            *("-cp", class_path, "org.junit.platform.console.ConsoleLauncher", "execute"),
            *("--details=none", "--disable-banner", f"--reports-dir={reports}"),
            f"--scan-class-path={classes}",
            *([] if whole else [f"--exclude-classname={_CHOOSING}"]),
        ],
        # Some of these tests compile sources and look up modules beside the build.
        directory=ROOT / "jvm" / module,
    )
    return _read(finish(process, timeout), reports)


def _read(outcome: Outcome, reports: Path) -> Suite:
    counts: Counter = Counter()
    problems, skipped = [], {}
    for report in reports.glob("TEST-*.xml"):
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            name = f"{case.get('classname')}.{case.get('name')}"
            kinds = {child.tag: child for child in case}
            if "failure" in kinds or "error" in kinds:
                counts["failed"] += 1
                problem = kinds.get("failure", kinds.get("error"))
                problems.append(f"{name}: {problem.get('message') or problem.text}"[:2000])
            elif "skipped" in kinds:
                counts["skipped"] += 1
                why = kinds["skipped"].get("message") or kinds["skipped"].text or ""
                skipped[name] = why.split("\n", 1)[0]
            else:
                counts["passed"] += 1
    return Suite(outcome, counts, problems, skipped)


@lru_cache
def _class_path(module: str) -> tuple[Path, list[Path]]:
    """JUnit's launcher and what the tests need besides the jars; from Maven, once for each pom."""
    parent = (ROOT / "jvm" / "pom.xml").read_text()
    pom = ROOT / "jvm" / module / "pom.xml"
    jupiter = re.search(r"<junit.version>(.*)</junit.version>", parent).group(1)
    # JUnit 5 numbers its platform 1.x where it numbers Jupiter 5.x.
    platform = re.sub(r"^5\.", "1.", jupiter)
    launcher = TARGET / f"junit-platform-console-standalone-{platform}.jar"
    libraries = TARGET / f"class-path-{module}"
    stamp = TARGET / f"class-path-{module}.stamp"
    poms = parent + pom.read_text()
    with exclusive("class-path"):
        if launcher.exists() and stamp.exists() and stamp.read_text() == poms:
            return launcher, _others(libraries)
        command = [
            *("mvn", "--quiet", "--file", pom),
            *(f"{DEPENDENCY_PLUGIN}:build-classpath", f"{DEPENDENCY_PLUGIN}:copy"),
            *("-DincludeScope=test", f"-Dmdep.outputFile={libraries}"),
            f"-Dartifact=org.junit.platform:junit-platform-console-standalone:{platform}",
            f"-DoutputDirectory={TARGET}",
        ]
        subprocess.run(command, check=True, timeout=300)
        stamp.write_text(poms)
    return launcher, _others(libraries)


def _others(libraries: Path) -> list[Path]:
    """The launcher brings JUnit itself, the jar has ASM in it, and the modules' jars are those that were just built."""
    found = [Path(path) for path in libraries.read_text().strip().split(os.pathsep)]
    own = ("junit-", "asm-", "opentest4j-", "apiguardian-", "naja-")
    return [path for path in found if not path.name.startswith(own)]
