"""The Python side of the benchmarks of arrays. A module of its own: importing NumPy takes time."""

import numpy

MILLION = numpy.arange(1_000_000, dtype=numpy.float64)


def total(values):
    """Return the sum of an array, or of what a library makes of one."""
    return float(numpy.sum(values))


def nothing():
    """Return a number: a call that takes no array."""
    return 0.0


def accept(values):
    """Return a number: a call that does nothing with its array."""
    return 0.0


def million():
    """Return the same array of a million numbers again and again."""
    return MILLION
