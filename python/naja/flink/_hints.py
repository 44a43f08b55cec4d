"""Which SQL type does a hint of Python mean?

| hint | SQL type |
|---|---|
| ``bool`` ``int`` ``float`` ``str`` ``bytes`` | BOOLEAN, BIGINT, DOUBLE, STRING, BYTES |
| ``Decimal`` | DECIMAL(38, 18) |
| ``date`` ``time`` ``datetime`` | DATE, TIME(3), TIMESTAMP(6) |
| ``timedelta`` | INTERVAL DAY(6) TO SECOND(3) |
| ``list[T]``, ``Sequence[T]``, ``tuple[T, ...]`` | ARRAY<T> |
| ``dict[K, V]``, ``Mapping[K, V]`` | MAP<K, V> |
| ``Counter[T]`` | MULTISET<T> |
| a ``NamedTuple``, a dataclass, a ``TypedDict`` | ROW<name T, ...> |
| ``tuple[A, B]`` | ROW<f0 A, f1 B> |
| ``Optional[T]``, ``T | None`` | T, and NULL is welcome |
| ``Annotated[T, "DECIMAL(10, 2)"]`` | what the text says |
| ``numpy.int32`` and its like | INT and its like |

Any other hint, and none, means no type: the planner takes what the query passes.
"""

from __future__ import annotations

import ast
import collections
import collections.abc
import dataclasses
import datetime
import decimal
import sys
import typing
from typing import Any

from naja.flink import _sql_types
from naja.flink._sql_types import SqlType

_SIMPLE: dict[Any, str] = {
    bool: "BOOLEAN",
    int: "BIGINT",
    float: "DOUBLE",
    str: "STRING",
    bytes: "BYTES",
    bytearray: "BYTES",
    decimal.Decimal: "DECIMAL(38, 18)",
    datetime.date: "DATE",
    datetime.time: "TIME(3)",
    datetime.datetime: "TIMESTAMP(6)",
    datetime.timedelta: "INTERVAL DAY(6) TO SECOND(3)",
}

#: NumPy's scalars by name, so that it need not be there.
_NUMPY = {
    "bool": "BOOLEAN",
    "bool_": "BOOLEAN",
    "int8": "TINYINT",
    "int16": "SMALLINT",
    "int32": "INT",
    "int64": "BIGINT",
    "float32": "FLOAT",
    "float64": "DOUBLE",
    "str_": "STRING",
    "bytes_": "BYTES",
    "datetime64": "TIMESTAMP(6)",
}

_ARRAYS = (
    list,
    collections.abc.Sequence,
    collections.abc.MutableSequence,
    collections.abc.Collection,
    collections.abc.Iterable,
)

_MAPS = (
    dict,
    collections.abc.Mapping,
    collections.abc.MutableMapping,
    collections.OrderedDict,
    collections.defaultdict,
)

#: What yields rows one by one even where there is no generator.
_YIELDING = (
    collections.abc.Iterator,
    collections.abc.Generator,
    collections.abc.AsyncIterator,
)

_STREAMS = (*_YIELDING, collections.abc.Iterable, list)

#: Whole columns, by the module and name of their class.
_COLUMNS = {
    ("pandas", "Series"): "pandas",
    ("pandas", "DataFrame"): "pandas",
    ("numpy", "ndarray"): "numpy",
    ("pyarrow.lib", "Array"): "arrow",
    ("pyarrow.lib", "ChunkedArray"): "arrow",
    ("pyarrow.lib", "RecordBatch"): "arrow",
    ("pyarrow.lib", "Table"): "arrow",
}


def resolved(function: Any) -> dict[str, Any]:
    """The hints of a function, without those that nothing can be made of.

    A hint that is text, as all are after ``from __future__ import annotations``, is evaluated where
    the function was defined; one of a name that only type checkers see is left out.
    """
    hints = getattr(function, "__annotations__", None) or {}
    scope = getattr(function, "__globals__", {})
    found = {}
    for name, hint in dict(hints).items():
        try:
            found[name] = _evaluated(hint, scope) if isinstance(hint, str) else hint
        except Exception:
            continue  # It may be anything, so it says nothing.
    return found


def sql_type(hint: Any) -> SqlType | None:
    """The SQL type that a hint means, or ``None``. It is nullable: see `takes_null`.

    Raises:
        ValueError: The text of an ``Annotated`` is no SQL type.
    """
    try:
        simple = _SIMPLE.get(hint)
    except TypeError:
        return None  # What cannot be hashed is no hint.
    if simple is not None:
        return _sql_types.parse(simple)
    if isinstance(hint, SqlType):
        return hint.null()
    if typing.get_origin(hint) is typing.Annotated:
        return _annotated(hint)
    if hasattr(hint, "__supertype__"):
        return sql_type(hint.__supertype__)  # A NewType.
    if _is_union(hint):
        others = [each for each in typing.get_args(hint) if each is not type(None)]
        return sql_type(others[0]) if len(others) == 1 else None
    if isinstance(hint, type) and hint.__module__ == "numpy" and hint.__name__ in _NUMPY:
        return _sql_types.parse(_NUMPY[hint.__name__])
    return _fields(hint) or _container(hint)


def takes_null(hint: Any) -> bool:
    """Whether a hint lets ``None`` in: ``Optional``, ``Any``, ``object``, and what says nothing."""
    if typing.get_origin(hint) is typing.Annotated:
        return _annotated_nullable(hint)
    if _is_union(hint):
        return type(None) in typing.get_args(hint) or any(map(takes_null, typing.get_args(hint)))
    return hint is type(None) or hint is None or sql_type(hint) is None


def column(hint: Any) -> str | None:
    """``"pandas"``, ``"numpy"`` or ``"arrow"`` for a hint that means a whole column of values."""
    if _is_union(hint):
        return next(filter(None, map(column, typing.get_args(hint))), None)
    hint = typing.get_origin(hint) or hint
    if not isinstance(hint, type):
        return None
    module = hint.__module__
    module = "pandas" if module.startswith("pandas.") else module
    return _COLUMNS.get((module, hint.__name__))


def is_stream(hint: Any) -> bool:
    """Whether a hint of a result means several rows that are yielded one by one."""
    return (typing.get_origin(hint) or hint) in _YIELDING


def element(hint: Any) -> Any:
    """The hint of what an iterator, an iterable, a generator or a list yields, or ``None``."""
    arguments = typing.get_args(hint)
    return arguments[0] if arguments and typing.get_origin(hint) in _STREAMS else None


def _container(hint: Any) -> SqlType | None:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return _made("ARRAY", arguments[:1])
    if origin is tuple and arguments:
        return _row([f"f{index}" for index in range(len(arguments))], arguments)
    if origin in _ARRAYS and len(arguments) == 1:
        return _made("ARRAY", arguments)
    if origin is collections.Counter:
        return _made("MULTISET", arguments)
    if origin in _MAPS:
        return _made("MAP", arguments)
    return None


def _fields(hint: Any) -> SqlType | None:
    if not isinstance(hint, type):
        return None
    if dataclasses.is_dataclass(hint):
        names = [field.name for field in dataclasses.fields(hint)]
    elif issubclass(hint, tuple) and hasattr(hint, "_fields"):
        names = list(hint._fields)
    elif hasattr(hint, "__total__") and issubclass(hint, dict):
        names = list(hint.__annotations__)
    else:
        return None
    hints = _hints_of_class(hint)
    return _row(names, [hints.get(name) for name in names])


def _hints_of_class(kind: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in reversed(kind.__mro__):
        scope = getattr(sys.modules.get(each.__module__), "__dict__", {})
        for name, hint in getattr(each, "__annotations__", {}).items():
            try:
                if isinstance(hint, typing.ForwardRef):
                    hint = hint.__forward_arg__
                found[name] = _evaluated(hint, scope) if isinstance(hint, str) else hint
            except Exception:
                continue  # As in `resolved`.
    return found


def _made(root: str, arguments: Any) -> SqlType | None:
    children = [sql_type(each) for each in arguments]
    return None if None in children else SqlType(root, children=children)


def _row(names: list[str], hints: Any) -> SqlType | None:
    children = [sql_type(each) for each in hints]
    return None if None in children else SqlType("ROW", children=children, names=names)


def _annotated(hint: Any) -> SqlType | None:
    for each in hint.__metadata__:
        if isinstance(each, SqlType):
            return each.null()
        if isinstance(each, str):
            return _sql_types.parse(each).null()
    return sql_type(hint.__origin__)


def _annotated_nullable(hint: Any) -> bool:
    for each in hint.__metadata__:
        if isinstance(each, (SqlType, str)):
            found = _sql_types.parse(each) if isinstance(each, str) else each
            return found.nullable
    return takes_null(hint.__origin__)


def _is_union(hint: Any) -> bool:
    origin = typing.get_origin(hint)
    return origin is typing.Union or getattr(origin, "__name__", "") == "UnionType"


def _evaluated(text: str, scope: dict[str, Any]) -> Any:
    try:
        return eval(text, scope)
    except TypeError:
        # ``int | None`` before CPython 3.10.
        tree = _Unions().visit(ast.parse(text.strip(), mode="eval"))
        code = compile(ast.fix_missing_locations(tree), "<hint>", "eval")
        return eval(code, {**scope, "_Union": typing.Union})


class _Unions(ast.NodeTransformer):
    """Writes ``A | B`` as ``_Union[A, B]``."""

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        if not isinstance(node.op, ast.BitOr):
            return node
        pair = ast.Tuple(elts=[node.left, node.right], ctx=ast.Load())
        return ast.Subscript(value=ast.Name("_Union", ast.Load()), slice=pair, ctx=ast.Load())
