"""How does a scenario run in a JVM of its own, and what must hold of every such run?"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from harness import CLASSES, ROOT, TARGET
from harness.machine import Jdk, Python, main_jdk

#: What ``-Xcheck:jni`` prints when native code breaks a rule of JNI.
JNI_COMPLAINT = re.compile(
    r"^(WARNING in native method|FATAL ERROR in native method|WARNING: JNI|Warning: SIG).*",
    re.MULTILINE,
)

_CRASH_LOG = TARGET / "hs_err_pid%p.log"


@cache
def jar(module: str = "naja") -> Path:
    """A module's jar as a user has it; ``NAJA_JAR`` names another for the one with the natives."""
    if module == "naja" and os.environ.get("NAJA_JAR"):
        return Path(os.environ["NAJA_JAR"])
    target = ROOT / "jvm" / module / "target"
    found = [
        path for path in target.glob("*.jar") if re.fullmatch(module + r"-\d[\d.]*\.jar", path.name)
    ]
    if len(found) != 1:
        raise RuntimeError(
            f"{target} holds {len(found)} jars of {module}; build one: mvn -f jvm -pl {module} -am package"
        )
    return found[0]


@cache
def scenarios() -> Path:
    """The compiled programs of ``tests/java``."""
    classes = CLASSES / "scenarios"
    sources = sorted((ROOT / "tests" / "java").rglob("*.java"))
    javac = main_jdk().home / "bin" / "javac"
    options = [
        "--release",
        "11",
        "-Xlint:all,-options,-try",
        "-Werror",
        "-d",
        classes,
        "-cp",
        jar(),
    ]
    subprocess.run([javac, *options, *sources], check=True, timeout=120)
    return classes


@dataclass(frozen=True)
class Outcome:
    """How a JVM ended and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed to ``System.out``, by line."""
        return self.out.splitlines()

    def __str__(self) -> str:
        return f"status {self.status}\n--- out\n{self.out}\n--- err\n{self.err}"


@dataclass(frozen=True)
class Jvm:
    """A JDK and the Python that its processes embed. Starts processes; any number at a time."""

    jdk: Jdk
    python: Python
    options: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)

    def with_options(self, *options: str) -> Jvm:
        """The same with more options for the JVM."""
        return Jvm(self.jdk, self.python, (*self.options, *options), self.variables)

    def with_fixed_heap(self) -> Jvm:
        """The same with a heap that is touched at once, so that only what is outside can grow."""
        return self.with_options("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC")

    def with_variables(self, **variables: str) -> Jvm:
        """The same with more environment variables."""
        return Jvm(self.jdk, self.python, self.options, {**self.variables, **variables})

    def start(self, scenario: str, *arguments: object, check_jni: bool = True) -> subprocess.Popen:
        """Starts ``scenarios.<scenario>`` and does not wait."""
        class_path = f"{jar()}{os.pathsep}{scenarios()}"
        checks = ["-Xcheck:jni"] if check_jni else []
        return self.launch(
            [*checks, "-cp", class_path, f"scenarios.{scenario}", *map(str, arguments)]
        )

    def run(
        self, scenario: str, *arguments: object, timeout: float = 120, check_jni: bool = True
    ) -> Outcome:
        """Runs ``scenarios.<scenario>`` to its end, whatever its exit status."""
        return finish(self.start(scenario, *arguments, check_jni=check_jni), timeout)

    def succeed(
        self, scenario: str, *arguments: object, timeout: float = 120, check_jni: bool = True
    ) -> list[str]:
        """Runs a scenario that must end with status 0; gives the lines it printed."""
        outcome = self.run(scenario, *arguments, timeout=timeout, check_jni=check_jni)
        assert outcome.status == 0, str(outcome)
        return outcome.lines

    def launch(
        self, arguments: Sequence[object], directory: Path | None = None
    ) -> subprocess.Popen:
        """Starts ``java`` with arguments of any kind, here or in another directory."""
        native_access = ["--enable-native-access=ALL-UNNAMED"] if self.jdk.feature >= 22 else []
        command = [
            self.jdk.home / "bin" / "java",
            f"-XX:ErrorFile={_CRASH_LOG}",
            *native_access,
            *self.options,
            *arguments,
        ]
        return subprocess.Popen(
            command,
            cwd=directory,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def _environment(self) -> dict[str, str]:
        """This process's, without what would choose another Python or change what it does."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "NAJA_", "JAVA_", "JDK_"))
            and name not in ("VIRTUAL_ENV", "CONDA_PREFIX")
        }
        python = str(self.python.environment())
        return {**kept, "LC_ALL": "C.UTF-8", "NAJA_PYTHON": python, **self.variables}


def finish(process: subprocess.Popen, timeout: float = 120) -> Outcome:
    """Waits for the end of a JVM, which must not crash, hang or break a rule of JNI."""
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        raise AssertionError(f"no end after {timeout} s\n--- out\n{out}\n--- err\n{err}") from None
    outcome = Outcome(process.returncode, out, err)
    crash_log = Path(str(_CRASH_LOG).replace("%p", str(process.pid)))
    assert not crash_log.exists(), f"the JVM crashed: {crash_log}\n{outcome}"
    assert outcome.status >= 0, f"the JVM was killed by a signal\n{outcome}"
    complaint = JNI_COMPLAINT.search(out) or JNI_COMPLAINT.search(err)
    assert complaint is None, f"-Xcheck:jni: {complaint.group()}\n{outcome}"
    return outcome
