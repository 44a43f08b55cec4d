"""Does a start that cannot succeed say what is wrong, what was tried and how to mend it?"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness import machine
from harness.jvm import Jvm


def refusal(jvm: Jvm, executable: object) -> str:
    """What naja says of an executable in a fresh process, which must start the usual one after."""
    outcome = jvm.run("Start", executable, "")
    assert outcome.status == 0, str(outcome)
    refused, started = outcome.out.rstrip("\n").rsplit("\n", 1)
    assert started == f"started {jvm.python.environment()}"
    assert refused.startswith("refused Cannot start Python: ")
    assert f'\n  tried:\n    PythonConfig.of("{executable}"): ' in refused
    message, mend = refused.removeprefix("refused Cannot start Python: ").split("\n  to mend: ")
    assert len(mend) > 20
    return message.split("\n  tried:")[0]


def script(path: Path, *lines: str) -> Path:
    """An executable shell script."""
    path.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    path.chmod(0o755)
    return path


def installed(minor: str) -> machine.Python:
    """An interpreter that naja refuses, if the machine has it."""
    for python in machine.interpreters():
        if python.minor == minor:
            return python
    pytest.skip(f"Python {minor} is not on this machine")


def test_data_may_be_made_before_the_start(jvm: Jvm):
    assert jvm.succeed("Early") == [
        "1",
        "refused A typed buffer can be wrapped only after Python.start, whose native half knows where"
        " its memory is. Earlier, wrap the ByteBuffer behind it.",
        "2",
    ]


def test_no_such_executable(jvm: Jvm, tmp_path):
    assert refusal(jvm, tmp_path / "python") == f"{tmp_path}/python does not exist"


def test_no_such_name_on_path(jvm: Jvm):
    message = refusal(jvm, "python3.99")
    assert "python3.99" in message
    assert "PATH" in message


def test_not_executable(jvm: Jvm, tmp_path):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\n")
    assert refusal(jvm, python) == f"{python} is not executable"


def test_not_a_program(jvm: Jvm, tmp_path):
    python = tmp_path / "python"
    python.write_text("some text\n")
    python.chmod(0o755)
    assert refusal(jvm, python).startswith(f"{python} is not a program")


def test_another_program(jvm: Jvm):
    message = refusal(jvm, "/bin/ls")
    assert message.startswith("/bin/ls is not Python: it does not run a Python script.")
    assert "ls: " in message


def test_program_that_ends_without_a_word(jvm: Jvm, tmp_path):
    python = script(tmp_path / "python", "exit 0")
    assert refusal(jvm, python).startswith(f"{python} is not Python")


def test_program_that_never_ends(jvm: Jvm, tmp_path):
    python = script(tmp_path / "python", "sleep 600")
    bounded = jvm.with_options("-Ddev.naja.probeTimeout=1")
    assert refusal(bounded, python) == f"{python} gave no answer within 1 s and was killed"


@pytest.mark.parametrize("minor", ["2.7", "3.6", "3.7", "3.8"])
def test_older_than_supported(jvm: Jvm, minor):
    python = installed(minor)
    assert refusal(jvm, python.executable) == f"{python.executable} is Python {python.version}"


@pytest.mark.parametrize("minor", ["3.13", "3.14"])
def test_free_threaded(jvm: Jvm, minor):
    found = [
        python
        for python in machine.interpreters()
        if python.minor == minor and "free-threaded" in python.problems
    ]
    if not found:
        pytest.skip(f"CPython {minor}t is not on this machine")
    message = refusal(jvm, found[0].executable)
    assert "free-threaded build of CPython" in message
    assert "Py_GIL_DISABLED=1" in message


def test_another_implementation(jvm: Jvm, tmp_path):
    facts = {"implementation": "pypy", "version": "3.10.14", "threaded": "0", "bits": "64"}
    assert refusal(jvm, claiming(tmp_path, facts)) == (
        f"{tmp_path}/python is pypy (Python 3.10.14), not CPython"
    )


def test_free_threaded_by_its_own_word(jvm: Jvm, tmp_path):
    facts = {"implementation": "cpython", "version": "3.13.5", "threaded": "1", "bits": "64"}
    assert refusal(jvm, claiming(tmp_path, facts)) == (
        f"{tmp_path}/python is the free-threaded build of CPython 3.13.5 (Py_GIL_DISABLED=1)"
    )


def claiming(directory: Path, facts: dict) -> Path:
    """An executable that answers the probe with facts."""
    facts = {"executable": "", "prefix": directory, "base": directory, **facts, "end": ""}
    answer = "".join(f"naja:{key}={value}\\000" for key, value in facts.items())
    return script(directory / "python", f"printf '{answer}'")


def test_no_shared_libpython(jvm: Jvm, tmp_path):
    facts = {"implementation": "cpython", "version": "3.11.9", "threaded": "0", "bits": "64"}
    message = refusal(jvm, claiming(tmp_path, facts))
    assert message.startswith(f"{tmp_path}/python")
    assert "libpython3.11" in message


def test_virtual_environment_whose_python_is_gone(jvm: Jvm, tmp_path):
    home = tmp_path / "home"
    script(make(home / "bin") / "python3", "exit 1")
    venv = tmp_path / "venv"
    (make(venv / "bin") / "python").symlink_to(home / "bin" / "python3")
    (venv / "pyvenv.cfg").write_text(f"home = {home}/bin\nversion = 3.11.7\n")
    shutil.rmtree(home)
    python = venv / "bin" / "python"
    assert refusal(jvm, python) == (
        f"{venv} is a broken virtual environment: {python} is a link to a file that is gone"
    )


def make(directory: Path) -> Path:
    directory.mkdir(parents=True)
    return directory


def test_python_without_its_standard_library(jvm: Jvm, tmp_path):
    words = "Fatal Python error: init_fs_encoding: failed to get the Python codec"
    python = script(tmp_path / "python", f"echo '{words}' >&2", "exit 1")
    assert refusal(jvm, python).startswith(f"{python} is a Python that does not start.")


@pytest.mark.over("jdks")
def test_second_start_with_another_interpreter(jvm: Jvm):
    other = next(p for p in machine.pythons() if p.version != jvm.python.version)
    own = jvm.python.environment()
    outcome = jvm.run("Start", "", other.executable, "")
    assert outcome.status == 0, str(outcome)
    first, refused, *_, last = outcome.lines
    assert first == last == f"started {own}"
    assert refused.startswith("refused ")
    text = outcome.out
    assert jvm.python.version in text.split("refused ")[1]
    assert other.version in text.split("refused ")[1]


def test_second_start_with_another_environment_of_the_same_python(jvm: Jvm, tmp_path):
    venv = tmp_path / "venv"
    command = [jvm.python.executable, "-m", "venv", "--without-pip", venv]
    subprocess.run(command, check=True, timeout=60)
    outcome = jvm.run("Start", "", venv, "")
    assert outcome.status == 0, str(outcome)
    assert outcome.lines[0] == outcome.lines[-1] == f"started {jvm.python.environment()}"
    assert str(venv) in outcome.out
    assert str(jvm.python.environment().parents[1]) in outcome.out.split("refused ")[1]


@pytest.mark.over("pythons", "jdks")
def test_start_in_a_virtual_environment_sees_its_packages_only(jvm: Jvm):
    source = (
        "import numpy, sys\n"
        "assert numpy.__file__.startswith(sys.prefix), numpy.__file__\n"
        "assert sys.prefix != sys.base_prefix\n"
        "assert numpy.arange(10).sum() == 45"
    )
    assert jvm.succeed("Run", source) == ["returned", "alive 42"]


def test_start_changes_nothing_of_the_process(jvm: Jvm):
    source = (
        "import os, sys\n"
        "from signal import getsignal, SIGINT, SIG_DFL\n"
        "assert os.getcwd() == os.path.realpath('.')\n"
        "assert not [name for name in os.environ if name.startswith('PYTHON')]\n"
        "assert sys.flags.ignore_environment"
    )
    assert jvm.succeed("Run", source) == ["returned", "alive 42"]


@pytest.mark.over("pythons")
@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_configuration_is_that_of_the_executable(jvm: Jvm, locale):
    facts = "str(sys.flags), sys.getfilesystemencoding(), site.ENABLE_USER_SITE"
    command = [jvm.python.environment(), "-E", "-c", f"import site, sys; print(({facts}))"]
    expected = subprocess.run(
        command,
        env={**os.environ, "LC_ALL": locale},
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout.strip()
    source = f"import site, sys\nassert ({facts}) == {expected}, ({facts})"
    assert jvm.with_variables(LC_ALL=locale).succeed("Run", source) == ["returned", "alive 42"]


def test_missing_directory_for_natives(jvm: Jvm, tmp_path):
    check_directory(jvm, tmp_path / "gone", "natives cannot be written to", "No such file")


def test_unwritable_directory_for_natives(jvm: Jvm, tmp_path):
    if os.geteuid() == 0:
        # Root may write to every directory, unless the file system itself refuses.
        with mounted(tmp_path, "ro"):
            check_directory(jvm, tmp_path, "natives cannot be written to", "Read-only file system")
    else:
        tmp_path.chmod(0o555)
        check_directory(jvm, tmp_path, "natives cannot be written to", "Permission denied")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system noexec")
def test_directory_for_natives_where_nothing_is_executed(jvm: Jvm, tmp_path):
    with mounted(tmp_path, "noexec"):
        check_directory(
            jvm, tmp_path, "natives cannot be executed in", "which is probably mounted noexec"
        )


@contextmanager
def mounted(directory: Path, option: str) -> Iterator[None]:
    """Mounts an empty file system on a directory."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size=16m,{option}", "tmpfs", directory]
    if subprocess.run(mount, capture_output=True, timeout=30).returncode:
        pytest.skip("not even root may mount here")
    try:
        yield
    finally:
        subprocess.run(["umount", directory], check=True, timeout=30)


def check_directory(jvm: Jvm, directory: Path, *words: str) -> None:
    """Natives cannot come from this directory, and another one can be named."""
    outcome = jvm.with_options(f"-Djava.io.tmpdir={directory}").run("Start", "")
    assert outcome.status == 0, str(outcome)
    assert outcome.out.startswith("refused ")
    for word in (*words, f"{directory} (java.io.tmpdir)", "-Ddev.naja.tmpdir=DIRECTORY"):
        assert word in outcome.out
    elsewhere = jvm.with_options(f"-Djava.io.tmpdir={directory}", "-Ddev.naja.tmpdir=/tmp")
    assert re.fullmatch(r"started \S+\n", elsewhere.run("Start", "").out)


@pytest.mark.parametrize("executable", ["", "/no/such/python"], ids=["started", "refused"])
def test_no_start_leaves_natives_on_disk(jvm: Jvm, tmp_path: Path, executable):
    outcome = jvm.with_options(f"-Ddev.naja.tmpdir={tmp_path}").run("Start", executable)
    assert outcome.out.startswith("refused " if executable else "started "), str(outcome)
    assert list(tmp_path.iterdir()) == []
