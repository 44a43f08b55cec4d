"""How does a model learn while the samples come, so that no sample is lost or learned twice?

What it has learned is the operator's state: after a failure it is what it was at the last checkpoint, and the samples
since then come again.
"""

from __future__ import annotations

from columns import FEATURES
from model import Learner

from naja.flink import KeyedProcessFunction, Row, RuntimeContext, Types, ValueStateDescriptor

BATCH = 250
BATCHES_A_VERSION = 4


class Train(KeyedProcessFunction):
    """Learns from samples in batches and yields (version, path) for each version it publishes.

    Args:
        directory: Where versions are written.
    """

    def __init__(self, directory: str) -> None:
        self._directory = directory

    def open(self, context: RuntimeContext) -> None:
        pickled = Types.PICKLED_BYTE_ARRAY()
        self._learner = context.get_state(ValueStateDescriptor("learner", pickled))
        self._waiting = context.get_state(ValueStateDescriptor("waiting", pickled))
        self._batches = context.get_state(ValueStateDescriptor("batches", Types.LONG()))

    def process_element(self, sample: Row, ctx: KeyedProcessFunction.Context):
        waiting = self._waiting.value() or []
        waiting.append(([sample[name] for name in FEATURES], sample["label"]))
        if len(waiting) < BATCH:
            self._waiting.update(waiting)
            return
        self._waiting.clear()
        learner = self._learner.value() or Learner()
        learner.learn(*zip(*waiting))
        self._learner.update(learner)
        batches = (self._batches.value() or 0) + 1
        self._batches.update(batches)
        if batches % BATCHES_A_VERSION == 0:
            version = batches // BATCHES_A_VERSION
            yield version, learner.save(self._directory, version)
