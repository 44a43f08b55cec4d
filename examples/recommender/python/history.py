"""Which features did the serving system use for an exposure?

It wrote them to a database by trace id: PostgreSQL, or SQLite where there is none. The pipeline looks them up
there when it joins the samples.

    python history.py URL serving.parquet

fills the database. A URL is `sqlite:FILE` or `postgresql:DIRECTORY`, the directory of the server's socket.
"""

from __future__ import annotations

import sqlite3
import sys

import pandas as pd
from columns import FEATURES

from naja.flink import FunctionContext

_NAMES = ", ".join(("trace_id", *FEATURES))
_TYPES = ", ".join(["trace_id TEXT PRIMARY KEY", *(f"{name} FLOAT8" for name in FEATURES)])


class Database:
    """The table `history` in either database.

    Args:
        url: Where it is; see above.
    """

    def __init__(self, url: str) -> None:
        kind, _, place = url.partition(":")
        if kind == "sqlite":
            # Each operator has a Database of its own; its threads take turns.
            self._connection = sqlite3.connect(place, isolation_level=None, check_same_thread=False)
            self._mark = "?"
        elif kind == "postgresql":
            import pg8000.dbapi

            socket = f"{place}/.s.PGSQL.5432"
            self._connection = pg8000.dbapi.connect(
                user="recommender", database="postgres", unix_sock=socket
            )
            self._connection.autocommit = True
            self._mark = "%s"
        else:
            raise ValueError(f"{url!r} is neither sqlite:FILE nor postgresql:DIRECTORY")

    def create(self, served: pd.DataFrame) -> None:
        """Writes a new table of trace ids and features."""
        cursor = self._connection.cursor()
        cursor.execute("BEGIN")
        cursor.execute("DROP TABLE IF EXISTS history")
        cursor.execute(f"CREATE TABLE history ({_TYPES})")
        marks = ", ".join([self._mark] * (1 + len(FEATURES)))
        rows = served.itertuples(index=False, name=None)
        cursor.executemany(f"INSERT INTO history ({_NAMES}) VALUES ({marks})", list(rows))
        cursor.execute("COMMIT")

    def find(self, trace_ids: list[str]) -> dict[str, tuple]:
        """Returns the rows of some trace ids, by trace id: the id and its features."""
        cursor = self._connection.cursor()
        marks = ", ".join([self._mark] * len(trace_ids))
        cursor.execute(f"SELECT {_NAMES} FROM history WHERE trace_id IN ({marks})", trace_ids)
        return {row[0]: tuple(row) for row in cursor.fetchall()}

    def close(self) -> None:
        self._connection.close()


class Lookup:
    """What the table `history` in SQL asks: the row of a trace id.

    Args:
        url: Where the database is.
    """

    def __init__(self, url: str) -> None:
        self._url = url

    def open(self, context: FunctionContext) -> None:
        self._database = Database(self._url)

    def lookup(self, trace_id: str) -> tuple | None:
        """Returns the row of one trace id."""
        return self._database.find([trace_id]).get(trace_id)

    def eval_many(self, keys: list[tuple[str]]) -> list[tuple | None]:
        """Returns the rows of many trace ids by one query."""
        trace_ids = [trace_id for (trace_id,) in keys]
        found = self._database.find(trace_ids)
        return [found.get(trace_id) for trace_id in trace_ids]

    def close(self) -> None:
        self._database.close()


def main() -> None:
    database = Database(sys.argv[1])
    served = pd.read_parquet(sys.argv[2])
    database.create(served)
    database.close()
    print(f"{len(served):,} rows of features in {sys.argv[1]}")


if __name__ == "__main__":
    main()
