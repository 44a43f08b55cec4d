"""How does a test get an installation that is like conda's, without conda and its channels?"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from pathlib import Path

from harness.machine import Python

_QUESTION = """
import json, sysconfig
names = ("LIBDIR", "INSTSONAME", "LIBPL", "LIBRARY", "CC", "LINKFORSHARED", "LIBS", "SYSLIBS")
print(json.dumps({
    "stdlib": sysconfig.get_paths()["stdlib"],
    **{name: sysconfig.get_config_var(name) for name in names},
}))
"""

#: What conda's has, but no test needs.
_LEFT_OUT = ("site-packages", "test", "config-*", "idlelib", "lib2to3", "ensurepip", "__pycache__")


def environment(python: Python, prefix: Path) -> Path:
    """An installation in a directory of its own, made of another one's parts; gives its executable.

    As in conda's, the executable is linked statically and the shared library lies in ``lib``
    unused; the standard library comes along, so that the whole can be packed and moved; what
    ``sysconfig`` says is of the place where it was built.
    """
    asked = [python.executable, "-I", "-c", _QUESTION]
    facts = json.loads(subprocess.run(asked, capture_output=True, check=True, timeout=60).stdout)
    name = f"python{python.minor}"
    for folder in ("bin", "conda-meta"):
        (prefix / folder).mkdir(parents=True)
    (prefix / "conda-meta" / "history").write_text(f"# update specs: ['python={python.minor}']\n")
    stdlib = prefix / "lib" / name
    shutil.copytree(facts["stdlib"], stdlib, ignore=shutil.ignore_patterns(*_LEFT_OUT))
    (stdlib / "site-packages").mkdir()
    shutil.copy(Path(facts["LIBDIR"], facts["INSTSONAME"]), prefix / "lib")
    executable = prefix / "bin" / name
    parts = [Path(facts["LIBPL"], part) for part in ("python.o", facts["LIBRARY"])]
    flags = shlex.split(f"{facts['LINKFORSHARED']} {facts['LIBS']} {facts['SYSLIBS']}")
    link = [*shlex.split(facts["CC"]), "-o", executable, *parts, *flags]
    subprocess.run(link, check=True, timeout=120)
    for link_name in ("python", "python3"):
        (prefix / "bin" / link_name).symlink_to(name)
    return prefix / "bin" / "python"
