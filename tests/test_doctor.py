"""Does ``java -jar naja.jar doctor`` tell what there is, what it would do, and the mend?"""

import os
from pathlib import Path

import pytest

from harness import conda, machine
from harness.jvm import Jvm, Outcome, finish, jar


def doctor(jvm: Jvm, *arguments: object) -> Outcome:
    """Runs the jar as a user would."""
    return finish(jvm.launch(["-jar", jar(), *arguments]))


@pytest.mark.over("pythons", "jdks")
def test_good_python(jvm: Jvm):
    outcome = doctor(jvm, "doctor")
    assert outcome.status == 0, str(outcome)
    assert outcome.err == ""
    python = jvm.python.environment()
    assert f"  NAJA_PYTHON={python}: {python}\n      chosen: CPython " in outcome.out
    facts = dict(line.split(None, 1) for line in outcome.lines if line.startswith("  "))
    assert facts["executable"] == str(python)
    assert facts["version"] == jvm.python.version
    assert facts["prefix"] == str(python.parents[1])
    assert facts["JVM"].endswith(f" {jvm.jdk.version}, {jvm.jdk.home}")
    library = Path(facts["libpython"].split(", ")[0])
    assert library.name.startswith(f"libpython{jvm.python.minor}.so")
    assert library.exists()
    assert facts["packages"].startswith("numpy ")
    assert outcome.lines[-1] == "libpython opens. naja can start this Python."


def test_python_by_option_comes_before_the_environment(jvm: Jvm):
    other = next(p for p in machine.pythons() if p.version != jvm.python.version)
    outcome = doctor(jvm, "doctor", "--python", other.executable)
    assert outcome.status == 0, str(outcome)
    assert f"\n      chosen: CPython {other.version} (" in outcome.out
    assert f"\n      usable: CPython {jvm.python.version} (" in outcome.out


def test_bad_python_by_option(jvm: Jvm, tmp_path):
    outcome = doctor(jvm, "doctor", "--python", tmp_path / "python")
    assert outcome.status == 1, str(outcome)
    problem = f"{tmp_path}/python does not exist"
    assert f"\n      chosen, but unusable: {problem}\n" in outcome.out
    verdict, mend = outcome.lines[-2:]
    assert verdict == f"naja cannot start Python: {problem}"
    assert mend.startswith("  to mend: Name a Python that is there.")


def test_bad_python_by_environment(jvm: Jvm):
    outcome = doctor(jvm.with_variables(NAJA_PYTHON="/bin/ls"), "doctor")
    assert outcome.status == 1, str(outcome)
    assert "  NAJA_PYTHON=/bin/ls: /bin/ls\n" in outcome.out
    assert "\nnaja cannot start Python: /bin/ls is not Python" in outcome.out


def test_no_python_at_all(jvm: Jvm, tmp_path):
    outcome = doctor(jvm.with_variables(NAJA_PYTHON="", PATH=str(tmp_path)), "doctor")
    assert outcome.status == 1, str(outcome)
    for place in ("NAJA_PYTHON", "VIRTUAL_ENV", "CONDA_PREFIX"):
        assert f"  {place}: not set\n" in outcome.out
    assert "\nnaja cannot start Python: There is no python3" in outcome.out


@pytest.mark.parametrize("variable", ["VIRTUAL_ENV", "CONDA_PREFIX"])
def test_environments_that_are_active_count(jvm: Jvm, variable):
    directory = str(jvm.python.environment().parents[1])
    outcome = doctor(jvm.with_variables(NAJA_PYTHON="", **{variable: directory}), "doctor")
    assert outcome.status == 0, str(outcome)
    assert f"  {variable}={directory}: {directory}{os.sep}bin" in outcome.out
    assert f"\n      chosen: CPython {jvm.python.version} ({directory}/bin/" in outcome.out


def test_conda_environment_that_is_active_is_used_alone(jvm: Jvm, tmp_path):
    """Nothing of it comes from where its executable was built, though that is still there."""
    prefix = tmp_path / "conda"
    conda.environment(jvm.python, prefix)
    active = jvm.with_variables(NAJA_PYTHON="", CONDA_PREFIX=str(prefix))
    outcome = doctor(active, "doctor")
    assert outcome.status == 0, str(outcome)
    facts = dict(line.split(None, 1) for line in outcome.lines if line.startswith("  "))
    assert facts["executable"] == f"{prefix}/bin/python3"
    assert facts["prefix"] == str(prefix)
    library = prefix / "lib" / f"libpython{jvm.python.minor}.so.1.0"
    assert facts["libpython"] == f"{library}, found in {library.parent}"
    used = f"""
import os, sys, _ssl, ctypes
with open("/proc/self/maps") as maps:
    mapped = {{line.split()[5] for line in maps if "libpython" in line or "lib-dynload" in line}}
assert sys.prefix == sys.base_prefix == {str(prefix)!r}, (sys.prefix, sys.base_prefix)
assert {str(library)!r} in mapped, mapped
outside = [path for path in (os.__file__, *mapped) if not path.startswith({str(prefix)!r})]
assert not outside, outside
"""
    assert active.succeed("Run", used)[0] == "returned"


def test_unwritable_directory_for_natives(jvm: Jvm, tmp_path):
    outcome = doctor(jvm.with_options(f"-Ddev.naja.tmpdir={tmp_path}/gone"), "doctor")
    assert outcome.status == 1, str(outcome)
    assert f"natives cannot be written to {tmp_path}/gone (dev.naja.tmpdir)" in outcome.lines[-2]


@pytest.mark.parametrize("arguments", [(), ("cure",), ("doctor", "--python")])
def test_wrong_usage(jvm: Jvm, arguments):
    outcome = doctor(jvm, *arguments)
    assert outcome.status == 2, str(outcome)
    assert "usage: java -jar naja.jar doctor [--python PYTHON]" in outcome.err
    assert outcome.out == ""


def test_help(jvm: Jvm):
    outcome = doctor(jvm, "--help")
    assert outcome.status == 0, str(outcome)
    assert outcome.lines[0] == "usage: java -jar naja.jar doctor [--python PYTHON]"
