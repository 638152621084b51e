"""Followed: a source that is read to its end and then on, as it is written, until one stops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.sources import CHUNK, LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access.lines import Chunk
    from streams.follow import Follower
    from streams.stopping import Stop


@dataclass(slots=True)
class Followed:
    """A log that is being written, as a replay reads it; through rotations, too."""

    name: str
    follower: Follower
    stop: Stop
    size: int = 0  # nobody knows: it grows
    trouble: str | None = None  # which lines are known to be missing, and why

    @property
    def position(self) -> int:
        """Count no bytes: there is no end to compare them with."""
        return 0

    def chunks(self, number: int, size: int = CHUNK, longest: int = LONGEST) -> Iterator[Chunk]:
        """Deliver whole lines when they are there; a line that is torn when one stops is left."""
        while not self.stop.asked:
            if chunk := self.follower.take(number, size, longest):
                yield chunk
            else:
                self.stop.rest()
        self.trouble = self.follower.trouble
        self.follower.close()
