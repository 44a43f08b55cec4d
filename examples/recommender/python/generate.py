"""Writes what the pipeline starts from: a behaviour log, and what the serving system remembers.

    python generate.py DIRECTORY [--users 400] [--hours 2] [--seed 7]

leaves in the directory

- `exposures/log.parquet`: the items that users were shown;
- `clicks/log.orc`: those that they opened;
- `serving.parquet`: for each exposure the features that its item was chosen by.

The rows are out of order by up to 20 seconds. Of 1,000, some 5 come minutes late, some 10 are dirty, and some
5 exposures are logged twice. The same seed gives the same log.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.orc
import pyarrow.parquet
from columns import COLUMNS, FEATURES, SIGNALS
from shop import MINUTE_MS, Exposure, Shop

CHOICES = {
    "city": ("Kyiv", "Lagos", "Lima", "Oslo", "Pune", "Xi'an", "Łódź"),
    "device": ("android", "ios", "web"),
    "app_version": ("8.1.0", "8.1.2", "8.2.0"),
    "network": ("4g", "5g", "wifi"),
    "referrer": ("home", "search", "mail", "share"),
}

#: How apps of various ages write the same price.
PRICES = ("{:.2f}", "{:,.2f}", "¥{:,.2f}", "USD {:.2f}", " {:.2f} ", "€ {:.2f}")

#: What some rows have instead of a value.
DIRT = (
    ("price", "N/A"),
    ("price", None),
    ("user_id", ""),
    ("user_id", None),
    ("ts", 0),
    ("position", -1),
)


def rows(exposures: list[Exposure], event: str, rng: np.random.Generator) -> pd.DataFrame:
    """Returns one kind of event of the log, in the order in which it arrived, dirt and all."""
    count = len(exposures)
    values = {
        "trace_id": [trace_id(number) for number in range(count)],
        "event": [event] * count,
        "ts": [one.ts if event == "exposure" else one.clicked for one in exposures],
        "user_id": [one.user for one in exposures],
        "user_group": [one.group for one in exposures],
        "session_id": [one.session for one in exposures],
        "item_id": [f"i{one.item:04d}" for one in exposures],
        "category": [one.category for one in exposures],
        "price": [
            PRICES[kind].format(one.price)
            for kind, one in zip(rng.integers(0, len(PRICES), count), exposures)
        ],
        "position": [int(one.features[-1]) for one in exposures],
    }
    values |= {name: rng.choice(texts, count) for name, texts in CHOICES.items()}
    values |= {name: np.round(rng.gamma(2, 3, count), 3) for name in SIGNALS}
    frame = pd.DataFrame(values, columns=COLUMNS)
    return frame[frame["ts"].notna()].astype({"ts": "int64"})


def trace_id(number: int) -> str:
    """Returns the id that an exposure and its click have in common."""
    return f"t{number:07d}"


def arrive(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Returns the rows as a log has them: some twice, some dirty, out of order."""
    twice = frame[(frame["event"] == "exposure") & (rng.random(len(frame)) < 0.005)]
    frame = pd.concat([frame, twice], ignore_index=True)
    arrival = frame["ts"] + rng.integers(0, 20_000, len(frame))
    late = rng.random(len(frame)) < 0.005
    arrival += late * rng.integers(2 * MINUTE_MS, 10 * MINUTE_MS, len(frame))
    frame = frame.astype({"price": object, "user_id": object})
    for row in np.flatnonzero(rng.random(len(frame)) < 0.01):
        column, value = DIRT[rng.integers(len(DIRT))]
        frame.at[row, column] = value
    return frame.iloc[np.argsort(arrival, kind="stable")]


def table(frame: pd.DataFrame) -> pa.Table:
    """Returns the rows with the types that the tables in `sql/tables.sql` declare."""
    types = {"ts": pa.int64(), "position": pa.int32()} | dict.fromkeys(SIGNALS, pa.float64())
    schema = pa.schema([(name, types.get(name, pa.string())) for name in COLUMNS])
    return pa.Table.from_pandas(frame, schema, preserve_index=False)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("directory", type=Path)
    parser.add_argument("--users", type=int, default=400)
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()

    exposures = list(Shop(options.seed, options.users, options.hours).exposures())
    rng = np.random.default_rng(options.seed + 1)
    shown = table(arrive(rows(exposures, "exposure", rng), rng))
    opened = table(arrive(rows(exposures, "click", rng), rng))
    for name in ("exposures", "clicks"):
        (options.directory / name).mkdir(parents=True, exist_ok=True)
    pyarrow.parquet.write_table(shown, options.directory / "exposures" / "log.parquet")
    pyarrow.orc.write_table(opened, options.directory / "clicks" / "log.orc")

    served = pd.DataFrame([one.features for one in exposures], columns=FEATURES)
    served.insert(0, "trace_id", [trace_id(number) for number in range(len(exposures))])
    served.to_parquet(options.directory / "serving.parquet", index=False)
    print(
        f"{len(shown):,} exposures and {len(opened):,} clicks of {options.users:,} users in {options.hours:g} hours"
    )


if __name__ == "__main__":
    main()
