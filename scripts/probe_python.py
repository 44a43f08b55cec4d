"""What stands between this Python and naja? Runs on any Python, 2 included.

Prints the version, then the executable (behind shims such as pyenv's), then one word for each thing
that is wrong: `kind`, `version`, `free-threaded`, `libpython`, `venv`.
"""

import os
import platform
import sys
import sysconfig


def has_libpython():
    minor = "%d.%d" % sys.version_info[:2]
    return maps("/libpython" + minor) or is_installed(minor)


def maps(name):
    """Whether this process has mapped a file: the sure sign, wherever the Python was moved to."""
    try:
        with open("/proc/self/maps") as mapped:
            return any(name in line for line in mapped)
    except (IOError, OSError):
        return False


def is_installed(minor):
    known = sysconfig.get_config_var
    names = [known("INSTSONAME"), "libpython%s.so.1.0" % minor, "libpython%s.so" % minor]
    base = os.path.join(sys.base_prefix, "lib")
    multiarch = known("MULTIARCH") or ""
    libdir = known("LIBDIR") or base
    directories = [libdir, os.path.join(libdir, multiarch), base, os.path.join(base, multiarch)]
    return any(
        os.path.isfile(os.path.join(directory, name))
        for directory in directories
        for name in names
        if name and ".so" in name
    )


def has_venv():
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return False
    return True


def problems():
    if platform.python_implementation() != "CPython":
        return ["kind"]
    if sys.version_info < (3, 9):
        return ["version"]
    found = []
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        found.append("free-threaded")
    if not has_libpython():
        found.append("libpython")
    if not has_venv():
        found.append("venv")
    return found


print(platform.python_version())
print(sys.executable)
print("\n".join(problems()))
