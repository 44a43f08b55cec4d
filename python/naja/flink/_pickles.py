"""How are values kept that only Python reads: accumulators, states of no declared type?

Java holds a `Held` by reference, so that the value within can be changed and replaced, and asks for
its pickle when Flink writes the state down.
"""

from __future__ import annotations

import pickle
from typing import Any, Callable

#: What each Python that naja runs on can read; Java's serializer tells it to later versions.
PROTOCOL = 5


class Held:
    """A place for a value that Java refers to.

    Attributes:
        value: Any object; picklable, if it is in a state.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def of(
    owner: str, import_module: Callable[[str], Any]
) -> tuple[Callable[[Held], bytes], Callable[[bytes], Held]]:
    """What pickles and unpickles the values of one function.

    Args:
        owner: The function's reference, for messages.
        import_module: What imports the job's modules, where the classes of values are.
    """
    # Runs a function such that names of modules are those of the job.
    run = getattr(getattr(import_module, "__self__", None), "call", _run)

    def dumps(held: Held) -> bytes:
        try:
            return run(pickle.dumps, held.value, PROTOCOL)
        except Exception as error:
            raise TypeError(
                f"{owner} keeps {_kind(held.value)} in its state that cannot be pickled: {error}. "
                "Keep data alone there, and open files, models and connections in open()"
            ) from error

    def loads(data: bytes) -> Held:
        try:
            return Held(run(pickle.loads, data))
        except Exception as error:
            raise ValueError(
                f"{owner} cannot read its state of {len(data)} bytes: {type(error).__name__}: "
                f"{error}. Keep the classes of what is in a state where they were, under their "
                "names, or give them __setstate__"
            ) from error

    return dumps, loads


def _run(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _kind(value: Any) -> str:
    name = type(value).__qualname__
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"
