"""Does naja work as a named module, for a user's module with packages of every visibility?"""

import os
import subprocess
from pathlib import Path

import pytest

from harness import CLASSES, ROOT, machine
from harness.jvm import Jvm, finish, jar


@pytest.fixture(scope="module")
def module() -> Path:
    """The compiled module of ``tests/module``."""
    classes = CLASSES / "module"
    sources = sorted((ROOT / "tests" / "module").rglob("*.java"))
    javac = machine.main_jdk().home / "bin" / "javac"
    subprocess.run(
        [javac, "--release", "11", "-Xlint:all,-options", "-Werror", "-d", classes, "-p", jar()]
        + sources,
        check=True,
        timeout=120,
    )
    return classes


@pytest.mark.over("jdks")
def test_interfaces_of_a_named_module(jvm: Jvm, module: Path):
    path = f"{jar()}{os.pathsep}{module}"
    native_access = ["--enable-native-access=dev.naja"] if jvm.jdk.feature >= 22 else []
    outcome = finish(
        jvm.launch(["-Xcheck:jni", *native_access, "-p", path, "-m", "app/app.opened.Main"])
    )
    assert outcome.status == 0, str(outcome)
    assert outcome.lines[:4] == [
        "module dev.naja",
        "jdk 2.0",
        "published 4.0 [0.5]",
        "opened 6.0",
    ]
    assert outcome.lines[4].startswith("Cannot implement app.hidden.Hidden: ")
    assert outcome.lines[4].endswith("or open package app.hidden of module app to module dev.naja")


def test_the_jar_keeps_its_internals_to_itself():
    java = machine.main_jdk().home / "bin" / "java"
    described = subprocess.run(
        [java, "-p", jar(), "--describe-module", "dev.naja"],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    ).stdout
    assert "exports dev.naja\n" in described
    assert "exports dev.naja.internal" not in described
    assert "requires org.slf4j static\n" in described
