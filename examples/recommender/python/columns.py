"""Which 60 columns does the behaviour log have?

An exposure is an item shown to a user, a click is one that the user opened; both have the same
columns, and a click has the trace id of its exposure.
"""

from __future__ import annotations

#: What the pipeline looks at.
NAMED = (
    "trace_id",
    "event",
    "ts",
    "user_id",
    "user_group",
    "session_id",
    "item_id",
    "category",
    "price",
    "position",
    "city",
    "device",
    "app_version",
    "network",
    "referrer",
)

#: What a client measures besides, and the pipeline hands on: scroll depth, dwell times and the like.
SIGNALS = tuple(f"x{number:02d}" for number in range(1, 46))

COLUMNS = NAMED + SIGNALS

#: The features that the serving system used when it chose an item, by trace id, in this order.
FEATURES = (
    "user_clicks",
    "item_rate",
    "group_share",
    "affinity",
    "log_price",
    "position",
)

#: How far the log's order may be off, in milliseconds: an older row is late.
OUT_OF_ORDER_MS = 60_000

#: How long an exposure waits for its click, in milliseconds.
PATIENCE_MS = 600_000
