"""What happens in a shop for some hours: who is shown what, and who opens it?

The simulation behind `generate.py`. It stands in for the serving system, too: each exposure comes with
the features that its item was chosen by.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

START_MS = 1_772_438_400_000  # 2026-03-02 08:00 UTC
MINUTE_MS = 60_000
GROUPS = tuple(f"{age}/{side}" for age in ("18-29", "30-49", "50+") for side in ("north", "south"))
CATEGORIES = (
    *("books", "films", "games", "garden", "kitchen", "music"),
    *("outdoor", "phones", "shoes", "sports", "tools", "toys"),
)
ITEMS = 300


@dataclass(frozen=True)
class Exposure:
    """An item shown to a user, and the moment in milliseconds at which it was opened, if it was."""

    ts: int
    user: str
    session: str
    group: str
    item: int
    category: str
    price: float
    features: list[float]
    clicked: int | None


class Shop:
    """Users, items and their history.

    Args:
        seed: The same seed and sizes give the same exposures.
        users: How many there are.
        hours: How long it goes on.
    """

    def __init__(self, seed: int, users: int, hours: float) -> None:
        self._rng = rng = np.random.default_rng(seed)
        self._users = users
        self._span = int(hours * 60 * MINUTE_MS)
        self._taste = rng.dirichlet(np.full(len(CATEGORIES), 0.4), users)
        popularity = 1 / np.arange(1, ITEMS + 1) ** 0.7
        self._popularity = popularity / popularity.sum()
        self._category = rng.integers(0, len(CATEGORIES), ITEMS)
        self._price = np.round(rng.lognormal(3.5, 1.2, ITEMS), 2)
        self._item_shown, self._item_clicked = Counter(), Counter()
        self._group_clicked = defaultdict(Counter)
        self._user_clicks = defaultdict(list)

    def exposures(self) -> Iterator[Exposure]:
        """Yields what is shown, by time."""
        for ts, user, number, position in self._moments():
            item = int(self._rng.choice(ITEMS, p=self._popularity))
            features = self._features(ts, user, item, position)
            clicked = None
            if self._rng.random() < self._chance(ts, features):
                # Most click soon; some come back to an open page when nobody waits any more.
                late = self._rng.random() < 0.04
                wait = (
                    self._rng.uniform(11, 20) * MINUTE_MS if late else self._rng.exponential(40_000)
                )
                clicked = ts + 300 + int(wait)
            self._remember(user, item, clicked)
            yield Exposure(
                ts=ts,
                user=f"u{user:05d}",
                session=f"s{user:05d}-{number}",
                group=GROUPS[user % len(GROUPS)],
                item=item,
                category=CATEGORIES[self._category[item]],
                price=float(self._price[item]),
                features=features,
                clicked=clicked,
            )

    def _moments(self) -> list[tuple[int, int, int, int]]:
        """Returns when which user in which session is shown an item, and in which position."""
        moments = []
        for user in range(self._users):
            for number in range(1 + self._rng.poisson(2)):
                ts = START_MS + int(self._rng.integers(0, self._span - 10 * MINUTE_MS))
                for position, gap in enumerate(
                    self._rng.exponential(20_000, self._rng.integers(8, 40))
                ):
                    ts += 500 + int(gap)
                    moments.append((ts, user, number, position % 10))
        return sorted(moments)

    def _features(self, ts: int, user: int, item: int, position: int) -> list[float]:
        category = self._category[item]
        group = self._group_clicked[user % len(GROUPS)]
        clicks = sum(ts - 5 * MINUTE_MS < click <= ts for click in self._user_clicks[user])
        return [
            float(clicks),
            (self._item_clicked[item] + 1) / (self._item_shown[item] + 10),
            (group[category] + 1) / (sum(group.values()) + len(CATEGORIES)),
            float(self._taste[user][category] * len(CATEGORIES)),
            math.log(self._price[item]),
            float(position),
        ]

    def _chance(self, ts: int, features: list[float]) -> float:
        """Returns how likely a click is. Half-way people stop to like cheap things better."""
        user_clicks, item_rate, group_share, affinity, log_price, position = features
        score = -2.2 + 0.3 * min(user_clicks, 3) + 2 * item_rate + 3 * group_share
        score += 0.5 * min(affinity, 4) - 0.12 * position
        score += (0.7 if ts - START_MS > self._span / 2 else -0.7) * (log_price - 3.5)
        return 1 / (1 + math.exp(-score))

    def _remember(self, user: int, item: int, clicked: int | None) -> None:
        self._item_shown[item] += 1
        if clicked is not None:
            self._item_clicked[item] += 1
            self._group_clicked[user % len(GROUPS)][self._category[item]] += 1
            self._user_clicks[user].append(clicked)
