"""Process functions of SQL, of the tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naja.flink import (
    KeyedProcessFunction,
    ListStateDescriptor,
    MapStateDescriptor,
    ReducingStateDescriptor,
    Row,
    StateTtlConfig,
    Time,
    Types,
    ValueStateDescriptor,
)


class Sessions(KeyedProcessFunction):
    """Counts the events of a user until there is none for ten seconds."""

    def open(self, context: Any) -> None:
        self._count = context.get_state(ValueStateDescriptor("count", Types.LONG()))
        self._timer = context.get_state(ValueStateDescriptor("timer", Types.LONG()))

    def process_element(self, value: Row, ctx: Any) -> None:
        self._count.update((self._count.value() or 0) + 1)
        before = self._timer.value()
        if before is not None:
            ctx.timer_service().delete_event_time_timer(before)
        after = ctx.timestamp() + 10_000
        ctx.timer_service().register_event_time_timer(after)
        self._timer.update(after)

    def on_timer(self, timestamp: int, ctx: Any) -> Iterator[Row]:
        yield Row(who=ctx.get_current_key(), n=self._count.value(), until=timestamp // 1000)
        self._count.clear()
        self._timer.clear()


class EveryState(KeyedProcessFunction):
    """Uses each kind of state."""

    def open(self, context: Any) -> None:
        self._list = context.get_list_state(ListStateDescriptor("list", Types.STRING()))
        self._map = context.get_map_state(MapStateDescriptor("map", Types.STRING(), Types.INT()))
        descriptor = ReducingStateDescriptor("sum", lambda a, b: a + b, Types.LONG())
        self._sum = context.get_reducing_state(descriptor)
        descriptor = ValueStateDescriptor("gone")
        descriptor.enable_time_to_live(StateTtlConfig.new_builder(Time.milliseconds(0)).build())
        self._gone = context.get_state(descriptor)

    def process_element(self, value: Row, ctx: Any) -> list[Row]:
        self._list.add(value.what)
        self._map.put(value.what, (self._map.get(value.what) or 0) + 1)
        self._sum.add(1)
        expired = self._gone.value()
        self._gone.update(1)
        return [
            Row(
                words=",".join(self._list.get()),
                most=max(self._map.values()),
                sum=self._sum.get(),
                gone=expired,
            )
        ]


class Unpicklable(KeyedProcessFunction):
    def open(self, context: Any) -> None:
        self._state = context.get_state(ValueStateDescriptor("lock"))

    def process_element(self, value: Row, ctx: Any) -> None:
        self._state.update(iter([1]) and (lambda: None))


class ProcessingTime(KeyedProcessFunction):
    def process_element(self, value: Row, ctx: Any) -> None:
        ctx.timer_service().register_processing_time_timer(1)


class OneRow(KeyedProcessFunction):
    def process_element(self, value: Row, ctx: Any) -> Row:
        return Row(n=1)
