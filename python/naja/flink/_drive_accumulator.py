"""How are aggregate functions of the DataStream API called by Java?

Their accumulators stay in Python; Java has a place for each, see ``naja.flink._pickles``. Both of
PyFlink's shapes do: ``add(value, accumulator)``, which returns the accumulator, and SQL's
``accumulate(accumulator, value)``, which changes it.
"""

from __future__ import annotations

from typing import Any, Callable

from naja.flink import _adapt, _describe
from naja.flink._drive_function import Taken
from naja.flink._pickles import Held


class Accumulating:
    """Runs one aggregate function.

    Args:
        label: What to call it in messages.
        references: What is run, alone in a list.
        import_module: What imports the job's modules.
        arguments: What a class is called with.
        types: The descriptions of the input's type and of the output's.

    Raises:
        TypeError: It is no aggregate function; says what it lacks.
    """

    def __init__(
        self,
        label: str,
        references: list[str],
        import_module: Callable[[str], Any],
        arguments: dict[str, Any],
        types: Any,
    ) -> None:
        self._taken = Taken(references[0], arguments, import_module)
        self._function = function = self._taken.called
        self._in_place = not hasattr(function, "add")
        wanted = ("accumulate", "get_value") if self._in_place else ("add", "get_result")
        for name in ("create_accumulator", *wanted):
            if not callable(getattr(function, name, None)):
                raise TypeError(
                    f"{label} ({_describe.location(function)}) is no aggregate function: "
                    f"it has no {name}"
                )
        inputs, output = types
        self._read = _adapt.reader(inputs[0])
        self._write = _adapt.writer(output)
        self._add = function.accumulate if self._in_place else function.add
        self._get = function.get_value if self._in_place else function.get_result

    def create(self) -> Held:
        """A fresh accumulator."""
        return Held(self._function.create_accumulator())

    def add(self, held: Held, value: Any) -> None:
        """Adds a value to an accumulator."""
        if self._read is not None:
            value = self._read(value)
        if self._in_place:
            self._add(held.value, value)
        else:
            held.value = self._add(value, held.value)

    def merge(self, held: Held, other: Held) -> None:
        """Adds what another accumulator holds."""
        if self._in_place:
            self._function.merge(held.value, [other.value])
        else:
            held.value = self._function.merge(held.value, other.value)

    def result(self, held: Held) -> Any:
        """The result of an accumulator."""
        result = self._get(held.value)
        return result if self._write is None else self._write(result)

    def close(self) -> None:
        """The task ends."""
        self._taken.close()
