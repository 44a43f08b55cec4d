"""What do ``@udf`` and its kin say of a function?

They leave the function what it is, so that a test calls it like any other, and keep what they were
told in an attribute that `naja.flink._describe` reads when a job is planned.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Union

    from naja.flink._sql_types import SqlType

    Type = Union[str, SqlType]

#: The attribute that keeps what a decorator was told.
MARK = "__naja_flink__"

_FUNC_TYPES = ("general", "pandas", "arrow")


def udf(
    f: Any = None,
    input_types: Type | Sequence[Type] | None = None,
    result_type: Type | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
    udf_type: str | None = None,
) -> Any:
    """Says that a function, or an object or class with ``eval``, is a scalar function in SQL.

    Args:
        f: The function, or an object or class that has ``eval``; none where the decorator has
            arguments.
        input_types: The SQL types of the arguments, as text (``"BIGINT, STRING"``) or a list; none
            where hints say them, or any type will do.
        result_type: The SQL type of the result; none where a hint says it.
        deterministic: Whether equal arguments give equal results; true unless said otherwise, or
            what ``is_deterministic`` says.
        name: What the function is called in plans; its own name, if none.
        func_type: ``"general"`` for a value at a time, ``"pandas"`` for a Series of many,
            ``"arrow"`` for an Arrow array of many.
        udf_type: The old name of ``func_type``.

    Raises:
        TypeError: It cannot be called and has no ``eval``.
        ValueError: A type is not one, or there is no such ``func_type``.
    """
    return _marker(
        "scalar", f, input_types, result_type, deterministic, name, udf_type or func_type
    )


def udtf(
    f: Any = None,
    input_types: Type | Sequence[Type] | None = None,
    result_types: Type | Sequence[Type] | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    *,
    result_type: Type | None = None,
) -> Any:
    """Says that a generator, or an object or class with ``eval``, is a table function in SQL.

    Args:
        f: As in `udf`.
        input_types: As in `udf`.
        result_types: The types of the columns of a row: a list of types, or one ``ROW<...>``, which
            names them too.
        deterministic: As in `udf`.
        name: As in `udf`.
        result_type: The same as ``result_types``.

    Raises:
        TypeError: As in `udf`.
        ValueError: As in `udf`.
    """
    results = result_types if result_type is None else result_type
    return _marker("table", f, input_types, results, deterministic, name, "general")


def udaf(
    f: Any = None,
    input_types: Type | Sequence[Type] | None = None,
    result_type: Type | None = None,
    accumulator_type: Type | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
) -> Any:
    """Says that an object or class with ``accumulate`` is an aggregate function in SQL.

    With ``func_type="pandas"`` it is a function that takes a Series for each argument, all values
    of a group, and returns one value.

    Args:
        f: As in `udf`, with ``create_accumulator``, ``accumulate`` and ``get_value``.
        input_types: As in `udf`.
        result_type: As in `udf`.
        accumulator_type: The SQL type of the accumulator; none for one that only Python reads,
            which Flink keeps pickled.
        deterministic: As in `udf`.
        name: As in `udf`.
        func_type: ``"general"`` or ``"pandas"``.

    Raises:
        TypeError: As in `udf`.
        ValueError: As in `udf`.
    """
    return _marker(
        "aggregate", f, input_types, result_type, deterministic, name, func_type, accumulator_type
    )


def udtaf(
    f: Any = None,
    input_types: Type | Sequence[Type] | None = None,
    result_type: Type | None = None,
    accumulator_type: Type | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
) -> Any:
    """Says that an object or class with ``emit_value`` is a table aggregate function.

    Args:
        f: As in `udaf`, with ``emit_value``, which yields rows, in place of ``get_value``.
        input_types: As in `udf`.
        result_type: The type of a row, ``ROW<...>``.
        accumulator_type: As in `udaf`.
        deterministic: As in `udf`.
        name: As in `udf`.
        func_type: ``"general"``.

    Raises:
        TypeError: As in `udf`.
        ValueError: As in `udf`.
    """
    return _marker(
        "table_aggregate",
        f,
        input_types,
        result_type,
        deterministic,
        name,
        func_type,
        accumulator_type,
    )


class Mark:
    """What a decorator was told.

    Attributes:
        kind: ``"scalar"``, ``"table"``, ``"aggregate"`` or ``"table_aggregate"``.
        input_types: A list of `SqlType`, or ``None``.
        result_type: A `SqlType`, or ``None``.
        accumulator_type: A `SqlType`, or ``None``.
        deterministic: ``None`` if nothing was said.
        name: ``None`` if nothing was said.
        func_type: ``"general"``, ``"pandas"`` or ``"arrow"``.
    """

    __slots__ = (
        "accumulator_type",
        "deterministic",
        "func_type",
        "input_types",
        "kind",
        "name",
        "result_type",
    )

    def __init__(
        self,
        kind: str,
        input_types: Any,
        result_type: Any,
        deterministic: bool | None,
        name: str | None,
        func_type: str,
        accumulator_type: Any,
    ) -> None:
        from naja.flink import _given_types

        if func_type not in _FUNC_TYPES:
            raise ValueError(
                f"func_type={func_type!r}: it is one of {', '.join(map(repr, _FUNC_TYPES))}"
            )
        self.kind, self.func_type = kind, func_type
        self.deterministic, self.name = deterministic, name
        self.input_types = _given_types.several(input_types)
        self.result_type = (
            _given_types.row(result_type) if kind == "table" else _given_types.one(result_type)
        )
        self.accumulator_type = _given_types.one(accumulator_type)


class _Marked:
    """Stands for what has no room for a mark: a method of an object, a function written in C."""

    def __init__(self, function: Any) -> None:
        self._function = function
        self.__wrapped__ = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._function(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name == "_function":
            raise AttributeError(name)
        return getattr(self._function, name)


def _marker(
    kind: str,
    target: Any,
    input_types: Any,
    result_type: Any,
    deterministic: bool | None,
    name: str | None,
    func_type: str,
    accumulator_type: Any = None,
) -> Any:
    mark = Mark(kind, input_types, result_type, deterministic, name, func_type, accumulator_type)

    def attach(function: Callable[..., Any]) -> Any:
        if not callable(function) and not _has_methods(function):
            raise TypeError(
                f"@{_DECORATORS[kind]} takes a function, or an object or class that has "
                f"{_METHODS[kind]}, not {function!r}"
            )
        try:
            setattr(function, MARK, mark)
        except (AttributeError, TypeError):
            function = _Marked(function)
            setattr(function, MARK, mark)
        # Where PyFlink's users find the function that they test.
        function._func = function
        return function

    return attach if target is None else attach(target)


_DECORATORS = {
    "scalar": "udf",
    "table": "udtf",
    "aggregate": "udaf",
    "table_aggregate": "udtaf",
}

_METHODS = {
    "scalar": "eval",
    "table": "eval",
    "aggregate": "accumulate",
    "table_aggregate": "accumulate",
}


def _has_methods(target: Any) -> bool:
    return any(hasattr(target, method) for method in set(_METHODS.values()))
