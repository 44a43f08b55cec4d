"""Was an exposure clicked within ten minutes?

A click makes a positive sample of its exposure at once. An exposure that waits in vain becomes a
negative one, by a timer.
"""

from __future__ import annotations

from columns import PATIENCE_MS

from naja.flink import KeyedProcessFunction, Row, RuntimeContext, Types, ValueStateDescriptor


class Label(KeyedProcessFunction):
    """Yields (time, trace id, label) once for each exposure; the rows are keyed by the trace id.

    The time is the click's, or the one at which patience ended. A click may come before its exposure,
    for they come from different logs; an exposure that was logged twice counts once.
    """

    def open(self, context: RuntimeContext) -> None:
        self.shown = context.get_state(ValueStateDescriptor("shown", Types.LONG()))
        self.clicked = context.get_state(ValueStateDescriptor("clicked", Types.LONG()))

    def process_element(self, row: Row, ctx: KeyedProcessFunction.Context):
        state = self.shown if row.event == "exposure" else self.clicked
        if state.value() is not None:
            return
        state.update(row.ts)
        # An exposure waits for its click. A click waits until its exposure would be late.
        patience = PATIENCE_MS if row.event == "exposure" else 0
        ctx.timer_service().register_event_time_timer(row.ts + patience)
        if self._clicked_in_time():
            yield self.clicked.value(), row.trace_id, 1

    def on_timer(self, timestamp: int, ctx: KeyedProcessFunction.OnTimerContext):
        shown = self.shown.value()
        if shown is None:
            self.clicked.clear()
        elif timestamp == shown + PATIENCE_MS:
            if not self._clicked_in_time():
                yield timestamp, ctx.get_current_key(), 0
            self.shown.clear()
            self.clicked.clear()

    def _clicked_in_time(self) -> bool:
        shown, clicked = self.shown.value(), self.clicked.value()
        return shown is not None and clicked is not None and clicked <= shown + PATIENCE_MS
