"""The Python side of the benchmarks of batches: one model for a row, and for many."""

import numpy

WEIGHTS = numpy.arange(128, dtype=numpy.float64)


def score(features):
    """Return the dot product of a row with the weights."""
    return float(numpy.dot(features, WEIGHTS))


def scores(features):
    """Return the dot product of each row with the weights."""
    return features @ WEIGHTS
