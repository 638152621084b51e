"""Made-up pairs of networks and pictures, for whoever looks at cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.cohorts import ORDINARY
from actors.pairs import PAIR, Habits

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Rows = NDArray[np.void]

NOON = 29_500_000  # minutes since 1970 UTC
BARE = int(Habits.WHOLE | Habits.UNREFERRED)  # originals that nothing led to
READING = int(ORDINARY)


def pairs(
    minute: ArrayLike, network: ArrayLike, picture: ArrayLike, habit: int = BARE, **more: ArrayLike
) -> Rows:
    """Make pairs of columns; what is not given is 0."""
    columns = {"minute": minute, "network": network, "picture": picture, "habit": habit, **more}
    rows = np.zeros(max(np.size(column) for column in columns.values()), PAIR)
    for name, column in columns.items():
        rows[name] = column
    return rows


def people(
    rng: np.random.Generator,
    networks: int,
    minutes: int,
    habit: int = READING,
    *,
    each: int = 6,
    first: int = 0,
) -> Rows:
    """Let people look at *each* of some hundreds of pictures as pictures are looked at: Zipf."""
    popular = 1 / np.arange(3, 403)
    chance = popular / popular.sum()
    seen = [rng.choice(400, each, replace=False, p=chance) for _ in range(networks)]
    who = np.repeat(first + np.arange(networks), each)
    return pairs(NOON + rng.integers(0, minutes, len(who)), who, np.concatenate(seen), habit)


def queue(
    rng: np.random.Generator, networks: int, minutes: int, habit: int = BARE, *, each: int = 5
) -> Rows:
    """Hand each picture to one worker, in networks of their own."""
    who = np.repeat(100_000 + np.arange(networks), each)
    picture = 1_000 + rng.permutation(len(who))
    return pairs(NOON + rng.integers(0, minutes, len(who)), who, picture, habit)
