"""How do the packages of a requirements file get into a directory of their own?"""

from __future__ import annotations

import json
import subprocess
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Seconds that pip may take.
TIMEOUT = 1800


def install(requirements: str, wheels: str | None, directory: str) -> None:
    """Installs what a requirements file asks for and the environment has not, by pip.

    Args:
        requirements: The file.
        wheels: A directory that packages are taken from, and from nowhere else; ``None`` lets pip
            ask its index.
        directory: Where to install to; half of it may be there after a failure.

    Raises:
        ImportError: pip failed; the message has what it printed and how it was called.
    """
    source = [] if wheels is None else ["--no-index", "--find-links", wheels]
    report = _pip(["install", "--dry-run", "--quiet", "--report", "-", *source, "-r", requirements])
    wanted = [_source(each) for each in json.loads(report)["install"]]
    if wanted:
        _pip(["install", "--quiet", "--no-deps", "--target", directory, *source, *wanted])


def _source(item: dict[str, Any]) -> str:
    return f"{item['metadata']['name']} @ {item['download_info']['url']}"


def _pip(arguments: list[str]) -> str:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise ImportError(f"pip took more than {TIMEOUT} s: {' '.join(command)}") from None
    if done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip())[-4000:]
        mend = ""
        if "No module named pip" in said:
            mend = f"; install it: {sys.executable} -m ensurepip"
        elif "no such option: --report" in said or "no such option: --dry-run" in said:
            mend = f"; pip 22.2 or later is needed: {sys.executable} -m pip install -U pip"
        raise ImportError(
            f"the packages of 'python.requirements' cannot be installed{mend}\n"
            f"  ran: {' '.join(command)}\n  it said: {said}"
        )
    return done.stdout
