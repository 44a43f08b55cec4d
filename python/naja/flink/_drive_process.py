"""How are functions of the DataStream API that give any number of outputs called by Java?

A call is one crossing each way: Java gives an element, and is given a list of outputs, with those
for side outputs beside, and whether to ask for more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import islice
from typing import Any, Callable

from naja.flink import _adapt, _drive_simple
from naja.flink._context import (
    GlobalWindow,
    TaskBroadcastContext,
    TaskContext,
    TaskRuntimeContext,
    TaskWindowContext,
)
from naja.flink._drive_function import Taken
from naja.flink._row import Row
from naja.flink.datastream import TimeWindow
from naja.flink.time import TimeDomain

#: How many outputs cross at once.
_SOME = 1024


class Outputs:
    """What a call has given, on its way to Java.

    Args:
        reference: The function, for messages.
        described: The description of the type of the outputs.
        tags: The name and the description of the type of each side output.
    """

    def __init__(self, reference: str, described: Any, tags: Any) -> None:
        self._reference = reference
        self._write = _adapt.writer(described)
        self._tags = {name: (index, _adapt.writer(type)) for index, (name, type) in enumerate(tags)}
        self._rest: Any = iter(())
        self._sides: deque[tuple[int, Any]] = deque()

    def side(self, tag: Any, value: Any) -> None:
        """Puts a value into a side output.

        Raises:
            ValueError: Java has not declared it.
        """
        name = getattr(tag, "tag_id", tag)
        if name not in self._tags:
            there = ", ".join(self._tags) or "none"
            raise ValueError(
                f"{self._reference} has no side output {name!r}, only {there}: declare it in Java "
                f"by withSideOutputs(new OutputTag<>({name!r}, type))"
            )
        index, write = self._tags[name]
        self._sides.append((index, value if write is None else write(value)))

    def one(self, result: Any) -> Any:
        """The one output of a call."""
        return self._given([result if self._write is None else self._write(result)], False)

    def all(self, results: Iterable[Any] | None) -> Any:
        """What Java gets of a call: outputs, side outputs, whether there is more; or ``None``."""
        if results is None:
            return self._given([], False) if self._sides else None
        if type(results) in _SINGLE:
            raise TypeError(
                f"{self._reference} must yield its outputs or return a list of them, but returned "
                f"one {type(results).__name__}: {results!r:.200}"
            )
        self._rest = iter(results)
        return self.more()

    def more(self) -> Any:
        """The next outputs."""
        outputs = []
        count = 0
        write = self._write
        for result in islice(self._rest, _SOME):
            count += 1
            if type(result) is tuple and len(result) == 2 and hasattr(result[0], "tag_id"):
                self.side(*result)
            else:
                outputs.append(result if write is None else write(result))
        return self._given(outputs, count == _SOME)

    def _given(self, outputs: list[Any], more: bool) -> Any:
        if not self._sides:
            return (outputs, None, more) if outputs or more else None
        sides = list(self._sides)
        self._sides.clear()
        return outputs, sides, more

    def forget(self) -> None:
        """Drops what a call that failed has left."""
        self._sides.clear()
        self._rest = iter(())


_SINGLE = (str, bytes, dict, int, float, bool, Row)


class Process:
    """Runs one function: a process function, or a simpler one as such.

    Args:
        label: What to call it in messages.
        references: What is run; several simple functions run one after the other.
        import_module: What imports the job's modules.
        kind: ``"process"``, ``"map"``, ``"flat_map"``, ``"filter"``, ``"broadcast"`` or
            ``"window"``.
        arguments: What a class is called with.
        java: The Java objects that answer: for the task, for the current call, for states, and for
            what only this kind has.
        types: The descriptions of the inputs' types, of the output's and of the key's.
        tags: The name and the description of the type of each side output.
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
        tags: Any,
    ) -> None:
        task, host, store, special = java
        inputs, output, key = types
        self._label = label
        outputs = self._outputs = Outputs(label, output, tags)
        self.more, self.forget = outputs.more, outputs.forget
        self._read = [_adapt.reader(each) or _itself for each in inputs]
        self._read_key = _adapt.reader(key) or _itself
        self._functions = [Taken(each, arguments, import_module) for each in references]
        self._context: Any
        if kind == "broadcast":
            self._context = TaskBroadcastContext(host, key, outputs.side, special)
        elif kind == "window":
            self._context = TaskWindowContext(host, key, outputs.side, special)
        else:
            self._context = TaskContext(host, key, outputs.side)
        self._bind(self._functions[0], kind)
        for each in self._functions:
            each.open(TaskRuntimeContext(task, host, store))

    def _bind(self, function: Taken, kind: str) -> None:
        outputs = self._outputs
        if kind in _drive_simple.METHODS:
            call = _drive_simple.chain(self._functions, kind)
            if kind == "flat_map":
                self._call = lambda value, context: outputs.all(call(value))
            elif kind == "filter":
                self._call = lambda value, context: outputs.one(value) if call(value) else None
            else:
                self._call = lambda value, context: outputs.one(call(value))
        elif kind == "window":
            self._process = function.method("process", "apply")
            self._clear = function.optional("clear")
            self._plain = getattr(self._process, "__name__", "") == "apply"
        else:
            element = function.method("process_element", "process_element1")
            other = "process_element2" if kind == "process" else "process_broadcast_element"
            self._other = function.optional(other) or self._missing(other)
            self._timer = function.optional("on_timer") or self._missing("on_timer")
            self._call = lambda value, context: outputs.all(element(value, context))

    def _missing(self, name: str) -> Callable[..., Any]:
        def fail(value: Any, context: Any) -> Any:
            raise TypeError(f"{self._label} has no {name}, which Flink calls")

        return fail

    def element(self, value: Any, timestamp: int | None) -> Any:
        """An element of the first input."""
        context = self._context
        context._timestamp = timestamp
        return self._call(self._read[0](value), context)

    def other(self, value: Any, timestamp: int | None) -> Any:
        """An element of the second input."""
        context = self._context
        context._timestamp = timestamp
        return self._outputs.all(self._other(self._read[1](value), context))

    def timer(self, timestamp: int, domain: str) -> Any:
        """A timer that fires."""
        context = self._context
        context._timestamp, context._domain = timestamp, TimeDomain[domain]
        try:
            return self._outputs.all(self._timer(timestamp, context))
        finally:
            context._domain = None

    def window(self, key: Any, elements: list[Any], start: int | None, end: int | None) -> Any:
        """A window that fires."""
        context = self._context
        context._window = _window(start, end)
        seen = context._window if self._plain else context
        elements = list(map(self._read[0], elements))
        return self._outputs.all(self._process(self._read_key(key), seen, elements))

    def clear(self, start: int | None, end: int | None) -> None:
        """A window that is over."""
        if self._clear is not None:
            self._context._window = _window(start, end)
            self._clear(self._context)

    def close(self) -> None:
        """The task ends."""
        for each in reversed(self._functions):
            each.close()


def _window(start: int | None, end: int | None) -> Any:
    return GlobalWindow() if start is None or end is None else TimeWindow(start, end)


def _itself(value: Any) -> Any:
    return value
