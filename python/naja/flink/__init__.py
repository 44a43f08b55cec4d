"""What may functions for Apache Flink use of naja?

The names and shapes are PyFlink's. Nothing here needs a JVM: functions can be tested with pytest
alone, see ``naja.flink.testing``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from naja.flink._decorators import udaf, udf, udtaf, udtf
    from naja.flink._describe import SignatureError
    from naja.flink._overlay import shipped
    from naja.flink._row import Row, RowKind
    from naja.flink._sql_types import SqlType
    from naja.flink.functions import (
        AggregateFunction,
        AsyncScalarFunction,
        FunctionContext,
        ScalarFunction,
        TableAggregateFunction,
        TableFunction,
    )

__all__ = [
    "AggregateFunction",
    "AsyncScalarFunction",
    "FunctionContext",
    "Row",
    "RowKind",
    "ScalarFunction",
    "SignatureError",
    "SqlType",
    "TableAggregateFunction",
    "TableFunction",
    "shipped",
    "udaf",
    "udf",
    "udtaf",
    "udtf",
]

_MODULES = {
    "AggregateFunction": "functions",
    "AsyncScalarFunction": "functions",
    "FunctionContext": "functions",
    "Row": "_row",
    "RowKind": "_row",
    "ScalarFunction": "functions",
    "SignatureError": "_describe",
    "SqlType": "_sql_types",
    "TableAggregateFunction": "functions",
    "TableFunction": "functions",
    "shipped": "_overlay",
    "udaf": "_decorators",
    "udf": "_decorators",
    "udtaf": "_decorators",
    "udtf": "_decorators",
}


def __getattr__(name: str) -> object:
    """Compiles what is asked for when it is first asked for."""
    if name not in _MODULES:
        raise AttributeError(f"module 'naja.flink' has no attribute {name!r}")
    found = getattr(__import__(f"naja.flink.{_MODULES[name]}", fromlist=[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return __all__
