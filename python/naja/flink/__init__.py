"""What may functions for Apache Flink use of naja?

The names and shapes are PyFlink's. Nothing here needs a JVM: functions can be tested with pytest
alone, see ``naja.flink.testing``.
"""

from __future__ import annotations

from naja.flink import _aliases

TYPE_CHECKING = False
if TYPE_CHECKING:
    from naja.flink._decorators import udaf, udf, udtaf, udtf
    from naja.flink._describe import SignatureError
    from naja.flink._overlay import shipped
    from naja.flink._row import Row, RowKind
    from naja.flink._sql_types import SqlType
    from naja.flink.data_types import DataTypes, Types
    from naja.flink.data_view import ListView, MapView
    from naja.flink.datastream import (
        AllWindowFunction,
        AsyncFunction,
        BroadcastProcessFunction,
        CoFlatMapFunction,
        CoMapFunction,
        CoProcessFunction,
        FilterFunction,
        FlatMapFunction,
        KeyedBroadcastProcessFunction,
        KeyedCoProcessFunction,
        KeyedProcessFunction,
        KeySelector,
        MapFunction,
        OutputTag,
        ProcessAllWindowFunction,
        ProcessFunction,
        ProcessWindowFunction,
        ReduceFunction,
        RuntimeContext,
        TimerService,
        TimeWindow,
        WindowFunction,
    )
    from naja.flink.functions import (
        AggregateFunction,
        AsyncScalarFunction,
        FunctionContext,
        ScalarFunction,
        TableAggregateFunction,
        TableFunction,
        UserDefinedFunction,
    )
    from naja.flink.state import (
        AggregatingState,
        AggregatingStateDescriptor,
        BroadcastState,
        ListState,
        ListStateDescriptor,
        MapState,
        MapStateDescriptor,
        ReadOnlyBroadcastState,
        ReducingState,
        ReducingStateDescriptor,
        StateTtlConfig,
        ValueState,
        ValueStateDescriptor,
    )
    from naja.flink.time import Duration, Time, TimeDomain

__all__ = [
    "AggregateFunction",
    "AggregatingState",
    "AggregatingStateDescriptor",
    "AllWindowFunction",
    "AsyncFunction",
    "AsyncScalarFunction",
    "BroadcastProcessFunction",
    "BroadcastState",
    "CoFlatMapFunction",
    "CoMapFunction",
    "CoProcessFunction",
    "DataTypes",
    "Duration",
    "FilterFunction",
    "FlatMapFunction",
    "FunctionContext",
    "KeySelector",
    "KeyedBroadcastProcessFunction",
    "KeyedCoProcessFunction",
    "KeyedProcessFunction",
    "ListState",
    "ListStateDescriptor",
    "ListView",
    "MapFunction",
    "MapState",
    "MapStateDescriptor",
    "MapView",
    "OutputTag",
    "ProcessAllWindowFunction",
    "ProcessFunction",
    "ProcessWindowFunction",
    "ReadOnlyBroadcastState",
    "ReduceFunction",
    "ReducingState",
    "ReducingStateDescriptor",
    "Row",
    "RowKind",
    "RuntimeContext",
    "ScalarFunction",
    "SignatureError",
    "SqlType",
    "StateTtlConfig",
    "TableAggregateFunction",
    "TableFunction",
    "Time",
    "TimeDomain",
    "TimeWindow",
    "TimerService",
    "Types",
    "UserDefinedFunction",
    "ValueState",
    "ValueStateDescriptor",
    "WindowFunction",
    "shipped",
    "udaf",
    "udf",
    "udtaf",
    "udtf",
]

_MODULES = {
    "AggregateFunction": "functions",
    "AggregatingState": "state",
    "AggregatingStateDescriptor": "state",
    "AllWindowFunction": "datastream",
    "AsyncFunction": "datastream",
    "AsyncScalarFunction": "functions",
    "BroadcastProcessFunction": "datastream",
    "BroadcastState": "state",
    "CoFlatMapFunction": "datastream",
    "CoMapFunction": "datastream",
    "CoProcessFunction": "datastream",
    "DataTypes": "data_types",
    "Duration": "time",
    "FilterFunction": "datastream",
    "FlatMapFunction": "datastream",
    "FunctionContext": "functions",
    "KeySelector": "datastream",
    "KeyedBroadcastProcessFunction": "datastream",
    "KeyedCoProcessFunction": "datastream",
    "KeyedProcessFunction": "datastream",
    "ListState": "state",
    "ListStateDescriptor": "state",
    "ListView": "data_view",
    "MapFunction": "datastream",
    "MapState": "state",
    "MapStateDescriptor": "state",
    "MapView": "data_view",
    "OutputTag": "datastream",
    "ProcessAllWindowFunction": "datastream",
    "ProcessFunction": "datastream",
    "ProcessWindowFunction": "datastream",
    "ReadOnlyBroadcastState": "state",
    "ReduceFunction": "datastream",
    "ReducingState": "state",
    "ReducingStateDescriptor": "state",
    "Row": "_row",
    "RowKind": "_row",
    "RuntimeContext": "datastream",
    "ScalarFunction": "functions",
    "SignatureError": "_describe",
    "SqlType": "_sql_types",
    "StateTtlConfig": "state",
    "TableAggregateFunction": "functions",
    "TableFunction": "functions",
    "Time": "time",
    "TimeDomain": "time",
    "TimeWindow": "datastream",
    "TimerService": "datastream",
    "Types": "data_types",
    "UserDefinedFunction": "functions",
    "ValueState": "state",
    "ValueStateDescriptor": "state",
    "WindowFunction": "datastream",
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


_aliases.install()
