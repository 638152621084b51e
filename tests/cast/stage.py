"""Stage: what every role of the cast finds when it comes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.agents import DESKTOP
from tests.cast.draft import HTTP_2, Draft, Seats

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

    from tests.cast.addresses import Addresses
    from tests.cast.agents import Agents
    from tests.cast.catalogue import Catalogue

SECOND, HOUR = 1_000, 3_600_000  # milliseconds


@dataclass(frozen=True, slots=True)
class Stage:
    """A platform, a span of time, and chance of one's own."""

    rng: np.random.Generator
    catalogue: Catalogue
    agents: Agents
    addresses: Addresses
    start: int  # milliseconds since 1970 UTC
    stop: int  # the first millisecond that is not shown
    people: int  # how many people the platform has in that span

    def moments(self, count: int) -> NDArray[np.int64]:
        """Draw when people come: evening is twice as busy as morning."""
        grid = np.linspace(self.start, self.stop, 200)
        busy = np.cumsum(1 + 0.35 * np.sin((grid / HOUR % 24 - 13) / 24 * 2 * np.pi))
        shares = (busy - busy[0]) / (busy[-1] - busy[0])
        return np.interp(self.rng.random(count), shares, grid).astype(np.int64)

    def opening(self) -> int:
        """Draw when a harvester begins: early enough to be seen at work."""
        return int(self.start + (self.stop - self.start) * self.rng.uniform(0.05, 0.45))

    def arrivals(self, count: int, rate: float) -> NDArray[np.int64]:
        """Draw *count* moments, *rate* a second from an opening on, as many threads make them."""
        gaps = self.rng.exponential(SECOND / rate, count)
        return self.opening() + np.cumsum(gaps).astype(np.int64)

    def waits(self, count: int, low: float, high: float) -> NDArray[np.int64]:
        """Draw pauses between *low* and *high* seconds, as a program does: milliseconds."""
        return (self.rng.uniform(low, high, count) * SECOND).astype(np.int64)

    def seats(self, count: int, **columns: ArrayLike) -> Seats:
        """Seat *count* visitors, each with an address, a browser and a session of its own.

        Any column of Seats may be given instead.
        """
        usual: dict[str, ArrayLike] = {
            "visitor": np.arange(count),
            "agent": 0,
            "session": 0,
            "account": 0,
            "protocol": HTTP_2,
        }
        if "address" not in columns:
            usual["address"] = self.addresses.take(count, v6=0.3)
        if "agent" not in columns:
            usual["agent"] = self.agents.draw(self.rng, count, DESKTOP)
        given = usual | columns
        return Seats(
            **{k: np.broadcast_to(np.asarray(v, np.int64), count) for k, v in given.items()}
        )


@dataclass(frozen=True, slots=True)
class Role:
    """One class of visitors, and how it behaves."""

    name: str
    guilty: bool
    act: Callable[[Stage], Draft]
