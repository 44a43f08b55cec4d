"""How likely is a click, by the version of the model that is current when the question comes?

Each version is announced to all subtasks by broadcast and kept in broadcast state. After a failure every
subtask begins with the version of the last checkpoint.
"""

from __future__ import annotations

import logging
import time

from columns import FEATURES
from model import Model

from naja.flink import (
    BroadcastProcessFunction,
    MapStateDescriptor,
    OutputTag,
    Row,
    RuntimeContext,
    Types,
)

#: The path of the current version, under the key "path".
CURRENT = MapStateDescriptor("current", Types.STRING(), Types.STRING())

#: What each subtask did when: (subtask, attempt, version, what, milliseconds).
SWAPS = OutputTag(
    "swaps", Types.ROW([Types.INT(), Types.INT(), Types.INT(), Types.STRING(), Types.LONG()])
)

_log = logging.getLogger(__name__)


class Serve(BroadcastProcessFunction):
    """Yields (trace id, subtask, version, score, due, done) for each request; the last two are milliseconds.

    Until the first version comes the version is 0 and the score None. A version whose file is missing or broken is not
    taken: the one before stays.
    """

    def __init__(self) -> None:
        self._model: Model | None = None
        self._path: str | None = None

    def open(self, context: RuntimeContext) -> None:
        self._subtask = context.get_index_of_this_subtask()
        self._attempt = context.get_attempt_number()
        metrics = context.get_metrics_group()
        self._refused = metrics.counter("refusedModels")
        metrics.gauge("modelVersion", lambda: self._model.version if self._model else 0)

    def process_broadcast_element(self, announced: Row, ctx: BroadcastProcessFunction.Context):
        version, path = announced[0], announced[1]
        if self._model is not None and version <= self._model.version:
            return  # Announced again after a failure.
        try:
            self._swap(path, "announced", ctx)
        except (OSError, ValueError) as error:
            self._refused.inc()
            _log.warning("version %d is not taken: %s", version, error)
            return
        ctx.get_broadcast_state(CURRENT).put("path", path)

    def process_element(self, request: Row, ctx: BroadcastProcessFunction.ReadOnlyContext):
        current = ctx.get_broadcast_state(CURRENT).get("path")
        if current != self._path:
            self._swap(current, "restored", ctx)
        version, score = 0, None
        if self._model is not None:
            version = self._model.version
            score = float(self._model.predict([[request[name] for name in FEATURES]])[0])
        yield request["trace_id"], self._subtask, version, score, request["due"], _now()

    def _swap(self, path: str, why: str, ctx) -> None:
        self._model = Model(path)
        self._path = path
        ctx.output(SWAPS, (self._subtask, self._attempt, self._model.version, why, _now()))


def _now() -> int:
    return time.time_ns() // 1_000_000
