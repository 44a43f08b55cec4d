"""Where do measured values lie?"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Middle:
    """The median of some values, and the quartiles between which half of them lie."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Middle:
        """The middle of at least one value."""
        if len(values) == 1:
            return cls(values[0], values[0], values[0])
        low, value, high = statistics.quantiles(values, n=4, method="inclusive")
        return cls(value, low, high)

    def scaled(self, change: Callable[[float], float]) -> Middle:
        """The middle in another unit; the change may turn the order round."""
        low, high = sorted((change(self.low), change(self.high)))
        return Middle(change(self.value), low, high)
