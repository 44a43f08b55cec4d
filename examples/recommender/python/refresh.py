"""What do the users of the last five minutes like, said once for all of them?

A timer every five minutes of event time; one call of the model for everybody who was active.
"""

from __future__ import annotations

from columns import FEATURES
from model import Model

from naja.flink import KeyedProcessFunction, MapStateDescriptor, Row, RuntimeContext, Types

PERIOD_MS = 300_000


class Refresh(KeyedProcessFunction):
    """Yields (time, user, score) for each user with an exposure since the last timer.

    The score is that of the user's latest exposure. All rows have the same key.

    Args:
        model: The file or the directory of the model.
    """

    def __init__(self, model: str) -> None:
        self._place = model

    def open(self, context: RuntimeContext) -> None:
        self._model = Model(self._place)
        # "when it is due/user" -> (time, features)
        self._active = context.get_map_state(
            MapStateDescriptor("active", Types.STRING(), Types.PICKLED_BYTE_ARRAY())
        )

    def process_element(self, request: Row, ctx: KeyedProcessFunction.Context):
        due = (request["ts"] // PERIOD_MS + 1) * PERIOD_MS
        mine = f"{due}/{request['user_id']}"
        latest = self._active.get(mine)
        if latest is None or latest[0] <= request["ts"]:
            self._active.put(mine, (request["ts"], [request[name] for name in FEATURES]))
        # One timer a period, however often it is registered.
        ctx.timer_service().register_event_time_timer(due)
        return ()

    def on_timer(self, timestamp: int, ctx: KeyedProcessFunction.OnTimerContext):
        mine = f"{timestamp}/"
        active = {key: value[1] for key, value in self._active.items() if key.startswith(mine)}
        keys = sorted(active)
        for key, score in zip(keys, self._model.predict([active[key] for key in keys])):
            yield timestamp, key.removeprefix(mine), float(score)
            self._active.remove(key)
