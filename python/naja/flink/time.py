"""How long, and which clock?"""

from __future__ import annotations

from enum import Enum


class TimeDomain(Enum):
    """The clock of a timer; the values are those of Flink's ``TimeDomain``."""

    __module__ = "naja.flink"

    EVENT_TIME = 0
    PROCESSING_TIME = 1


class Time:
    """A span of time in whole milliseconds; immutable."""

    __module__ = "naja.flink"
    __slots__ = ("_milliseconds",)

    def __init__(self, milliseconds: int) -> None:
        self._milliseconds = int(milliseconds)

    def to_milliseconds(self) -> int:
        """The span in milliseconds."""
        return self._milliseconds

    @staticmethod
    def milliseconds(milliseconds: int) -> Time:
        """A span of some milliseconds."""
        return Time(milliseconds)

    @staticmethod
    def seconds(seconds: int) -> Time:
        """A span of some seconds."""
        return Time(seconds * 1000)

    @staticmethod
    def minutes(minutes: int) -> Time:
        """A span of some minutes."""
        return Time(minutes * 60_000)

    @staticmethod
    def hours(hours: int) -> Time:
        """A span of some hours."""
        return Time(hours * 3_600_000)

    @staticmethod
    def days(days: int) -> Time:
        """A span of some days."""
        return Time(days * 86_400_000)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Time):
            return NotImplemented
        return self._milliseconds == other._milliseconds

    def __hash__(self) -> int:
        return hash(self._milliseconds)

    def __repr__(self) -> str:
        return f"Time({self._milliseconds} ms)"


class Duration(Time):
    """The same span, made by the names of Java's ``Duration``."""

    __module__ = "naja.flink"
    __slots__ = ()

    @staticmethod
    def of_millis(millis: int) -> Duration:
        """A span of some milliseconds."""
        return Duration(millis)

    @staticmethod
    def of_seconds(seconds: int) -> Duration:
        """A span of some seconds."""
        return Duration(seconds * 1000)

    @staticmethod
    def of_minutes(minutes: int) -> Duration:
        """A span of some minutes."""
        return Duration(minutes * 60_000)

    @staticmethod
    def of_hours(hours: int) -> Duration:
        """A span of some hours."""
        return Duration(hours * 3_600_000)

    @staticmethod
    def of_days(days: int) -> Duration:
        """A span of some days."""
        return Duration(days * 86_400_000)

    def to_millis(self) -> int:
        """The span in milliseconds."""
        return self._milliseconds
