"""Aggregate functions of the tests, as a data scientist would write them."""

from __future__ import annotations

from pyflink.table import AggregateFunction, DataTypes, Row, TableAggregateFunction
from pyflink.table.udf import udaf, udtaf


class Visits(AggregateFunction):
    """The items that a user visited, sorted by time, joined by ``|``; its accumulator is a list."""

    def create_accumulator(self):
        return []

    def accumulate(self, accumulator, item: str, at: int):
        accumulator.append((at, item))

    def retract(self, accumulator, item: str, at: int):
        accumulator.remove((at, item))

    def merge(self, accumulator, accumulators):
        for other in accumulators:
            accumulator.extend(other)

    def get_value(self, accumulator) -> str:
        return "|".join(item for _, item in sorted(accumulator))


class WeightedMean(AggregateFunction):
    """As in PyFlink's documentation: a Row of a declared type for an accumulator."""

    def create_accumulator(self):
        return Row(0, 0)

    def accumulate(self, accumulator, value, weight):
        accumulator[0] += value * weight
        accumulator[1] += weight

    def retract(self, accumulator, value, weight):
        accumulator[0] -= value * weight
        accumulator[1] -= weight

    def merge(self, accumulator, accumulators):
        for other in accumulators:
            accumulator[0] += other[0]
            accumulator[1] += other[1]

    def get_value(self, accumulator):
        return accumulator[0] / accumulator[1] if accumulator[1] else None

    def get_result_type(self):
        return DataTypes.DOUBLE()

    def get_accumulator_type(self):
        return "ROW<total BIGINT, weight BIGINT>"


weighted_mean = udaf(WeightedMean(), input_types=["BIGINT", "BIGINT"])


class OnlyAdds(AggregateFunction):
    def create_accumulator(self):
        return [0]

    def accumulate(self, accumulator, value: int):
        accumulator[0] += value

    def get_value(self, accumulator) -> int:
        return accumulator[0]


class Unpicklable(OnlyAdds):
    def create_accumulator(self):
        return [lambda: 0]


class RaisesOnSeven(OnlyAdds):
    def accumulate(self, accumulator, value: int):
        if value == 7:
            raise ValueError("seven is not served here")
        accumulator[0] += value


class WrongResult(OnlyAdds):
    def get_value(self, accumulator) -> int:
        return "many"


class Top2(TableAggregateFunction):
    def create_accumulator(self):
        return []

    def accumulate(self, accumulator, value: int):
        accumulator.append(value)

    def retract(self, accumulator, value: int):
        accumulator.remove(value)

    def emit_value(self, accumulator):
        for rank, value in enumerate(sorted(accumulator, reverse=True)[:2], 1):
            yield Row(value, rank)


top2 = udtaf(Top2(), result_type="ROW<v BIGINT, place BIGINT>")
