from __future__ import annotations


def test_runs_exit_functions_then_passes_output_on(isolated):
    out = isolated("""
import atexit, sys
from naja import _exit, _output
class Native:
    written = []
    def write(self, stream, text): self.written.append((stream, text))
_output.install(Native())
atexit.register(lambda: sys.stdout.write("last words"))
_exit.run()
_exit.run()
_output.uninstall()
print(Native.written)
""")
    assert out.strip() == "[(1, 'last words')]"


def test_never_raises(isolated):
    out = isolated("""
import atexit, sys
from naja import _exit, _output
class Native:
    errors = []
    def write(self, stream, text):
        if stream == 1: raise OSError("closed")
        self.errors.append(text)
_output.install(Native())
atexit.register(lambda: 1 / 0)
atexit.register(sys.exit, 3)
sys.stdout.write("lost")
_exit.run()
_output.sys.stdout = _output.sys.__stdout__
_output.uninstall()
print("ZeroDivisionError: division by zero" in "".join(Native.errors))
""")
    assert out.strip() == "True"
