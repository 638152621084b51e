"""Nearby: say what a guard has in force to whoever shares its process.

A guard's time is that of its log. Whoever is told gets ends by the clock: as far ahead as they are
in the log.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.bouncing.heard import Heard, Mailbox
from streams.bouncing.hearing import CLOCK

if TYPE_CHECKING:
    from enforcement.standing import Entry
    from streams.bouncing.heard import Ending
    from streams.publishing import Published

BLUR = 2.0  # seconds; by less an end is not moved: the log's time comes in whole seconds


@dataclass(slots=True)
class Nearby:
    """Mailboxes, and what was put into them last."""

    boxes: list[Mailbox] = field(default_factory=list)
    told: bool = False
    _ends: dict[Entry, float] = field(default_factory=dict)

    def box(self) -> Mailbox:
        """Give a new listener its box."""
        self.boxes.append(Mailbox())
        return self.boxes[-1]

    def hear(self, published: Published) -> None:
        """Tell what is in force now."""
        if not self.boxes:
            return
        now, newest = CLOCK(), published.newest
        entries = published.standing().entries
        endings = tuple(self._ending(entry, now - newest) for entry in entries)
        self._ends = {entry: end for entry, end in endings if end < math.inf}
        for box in self.boxes:
            box.put(Heard(endings, str(newest)), now)
        self.told = True

    def beat(self, now: float, published: Published | None) -> None:
        """Tell that the guard is alive; *published*, once it has caught up, if nothing was told."""
        for box in self.boxes:
            box.beat(now)
        if published and not self.told:
            self.hear(published)

    def _ending(self, entry: Entry, ahead: float) -> Ending:
        if entry.until is None:
            return entry, math.inf
        end = entry.until + ahead
        former = self._ends.get(entry, math.inf)
        return entry, former if abs(end - former) < BLUR else end
