"""How does a Python function answer the lookups of a join?"""

from __future__ import annotations

from naja.flink import _adapt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any


def one(
    function: Callable[..., Any], names: Sequence[str], types: Sequence[Any], keys: Sequence[int]
) -> Callable[..., Sequence[tuple[Any, ...]]]:
    """The function as Java asks it for one key.

    Args:
        function: Takes the values of the key, in the order of the table's columns, and returns a
            row, several rows, or ``None``.
        names: The names of the table's columns.
        types: The descriptions of their types.
        keys: Which columns are the key, in the order in which Java passes them.

    Returns:
        A callable that takes the key's values and returns the rows as tuples of all columns.
    """
    rows = _Rows(function, names, types, keys)
    return lambda *key: rows(key, function(*rows.ordered(key)))


def many(
    function: Callable[..., Any], names: Sequence[str], types: Sequence[Any], keys: Sequence[int]
) -> tuple[str, Callable[[list[tuple[Any, ...]]], list[Any]]]:
    """The function as Java asks it for many keys at once.

    An object with ``eval_many`` is given all keys in one call, as a list of tuples, and returns
    what `one` describes for each; another one is called key by key.

    Args:
        function: As in `one`.
        names: As in `one`.
        types: As in `one`.
        keys: As in `one`.

    Returns:
        The form of the batch, which is a list of keys, and a callable that takes it and returns a
        sequence of rows for each; an exception where the lookup of that key has failed.
    """
    rows = _Rows(function, names, types, keys)
    together = getattr(getattr(function, "__self__", function), "eval_many", None)
    if together is None:

        def each(key: tuple[Any, ...]) -> Any:
            try:
                return rows(key, function(*rows.ordered(key)))
            except Exception as failure:
                return failure

        return "rows", lambda asked: list(map(each, asked))

    def all_of(asked: list[tuple[Any, ...]]) -> list[Any]:
        answers = list(together([rows.ordered(key) for key in asked]))
        if len(answers) != len(asked):
            raise ValueError(
                f"eval_many has returned {len(answers)} answers for {len(asked)} keys: it must "
                "return one for each, in their order; None where there is no row"
            )
        return list(map(rows, asked, answers))

    return "rows", all_of


class _Rows:
    """Makes rows of the table of what a lookup has returned."""

    def __init__(
        self, function: Any, names: Sequence[str], types: Sequence[Any], keys: Sequence[int]
    ) -> None:
        self._name = getattr(function, "__qualname__", type(function).__qualname__)
        self._names, self._keys = tuple(names), tuple(keys)
        self._order = sorted(range(len(self._keys)), key=self._keys.__getitem__)
        self._others = [i for i in range(len(self._names)) if i not in self._keys]
        self._writers = [_adapt.writer(each) for each in types]

    def ordered(self, key: tuple[Any, ...]) -> tuple[Any, ...]:
        """The key's values in the order of the table's columns."""
        return tuple(key[i] for i in self._order)

    def __call__(self, key: tuple[Any, ...], answer: Any) -> Sequence[tuple[Any, ...]]:
        if answer is None:
            return ()
        if _is_row(answer):
            return (self._row(key, answer),)
        if isinstance(answer, (str, bytes)) or not hasattr(answer, "__iter__"):
            raise TypeError(
                f"{self._name} has returned {answer!r}: a lookup returns a Row, dict or tuple of "
                f"the table's columns, several of them, or None"
            )
        return [self._row(key, row) for row in answer]

    def _row(self, key: tuple[Any, ...], row: Any) -> tuple[Any, ...]:
        values: list[Any] = [None] * len(self._names)
        for place, value in zip(self._keys, key):
            values[place] = value
        named = _as_dict(row)
        if named is not None:
            unknown = [name for name in named if name not in self._names]
            missing = [self._names[i] for i in self._others if self._names[i] not in named]
            if unknown or missing:
                problem = (
                    f"with the field {unknown[0]!r}, which the table has not"
                    if unknown
                    else f"without the column {missing[0]!r}"
                )
                raise ValueError(
                    f"{self._name} has returned a row {problem}; the table has "
                    f"{', '.join(self._names)}"
                )
            for i, name in enumerate(self._names):
                if name in named:
                    values[i] = self._written(i, named[name])
            return tuple(values)
        row = tuple(row)
        if len(row) not in (len(values), len(self._others)):
            raise ValueError(
                f"{self._name} has returned a row of {len(row)} values; the table has "
                f"{len(values)} columns: {', '.join(self._names)}"
            )
        places = range(len(values)) if len(row) == len(values) else self._others
        for i, value in zip(places, row):
            values[i] = self._written(i, value)
        return tuple(values)

    def _written(self, index: int, value: Any) -> Any:
        write = self._writers[index]
        return value if write is None or value is None else write(value)


def _is_row(answer: Any) -> bool:
    return (
        isinstance(answer, dict)
        or hasattr(answer, "as_dict")
        or hasattr(answer, "__dataclass_fields__")
        or (
            isinstance(answer, tuple)
            and not (answer and all(isinstance(each, (dict, tuple)) for each in answer))
        )
    )


def _as_dict(row: Any) -> dict[str, Any] | None:
    if isinstance(row, dict):
        return row
    if hasattr(row, "__dataclass_fields__"):
        return {name: getattr(row, name) for name in row.__dataclass_fields__}
    if hasattr(row, "_asdict"):
        return row._asdict()
    if hasattr(row, "as_dict"):
        return row.as_dict() if getattr(row, "_fields", None) else None
    return None
