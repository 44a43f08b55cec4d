"""Is what the pipeline wrote what plain Python makes of the same log?

    python check.py DATA OUT

Compares each step's output with an own calculation from the log, and exits with 1 and the first differences of the
first step that differs.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.orc
from cleaning import normal_price, problem
from columns import FEATURES, OUT_OF_ORDER_MS, PATIENCE_MS
from model import Model
from refresh import PERIOD_MS
from training import BATCH, BATCHES_A_VERSION

SHOWN = 5
SLIDE_MS, WINDOW_MS = 30_000, 300_000
SHARES_SLIDE_MS, SHARES_WINDOW_MS = 300_000, 1_800_000


class Different(Exception):
    """A step's output differs; the message says where."""


def same(step: str, expected, found) -> None:
    """Raises `Different` if two collections of tuples differ, whatever their order."""
    expected, found = Counter(map(tuple, expected)), Counter(map(tuple, found))
    if expected != found:
        lines = [f"{step}: missing {row}" for row in list(expected - found)[:SHOWN]]
        lines += [f"{step}: surplus {row}" for row in list(found - expected)[:SHOWN]]
        raise Different("\n".join(lines))
    say(step, sum(found.values()))


def say(step: str, rows: int) -> None:
    print(f"  {step:<44} {rows:>8,} rows")


def tuples(frame: pd.DataFrame, *names: str):
    """Returns the rows of a table, or some of their columns, as tuples."""
    return (frame[list(names)] if names else frame).itertuples(index=False, name=None)


def clean(log: pd.DataFrame) -> tuple[pd.DataFrame, int, int]:
    """Returns the clean rows of a log with their prices normalized, and how many were dirty and late."""
    dirty = np.array([problem(row) is not None for row in log.itertuples()])
    youngest = log["ts"].cummax().shift(1, fill_value=0)
    late = ~dirty & (log["ts"] <= youngest - OUT_OF_ORDER_MS).to_numpy()
    rows = log[~dirty & ~late]
    return rows.assign(price=rows["price"].map(normal_price)), int(dirty.sum()), int(late.sum())


def windows(clicks: pd.DataFrame, size: int, slide: int) -> pd.DataFrame:
    """Returns each click once for each window that it is in, with the window's end."""
    first = clicks["ts"] // slide * slide + slide
    parts = [clicks.assign(end=first + number * slide) for number in range(size // slide)]
    return pd.concat(parts, ignore_index=True)


def visited(clicks: pd.DataFrame) -> pd.DataFrame:
    """Returns (user, window end, items by time joined by `|`)."""
    rows = windows(clicks, WINDOW_MS, SLIDE_MS).sort_values(["ts", "item_id"])
    return rows.groupby(["user_id", "end"])["item_id"].agg("|".join).reset_index()


def shares(clicks: pd.DataFrame) -> list[tuple]:
    """Returns (group, window end, share of each category, clicks, users)."""
    rows = []
    groups = windows(clicks, SHARES_WINDOW_MS, SHARES_SLIDE_MS).groupby(["user_group", "end"])
    for (group, end), part in groups:
        counts = part["category"].value_counts().sort_index()
        text = " ".join(f"{name}:{count / len(part):.3f}" for name, count in counts.items())
        rows.append((group, end, text, len(part), part["user_id"].nunique()))
    return rows


def samples(exposures: pd.DataFrame, clicks: pd.DataFrame) -> pd.DataFrame:
    """Returns (time, trace id, label) of each exposure."""
    shown = exposures.drop_duplicates("trace_id").set_index("trace_id")["ts"]
    clicked = clicks.drop_duplicates("trace_id").set_index("trace_id")["ts"]
    clicked = clicked.reindex(shown.index)
    positive = clicked <= shown + PATIENCE_MS
    times = clicked.where(positive, shown + PATIENCE_MS).astype("int64")
    labels = {"ts": times, "trace_id": shown.index, "label": positive.astype("int64")}
    return pd.DataFrame(labels).reset_index(drop=True)


def read(path: Path) -> pd.DataFrame:
    """Returns a table of Parquet or ORC with None for what is missing."""
    if path.suffix == ".orc":
        frame = pyarrow.orc.read_table(path).to_pandas()
    else:
        frame = pd.read_parquet(path)
    texts = frame.select_dtypes(exclude="number").columns
    return frame.assign(**{name: _none(frame[name]) for name in texts})


def _none(texts: pd.Series) -> pd.Series:
    return texts.astype(object).where(texts.notna(), None)


def millis(times: pd.Series) -> pd.Series:
    """Returns timestamps of UTC as milliseconds."""
    return times.astype("datetime64[ms]").astype("int64")


def check_scores(step: str, scored: pd.DataFrame, served: pd.DataFrame, model: Model) -> None:
    """Compares scores with those that plain Python gives for the features of the same exposures."""
    rows = served.set_index("trace_id").loc[scored["trace_id"], list(FEATURES)]
    expected = model.predict(rows.to_numpy())
    wrong = ~np.isclose(expected, scored["score"], rtol=0, atol=1e-12)
    if wrong.any():
        first = scored[wrong].head(SHOWN).assign(expected=expected[wrong][:SHOWN])
        raise Different(f"{step}:\n{first}")


def check_serving(out: Path, served: pd.DataFrame, requests: pd.DataFrame, learned: int) -> None:
    """Each request is scored once, by the version said; versions come one by one, the same everywhere."""
    scored = pd.read_parquet(out / "served")
    same(
        "served while learning, each once", tuples(requests, "trace_id"), tuples(scored, "trace_id")
    )
    for version, rows in scored[scored["version"] > 0].groupby("version"):
        model = Model(str(out / "models" / f"model-{version:03d}.joblib"))
        check_scores(f"served by version {version}", rows, served, model)
    versions = learned // BATCH // BATCHES_A_VERSION
    swaps = pd.read_parquet(out / "swaps").sort_values(["subtask", "at", "version"])
    restored = swaps[swaps["why"] == "restored"]
    if restored.empty or restored["version"].nunique() != 1:
        raise Different(f"after the failure the subtasks began with unlike versions:\n{restored}")
    for subtask, rows in swaps.groupby("subtask"):
        if sorted(set(rows["version"])) != list(range(1, versions + 1)):
            raise Different(f"subtask {subtask} had versions {list(rows['version'])} of {versions}")
    say(f"versions, each in {swaps['subtask'].nunique()} subtasks", versions)


def refreshed(requests: pd.DataFrame) -> set[tuple[int, str]]:
    """Returns (time of the timer, user) for all active users of all periods."""
    return set(zip((requests["ts"] // PERIOD_MS + 1) * PERIOD_MS, requests["user_id"]))


def check(data: Path, out: Path) -> None:
    served = pd.read_parquet(data / "serving.parquet")
    exposures, *left = clean(read(data / "exposures" / "log.parquet"))
    clicks, *left_of_clicks = clean(read(data / "clicks" / "log.orc"))
    for name, rows in (("exposures", exposures), ("clicks", clicks)):
        found = pd.read_parquet(out / f"clean_{name}", columns=list(rows.columns))
        same(f"clean {name}", tuples(rows), tuples(found))
    for number, name in enumerate(("dirty", "late")):
        lines = sum(len(file.read_text().splitlines()) for file in (out / name).rglob("part-*"))
        if lines != left[number] + left_of_clicks[number]:
            raise Different(
                f"{lines} {name} rows instead of {left[number] + left_of_clicks[number]}"
            )
        say(f"{name}, by the side", lines)
    log = read(data / "exposures" / "log.parquet")
    prices = list(zip(log["trace_id"], [normal_price(price) for price in log["price"]]))
    for name in ("normalized", "normalized_pandas"):
        found = read(out / name)
        same(f"{name} in SQL", prices, tuples(found, "trace_id", "price"))
    sequences = list(tuples(visited(clicks)))
    for name in ("visited_sql", "visited_stream"):
        found = pd.read_parquet(out / name)
        found = found.assign(window_end=millis(found["window_end"]))
        same(
            f"{name}, 5 minutes every 30 s",
            sequences,
            tuples(found, "user_id", "window_end", "items"),
        )
    found = pd.read_parquet(out / "shares")
    found = found.assign(window_end=millis(found["window_end"]))
    same("shares of clicks, 30 minutes every 5", shares(clicks), tuples(found))
    labelled = samples(exposures, clicks).merge(served, on="trace_id")
    training = pd.read_parquet(out / "training")
    same("samples with their features", tuples(labelled), tuples(training))
    requests = pd.read_parquet(out / "requests")
    asked = exposures[["ts", "trace_id", "user_id"]].merge(served, on="trace_id")
    same("requests with their features", tuples(asked), tuples(requests))
    check_serving(out, served, requests, len(training))
    last = Model(str(out / "models"))
    for name in ("predicted_sql", "predicted_stream"):
        scored = pd.read_parquet(out / name)
        same(
            f"{name} by version {last.version}",
            tuples(requests, "trace_id"),
            tuples(scored, "trace_id"),
        )
        check_scores(name, scored, served, last)
    found = pd.read_parquet(out / "refreshed")
    same("refreshed every 5 minutes", refreshed(requests), tuples(found, "ts", "user_id"))


def main() -> None:
    print("the same as plain Python's:")
    try:
        check(Path(sys.argv[1]), Path(sys.argv[2]))
    except Different as difference:
        print(difference, file=sys.stderr)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
