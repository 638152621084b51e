"""Turnout: how many requests and logged-in people the whole site had in the last hour.

Said minute by minute, and read two minutes late, as the baseline is: so shards that hold a part of
the site each can add theirs up in time, and all of them know the same.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from actors.baseline import LAG, minute_of
from actors.features import HOUR, MINUTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

# Places of a bitmap in which accounts fall by their hash; counts up to 60,000 people within a few
# per cent, and stops at 159,000. More than there are makes a share look smaller, fewer larger:
# a site beyond that is warned too early.
BITS = 1 << 14
KEPT = HOUR // MINUTE + LAG + 1  # minutes


class Attended(NamedTuple):
    """Who came in one minute."""

    minute: int  # since 1970 UTC
    requests: int
    people: bytes  # a bitmap of BITS, by account; "" where nobody was logged in


class Turnout:
    """Adds up minutes; telling of the same accounts twice is telling of them once."""

    def __init__(self) -> None:
        """Begin with a site that nobody came to."""
        self._minutes: dict[int, tuple[int, int]] = {}
        self._hours: dict[int, tuple[int, int]] = {}  # by their last minute, until more is known

    def add(self, attended: Iterable[Attended]) -> None:
        """Add what a part of the site says of minutes."""
        self._hours = {}
        for minute, requests, people in attended:
            before, known = self._minutes.get(minute, (0, 0))
            self._minutes[minute] = before + requests, known | int.from_bytes(people)

    def forget(self, minute: int) -> None:
        """Know that nothing before a minute will be judged any more."""
        self._hours = {}
        for old in [m for m in self._minutes if m < minute - KEPT]:
            del self._minutes[old]

    def before(self, at: int) -> tuple[int, int]:
        """Tell requests and logged-in people of the hour by which a second is judged."""
        last = (at - 1) // MINUTE - LAG
        if last not in self._hours:
            self._hours[last] = self._hour(last)
        return self._hours[last]

    def _hour(self, last: int) -> tuple[int, int]:
        hour = [self._minutes.get(last - ago, (0, 0)) for ago in range(HOUR // MINUTE)]
        people = 0
        for _, bits in hour:
            people |= bits
        return sum(requests for requests, _ in hour), counted(people)

    def take(self, minute: int) -> list[Attended]:
        """Give, and forget, what is known up to a minute, and of it."""
        over = sorted(m for m in self._minutes if m <= minute)
        return [attended(m, *self._minutes.pop(m)) for m in over]

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        rows = [attended(minute, *self._minutes[minute]) for minute in sorted(self._minutes)]
        bits = b"".join(row.people.ljust(BITS // 8, b"\0") for row in rows)
        return {
            "minutes": np.array([row[:2] for row in rows], np.int64).reshape(-1, 2),
            "people": np.frombuffer(bits, np.uint8).copy(),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        people = state["people"].reshape(-1, BITS // 8)
        rows = zip(state["minutes"].tolist(), people, strict=True)
        self._hours = {}
        self._minutes = {m: (n, int.from_bytes(bits.tobytes())) for (m, n), bits in rows}


def attended(minute: int, requests: int, people: int) -> Attended:
    """Say of a minute who came, given a bitmap as a number."""
    return Attended(minute, requests, people.to_bytes(BITS // 8) if people else b"")


def turned_out(
    at: NDArray[np.int64], here: NDArray[np.bool_], account: NDArray[np.uint64]
) -> list[Attended]:
    """Count rows whose ticks end at seconds (rows,): those that are *here*, and all accounts."""
    minutes, where = np.unique(minute_of(at), return_inverse=True)
    requests = np.bincount(where[here], minlength=len(minutes))
    named = np.flatnonzero(account)
    place = (account[named] >> np.uint64(20)).astype(np.int64) % BITS
    fell = np.unique(where[named] * BITS + place)
    edges = np.searchsorted(fell, np.arange(len(minutes) + 1) * BITS)
    return [
        Attended(minute, came, bitmap(fell[first:last] % BITS))
        for minute, came, first, last in zip(
            minutes.tolist(), requests.tolist(), edges[:-1], edges[1:], strict=True
        )
    ]


def bitmap(places: NDArray[np.int64]) -> bytes:
    """Mark places of a bitmap; "" where there are none."""
    if not len(places):
        return b""
    bits = np.zeros(BITS, np.bool_)
    bits[places] = True
    return np.packbits(bits).tobytes()


def counted(people: int) -> int:
    """Estimate how many fell into a bitmap (linear counting)."""
    free = BITS - people.bit_count()
    return round(BITS * log(BITS / max(free, 1)))
