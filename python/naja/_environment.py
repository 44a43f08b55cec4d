"""Does this environment have what the Java side asks for?"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def require_packages(requirements: list[str]) -> None:
    """Checks that distributions are installed, in versions that do.

    Args:
        requirements: Names with optional version specifiers, as in ``numpy>=1.24,<3`` (PEP 440
            and 508). Extras are ignored.

    Raises:
        ImportError: With every requirement that is not met, what was found and how to install it.
        ValueError: A requirement cannot be read; markers and URLs are not supported.
    """
    unmet = [(wanted, found) for wanted in requirements if (found := _unmet(wanted)) is not None]
    if unmet:
        lines = [f"  {wanted}: {found}" for wanted, found in unmet]
        install = " ".join(f"'{wanted}'" for wanted, _ in unmet)
        raise ImportError(
            f"the environment of {sys.executable} lacks required packages:\n"
            + "\n".join(lines)
            + f"\nTo install them, run: {sys.executable} -m pip install {install}"
        )


def _unmet(requirement: str) -> str | None:
    """What was found instead, or ``None`` if the requirement is met."""
    import re
    from importlib.metadata import PackageNotFoundError, version

    name, specifiers = r"[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?", r"\(?([^()@;]*)\)?"
    match = re.fullmatch(rf"\s*({name})\s*(?:\[[^]]*\])?\s*{specifiers}\s*", requirement)
    parts = [part.strip() for part in match[2].split(",") if part.strip()] if match else []
    pairs = [re.fullmatch(r"(~=|===?|!=|<=|>=|<|>)\s*(\S+)", part) for part in parts]
    try:
        if match is None or None in pairs:
            raise ValueError("expected a name and version specifiers, such as 'numpy>=1.24,<3'")
        conditions = [_condition(pair[1], pair[2]) for pair in pairs if pair]
    except ValueError as error:
        raise ValueError(f"cannot read the requirement {requirement!r}: {error}") from None
    try:
        found = version(match[1])
    except PackageNotFoundError:
        return "not installed"
    return None if all(meets(found) for meets in conditions) else f"found {found}"


def _condition(operator: str, wanted: str) -> Callable[[str], bool]:
    """What a version must meet for one specifier (PEP 440, "Version specifiers")."""
    if operator == "===":
        return lambda found: found.lower() == wanted.lower()
    if operator in ("==", "!=") and wanted.endswith(".*"):
        start = _Version(wanted[:-2])
        return lambda found: _Version(found).is_of(start, start.length) == (operator == "==")
    limit = _Version(wanted)
    if operator == "~=":
        length = limit.length - 1
        if length < 2:
            raise ValueError(f"~= wants a version with at least two numbers, not {wanted!r}")
        return lambda found: (
            _Version(found).is_of(limit, length) and _Version(found).key >= limit.key
        )
    return lambda found: _compare(_Version(found), operator, limit)


def _compare(found: _Version, operator: str, limit: _Version) -> bool:
    if operator in ("==", "!="):
        same_local = limit.local in (None, found.local)
        return (found.key == limit.key and same_local) == (operator == "==")
    if operator == "<=":
        return found.key <= limit.key
    if operator == ">=":
        return found.key >= limit.key
    # Neither 2.0rc1 < 2.0 nor 2.0.post1 > 2.0 is what is meant.
    if operator == "<":
        same = (found.release, found.post) == (limit.release, limit.post)
        return found.key < limit.key and (limit.is_early or not (same and found.is_early))
    same = found.key[:2] == limit.key[:2]
    return found.key > limit.key and (limit.post >= 0 or not (same and found.post >= 0))


class _Version:
    """A version as PEP 440 reads and orders it."""

    def __init__(self, text: str) -> None:
        import re

        match = re.fullmatch(
            r"v?(?:(\d+)!)?(\d+(?:\.\d+)*)"
            r"(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?"
            r"(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?"
            r"(?:[-_.]?dev[-_.]?(\d*))?"
            r"(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?",
            text.strip().lower(),
        )
        if match is None:
            raise ValueError(f"{text!r} is no version as PEP 440 defines them")
        epoch, release, stage, number, post_number, post, dev, self.local = match.groups()
        post = post if post_number is None else post_number
        self.post = -1 if post is None else int(post or 0)
        self.is_early = stage is not None or dev is not None
        #: The numbers with the epoch in front and without zeros at the end.
        self.release = [int(epoch or 0), *map(int, release.split("."))]
        self.length = len(self.release)
        while self.release[-1] == 0 and len(self.release) > 1:
            del self.release[-1]
        # 1.dev0 < 1a0.dev0 < 1a0 < 1b0 < 1rc0 < 1 < 1.post0.dev0 < 1.post0
        before = -1 if dev is not None and post is None else 3
        self.key = (
            self.release,
            (before, 0) if stage is None else ("ab".find(stage[0]) % 3, int(number or 0)),
            self.post,
            float("inf") if dev is None else int(dev or 0),
        )

    def is_of(self, other: _Version, length: int) -> bool:
        """Whether so many numbers are the same, zeros appended."""
        padding = [0] * length
        return (self.release + padding)[:length] == (other.release + padding)[:length]
