"""Which of many vectors are nearest to another one?"""

import numpy as np


class Index:
    """Vectors of length 1, one a row, in memory that stays whoever's it is.

    Args:
        vectors: A float32 array of two dimensions. It is not copied: what is written to it later
            is found.
    """

    def __init__(self, vectors):
        self.vectors = vectors

    def nearest(self, query, count):
        """The rows nearest to a vector by the cosine of the angle, and these cosines.

        Args:
            query: A float32 array of one dimension and length 1.
            count: How many rows to find.

        Returns:
            An int64 array of row numbers, the nearest first, and a float32 array.
        """
        cosines = self.vectors @ query
        rows = np.argpartition(cosines, -count)[-count:]
        rows = rows[np.argsort(-cosines[rows])]
        return rows, cosines[rows]


def arrive(values):
    """Takes numbers as an array of float32, and does nothing with it.

    Args:
        values: A float32 array, which is taken as it is, or a list of numbers.

    Returns:
        How many they are.
    """
    return np.asarray(values, np.float32).size
