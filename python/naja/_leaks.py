"""What do Java and Python hold of each other?

An object that one side holds lives until that side lets go. Both collectors see to that, but
neither sees a cycle through both: a Java object that holds a Python object that holds the Java
object. `leaks` counts what is held and names the Python objects from which such a cycle may go.
"""

from __future__ import annotations

from naja import _bridge
from naja._errors import JavaException

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

#: How many objects are looked at, at most, from each Python object that Java holds.
MAX_OBJECTS = 10_000

#: How many calls of a creation stack are kept.
MAX_STACK = 25

#: How many objects of a class are shown with their creation stacks.
MAX_STACKS = 5


class Leaks:
    """What the two sides hold of each other at one moment; printed, a report. Holds nothing itself.

    Attributes:
        java_objects: How many Java objects Python holds, by class, the most first.
        python_objects: How many Python objects Java holds, by type, the most first.
        suspects: The ways from Python objects that Java holds to Java objects that Python holds,
            as names of types, each with how many objects begin one.
        stacks: Where Java objects were first met, by class, if `trace_leaks` is on; a few of each.
    """

    def __init__(
        self,
        java_objects: dict[str, int],
        python_objects: dict[str, int],
        suspects: dict[str, int],
        stacks: dict[str, list[str]],
    ) -> None:
        self.java_objects = java_objects
        self.python_objects = python_objects
        self.suspects = suspects
        self.stacks = stacks

    def __repr__(self) -> str:
        java, python, suspects = (
            sum(counts.values())
            for counts in (self.java_objects, self.python_objects, self.suspects)
        )
        return f"<naja.leaks(): {java} of Java, {python} of Python, {suspects} suspects>"

    def __str__(self) -> str:
        lines = [*_counts("Java objects that Python holds", self.java_objects)]
        for name, stacks in self.stacks.items():
            for stack in stacks:
                lines += [f"  a {name} was made at", *(f"    {line}" for line in stack.split("\n"))]
        lines += _counts("Python objects that Java holds", self.python_objects)
        lines += _counts("of these may be part of a cycle that no collector sees", self.suspects)
        return "\n".join(lines)


def _counts(title: str, counts: dict[str, int]) -> Iterator[str]:
    yield f"{sum(counts.values())} {title}:"
    for name, count in counts.items():
        yield f"  {count:6} {name}"


def leaks() -> Leaks:
    """Counts what Java and Python hold of each other, and looks for cycles through both.

    A suspect is a Python object that Java holds, from which a Java object can be reached. It is a
    leak if that Java object, in turn, holds the Python object. Modules, classes and global names
    are not followed, and not more than `MAX_OBJECTS` objects from each.

    Unreachable Python objects are collected first. May be called on any thread.
    """
    import gc
    from collections import Counter

    gc.collect()
    java = Counter(map(_name, _bridge.live_java_objects()))
    held = _bridge.live_python_objects()
    python = Counter(map(_name, held))
    suspects = Counter(filter(None, map(_path_to_java, held)))
    counts = [dict(counter.most_common()) for counter in (java, python, suspects)]
    return Leaks(*counts, _creation_stacks())


def trace_leaks(on: bool) -> None:
    """Switches on or off that the Python stack is kept with each Java object that is met from then.

    By ``tracemalloc``, which slows Python down and takes memory.
    """
    import tracemalloc

    if on:
        tracemalloc.start(MAX_STACK)
    else:
        tracemalloc.stop()


def _name(value: Any) -> str:
    kind = type(value)
    return getattr(kind, "__java_name__", None) or f"{kind.__module__}.{kind.__qualname__}"


def _creation_stacks() -> dict[str, list[str]]:
    import tracemalloc

    found: dict[str, list[str]] = {}
    if not tracemalloc.is_tracing():
        return found
    for value in _bridge.live_java_objects():
        stacks = found.setdefault(_name(value), [])
        trace = tracemalloc.get_object_traceback(value) if len(stacks) < MAX_STACKS else None
        if trace is not None:
            frames = [frame for frame in trace if not frame.filename.startswith("<naja>/")]
            stacks.append("\n".join(f"{frame.filename}:{frame.lineno}" for frame in frames))
    return {name: stacks for name, stacks in found.items() if stacks}


def _path_to_java(start: object) -> str | None:
    """The shortest way from an object to a Java object, in words."""
    import gc

    if _is_global(start):
        return None
    came: dict[int, tuple[Any, Any]] = {id(start): (start, None)}
    row = [start]
    while row:
        following = []
        for value in row:
            for referent in gc.get_referents(value):
                if id(referent) in came or _is_global(referent):
                    continue
                came[id(referent)] = (referent, value)
                if isinstance(referent, (_bridge.JavaObject, JavaException)):
                    return _told(came, referent)
                following.append(referent)
                if len(came) >= MAX_OBJECTS:
                    return None
        row = following
    return None


def _is_global(value: object) -> bool:
    """Whether everything is reached from an object, so that it says nothing."""
    from types import ModuleType

    return isinstance(value, (type, ModuleType)) or (
        type(value) is dict and "__builtins__" in value and "__name__" in value
    )


def _told(came: dict[int, tuple[Any, Any]], end: object) -> str:
    names = [_name(end)]
    value = came[id(end)][1]
    while value is not None:
        names.append(_name(value))
        value = came[id(value)][1]
    return " -> ".join(reversed(names))
