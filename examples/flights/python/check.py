"""Do the job's predictions equal, bit for bit, the ones that plain Python gives for the same rows?

    python check.py DIRECTORY PREDICTIONS

reads the flights, the arrivals and the model that `train.py` wrote to the directory, and the lines
`id,probability` of every file under PREDICTIONS. Exits with 1 and shows the first differing flights
if one prediction differs, is missing or comes twice.
"""

from __future__ import annotations

import csv
import datetime
import struct
import sys
import time
from pathlib import Path

import numpy as np
from delay_model import Model
from sklearn.metrics import roc_auc_score
from train import LATE_MINUTES

SHOWN = 10


def read_flights(directory: Path) -> dict[int, tuple]:
    """Returns the arguments of `Model.eval` for every flight, by its id."""
    flights = {}
    for path in sorted(directory.glob("*.csv")):
        with path.open(newline="") as lines:
            for line in csv.reader(lines):
                key, carrier, origin, dest, date, departure, arrival, delay, distance = line
                flights[int(key)] = (
                    carrier,
                    origin,
                    dest,
                    datetime.date.fromisoformat(date),
                    int(departure),
                    int(arrival),
                    float(delay) if delay else None,
                    float(distance),
                )
    return flights


def read_predictions(directory: Path) -> list[tuple[int, float]]:
    """Returns what the job wrote: ids with their probabilities, in no order."""
    predictions = []
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        with path.open(newline="") as lines:
            predictions += [(int(key), float(value)) for key, value in csv.reader(lines)]
    return predictions


def read_arrivals(path: Path) -> dict[int, float]:
    """Returns by how many minutes each flight that arrived was late, by its id."""
    with path.open(newline="") as lines:
        return {int(row["id"]): float(row["arr_delay"]) for row in csv.DictReader(lines)}


def predict(model: Model, flights: dict[int, tuple]) -> tuple[dict[int, float], list[int]]:
    """Returns plain Python's prediction for every flight, and what each one took in nanoseconds."""
    expected, took = {}, []
    for key, flight in flights.items():
        start = time.perf_counter_ns()
        expected[key] = model.eval(*flight)
        took.append(time.perf_counter_ns() - start)
    return expected, took


def differences(expected: dict[int, float], predictions: list[tuple[int, float]]) -> list[str]:
    """Returns a line for every flight whose prediction is missing, surplus or different."""
    found = []
    missing = dict(expected)
    for key, value in predictions:
        want = missing.pop(key, None)
        if want is None:
            found.append(f"flight {key}: predicted twice or not among the input")
        elif struct.pack("<d", want) != struct.pack("<d", value):
            found.append(f"flight {key}: plain Python gives {want!r}, the job {value!r}")
    found += [f"flight {key}: no prediction" for key in missing]
    return found


def main(directory: Path, output: Path) -> None:
    flights = read_flights(directory / "flights")
    predictions = read_predictions(output)
    arrivals = read_arrivals(directory / "arrivals.csv")

    arrived = [(key, value) for key, value in predictions if key in arrivals]
    auc = roc_auc_score(
        [arrivals[key] > LATE_MINUTES for key, _ in arrived], [value for _, value in arrived]
    )
    print(f"AUC            {auc:.4f} over the {len(arrived):,} flights that arrived")

    expected, took = predict(Model(str(directory / "model.joblib")), flights)
    median, slow = np.percentile(took, [50, 99]) / 1000
    print(f"plain Python   p50 {median:.1f} us, p99 {slow:.1f} us for the same calls")

    found = differences(expected, predictions)
    if found:
        print(f"{len(found):,} predictions differ from plain Python's:", file=sys.stderr)
        print("\n".join(found[:SHOWN]), file=sys.stderr)
        raise SystemExit(1)
    print(f"all {len(expected):,} predictions equal plain Python's, bit for bit")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
