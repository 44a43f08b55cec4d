from __future__ import annotations

import sys

import pytest

GUARD = "from naja import _guards\n_guards.install(); _guards.install()\n"
linux = pytest.mark.skipif(sys.platform != "linux", reason="libjsig is looked for in /proc")


def test_faulthandler_refuses_and_names_the_mend(isolated):
    out = isolated(
        GUARD
        + """
import faulthandler, signal
for call in (faulthandler.enable, lambda: faulthandler.register(signal.SIGQUIT)):
    try:
        call()
    except RuntimeError as error:
        print(error)
print(faulthandler.is_enabled())
"""
    )
    enable, register, enabled = out.splitlines()
    assert enable.startswith("faulthandler.enable() is refused: it would take SIGSEGV from")
    assert "LD_PRELOAD=$JAVA_HOME/lib/libjsig.so" in enable
    assert register.startswith("faulthandler.register(SIGQUIT) is refused: it would take SIGQUIT")
    assert enabled == "False"


def test_faulthandler_that_the_environment_enabled_is_disabled(isolated):
    out = isolated(
        """
import io, sys
said = sys.stderr = io.StringIO()
"""
        + GUARD
        + """
import faulthandler
print(faulthandler.is_enabled(), said.getvalue().count("LD_PRELOAD"))
""",
        "-Xfaulthandler",
    )
    assert out.strip() == "False 1"


def test_faulthandler_registers_signals_that_the_jvm_leaves_alone(isolated):
    out = isolated(
        GUARD
        + """
import faulthandler, signal
faulthandler.register(signal.SIGUSR1, file=open("/dev/null", "w"))
print(faulthandler.unregister(signal.SIGUSR1))
faulthandler.dump_traceback_later(60, file=open("/dev/null", "w"))
faulthandler.cancel_dump_traceback_later()
"""
    )
    assert out.strip() == "True"


@linux
def test_faulthandler_works_where_signals_are_chained(isolated, tmp_path):
    library = tmp_path / "libjsig.so"
    library.write_bytes(b"x" * 4096)
    out = isolated(
        GUARD
        + f"""
import faulthandler, mmap
with open({str(library)!r}, "rb") as file:
    mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
faulthandler.enable(file=open("/dev/null", "w"))
print(faulthandler.is_enabled())
"""
    )
    assert out.strip() == "True"


def test_fork_refuses_and_names_the_mend(isolated):
    out = isolated(
        GUARD
        + """
import os, pty
for call in (os.fork, os.forkpty, pty.fork):
    try:
        call()
    except RuntimeError as error:
        print(error)
print(os.fork.__name__, os.fork.__doc__.splitlines()[0])
"""
    )
    fork, forkpty, pty_fork, named = out.splitlines()
    assert fork.startswith("os.fork() inside a JVM")
    assert "subprocess" in fork and "get_context('spawn')" in fork
    assert forkpty.startswith("os.forkpty() inside a JVM")
    assert pty_fork == forkpty
    assert named == "fork Fork a child process."


def test_subprocess_works(isolated):
    out = isolated(
        GUARD
        + """
import os, subprocess, sys
print(subprocess.check_output(["echo", "plain"], text=True), end="")
print(subprocess.check_output("echo shell", shell=True, text=True), end="")
print(subprocess.run(["cat"], input="in", capture_output=True, text=True, cwd="/",
                     close_fds=True, start_new_session=True).stdout)
print(os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)[1], os.system("true"))
print(subprocess.check_output(["echo", "hook"], text=True, preexec_fn=lambda: None), end="")
"""
    )
    assert out.splitlines() == ["plain", "shell", "in", "0 0", "hook"]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_multiprocessing_works_without_fork(isolated, method):
    out = isolated(
        GUARD
        + f"""
import math, multiprocessing
with multiprocessing.get_context({method!r}).Pool(2) as pool:
    print(pool.map(math.sqrt, [4.0, 9.0]))
"""
    )
    assert out.strip() == "[2.0, 3.0]"


def test_multiprocessing_by_fork_refuses(isolated):
    out = isolated(
        GUARD
        + """
import multiprocessing, os
try:
    multiprocessing.get_context("fork").Process(target=os.getpid).start()
except RuntimeError as error:
    print(error)
"""
    )
    assert out.startswith("os.fork() inside a JVM")
