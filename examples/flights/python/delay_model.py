"""The model that the Flink job calls: how likely is a flight to arrive more than 15 minutes late?

It knows what is known at departure and nothing of the sky beyond. `train.py` writes the file that
`Model` loads.
"""

from __future__ import annotations

import datetime
import math

import joblib
import numpy as np


class Model:
    """A fitted scikit-learn tree and what it takes to turn one flight into its row of numbers.

    Nothing changes after loading, so any number of threads may call `eval` at once.
    """

    def __init__(self, path: str) -> None:
        """Loads what `train.py` wrote to `path`.

        Raises `FileNotFoundError` where there is no such file.
        """
        fitted = joblib.load(path)
        self._late = fitted["late"]
        self._tree = fitted["tree"]

    def eval(
        self,
        carrier: str,
        origin: str,
        dest: str,
        date: datetime.date,
        scheduled_departure: int,
        scheduled_arrival: int,
        departure_delay: float | None,
        distance: float,
    ) -> float:
        """Returns the probability, 0 to 1, of arriving more than 15 minutes late.

        The schedule is in local time written as HHMM (`1745`), the delay in minutes (`None` where
        the flight has not left), the distance in miles.
        """
        row = features(
            self._late,
            carrier,
            origin,
            dest,
            date,
            scheduled_departure,
            scheduled_arrival,
            departure_delay,
            distance,
        )
        # The row is already what the tree wants, so its own check of the input, which takes longer
        # than the prediction, is left out.
        numbers = np.array([row], dtype=np.float32)
        return float(self._tree.predict_proba(numbers, check_input=False)[0, 1])


def features(
    late: dict[str, dict[str, float]],
    carrier: str,
    origin: str,
    dest: str,
    date: datetime.date,
    scheduled_departure: int,
    scheduled_arrival: int,
    departure_delay: float | None,
    distance: float,
) -> list[float]:
    """Returns one flight as the numbers the tree was fitted on.

    `late` gives, for each carrier, origin and destination, the share of its flights that came late;
    one that training never saw counts as missing, and so does an unknown delay.
    """
    return [
        late["carrier"].get(carrier, math.nan),
        late["origin"].get(origin, math.nan),
        late["dest"].get(dest, math.nan),
        date.weekday(),
        scheduled_departure,
        scheduled_arrival,
        math.nan if departure_delay is None else departure_delay,
        distance,
    ]
