"""How are functions that make one value of one called by Java: map, filter, key?"""

from __future__ import annotations

from typing import Any, Callable

from naja.flink import _adapt, _drive_function
from naja.flink._context import TaskRuntimeContext
from naja.flink._drive_function import Taken

#: The methods of functions that know nothing of their context.
METHODS = {
    "map": ("map", "eval"),
    "flat_map": ("flat_map", "eval"),
    "filter": ("filter", "eval"),
    "key": ("get_key", "eval"),
}


def chain(functions: list[Taken], kind: str) -> Callable[[Any], Any]:
    """One function that runs several one after the other.

    Raises:
        TypeError: One cannot be called.
    """
    methods = [each.method(*METHODS[kind]) for each in functions]
    if len(methods) == 1:
        return methods[0]

    def call(value: Any) -> Any:
        for each in methods:
            value = each(value)
        return value

    return call


class Simple:
    """Runs functions that make one value of one, one after the other.

    ``call`` is the user's own function where nothing has to be done to the values.

    Args:
        label: What to call it in messages.
        references: What is run.
        import_module: What imports the job's modules.
        kind: A key of `METHODS`.
        arguments: What a class is called with.
        java: The Java objects that answer: for the task, for the current call, for states; ``None``
            where there are none, and ``open`` is not called.
        types: The descriptions of the inputs' types and of the output's.
    """

    def __init__(
        self,
        label: str,
        references: list[str],
        import_module: Callable[[str], Any],
        kind: str,
        arguments: dict[str, Any],
        java: Any,
        types: Any,
    ) -> None:
        inputs, output = types
        self._functions = [Taken(each, arguments, import_module) for each in references]
        call = chain(self._functions, kind)
        if kind == "filter":
            call = _truth(call)
        for each in self._functions:
            if java is not None:
                each.open(TaskRuntimeContext(*java))
        read, write = _adapt.reader(inputs[0]), _adapt.writer(output)
        self.call = _drive_function.adapted(call, read, write)

    def close(self) -> None:
        """The task ends."""
        for each in reversed(self._functions):
            each.close()


def _truth(call: Callable[[Any], Any]) -> Callable[[Any], bool]:
    return lambda value: bool(call(value))
