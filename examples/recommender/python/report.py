"""What did the pipeline do, how fast, and did the model learn? Prints a table and draws the charts.

    python report.py DATA OUT

The charts go to OUT/recommender.svg.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pyarrow.orc
import pyarrow.parquet
from chart import Panel, draw
from sklearn.metrics import roc_auc_score


def steps(data: Path, out: Path) -> None:
    """Prints what each step read and wrote, and how long its job took."""
    print(f"\n{'step':<44} {'rows in':>9} {'rows out':>9} {'seconds':>8} {'rows/s':>9}")
    for step in pd.read_csv(out / "steps.csv", skipinitialspace=True).itertuples():
        seconds = step.millis / 1000
        read, written = (
            sum(rows(data, out, name) for name in names.split())
            for names in (step.reads, step.writes)
        )
        print(f"{step.step:<44} {read:>9,} {written:>9,} {seconds:>8.1f} {read / seconds:>9,.0f}")


def rows(data: Path, out: Path, name: str) -> int:
    """Returns how many rows a table that the pipeline wrote, or the log, has."""
    directory = out / name if (out / name).is_dir() else data / name
    files = [
        one for one in directory.rglob("*") if one.is_file() and not one.name.startswith((".", "_"))
    ]
    return sum(_count(file) for file in files)


def _count(file: Path) -> int:
    head = file.open("rb").read(4)
    if head == b"PAR1":
        return pyarrow.parquet.read_metadata(file).num_rows
    if head[:3] == b"ORC":
        return pyarrow.orc.ORCFile(file).nrows
    return len(file.read_bytes().splitlines())


def versions(out: Path) -> None:
    """Prints what each version of the model served, and how well it told clicks from the rest."""
    served = pd.read_parquet(out / "served").merge(pd.read_parquet(out / "training"), on="trace_id")
    print(f"\n{'version':<10} {'requests':>9} {'AUC':>6} {'p50 ms':>8} {'p99 ms':>8}")
    for version, scored in served.groupby("version"):
        auc = "-"
        if version > 0 and scored["label"].nunique() == 2:
            auc = f"{roc_auc_score(scored['label'], scored['score']):.3f}"
        p50, p99 = (scored["done"] - scored["due"]).quantile([0.5, 0.99])
        print(f"{version or 'none':<10} {len(scored):>9,} {auc:>6} {p50:>8.1f} {p99:>8.1f}")


def charts(out: Path) -> None:
    """Draws throughput, latency and the version of the model over the time of the job that serves."""
    served = pd.read_parquet(out / "served")
    start = served["due"].min()
    second = ((served["done"] - start) // 1000).rename("second")
    latency = (served["done"] - served["due"]).groupby(second)
    whole = range(int(second.min()), int(second.max()))  # The last second is not over.
    current = {
        f"subtask {subtask}": _points((one["done"] - start) / 1000, one["version"])
        for subtask, one in served.sort_values("done").groupby("subtask")
    }
    panels = [
        Panel(
            "requests a second",
            {"scored": _points(*_xy(latency.count().reindex(whole, fill_value=0)))},
        ),
        Panel(
            "milliseconds from due to scored",
            {"p50": _points(*_xy(latency.median())), "p99": _points(*_xy(latency.quantile(0.99)))},
        ),
        Panel("version of the model", current, steps=True),
    ]
    swaps = pd.read_parquet(out / "swaps")
    restored = swaps[swaps["why"] == "restored"]["at"]
    marks = {} if restored.empty else {"restored": float(restored.min() - start) / 1000}
    picture = out / "recommender.svg"
    picture.write_text(draw("Serving while the model learns", panels, marks), encoding="utf-8")
    print(f"\ncharts: {picture}")


def _xy(series: pd.Series) -> tuple:
    return series.index, series


def _points(times, values) -> list[tuple[float, float]]:
    """Returns the points of a line, without those where nothing changes."""
    points = [(float(at), float(value)) for at, value in zip(times, values)]
    return [
        one
        for before, one, after in zip([None, *points], points, [*points[1:], None])
        if before is None or after is None or not before[1] == one[1] == after[1]
    ]


def main() -> None:
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    steps(data, out)
    versions(out)
    charts(out)


if __name__ == "__main__":
    main()
