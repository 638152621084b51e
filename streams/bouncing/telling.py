"""Telling: say in a line, in metrics and to the service what one firewall holds.

No address is in a line, but of what the rail keeps out: nobody's, or the operator's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enforcement.moments import moment
from streams.bouncing.plan import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.bouncing.acknowledging import Ack, Acknowledging
    from streams.metrics import Meters

SAID = 20  # entries that are named as left out; more are one mistake


@dataclass(slots=True)
class Telling:
    """What was said last, so that nothing is said twice."""

    name: str  # of this firewall
    kind: str
    say: Callable[[str], None]
    meters: Meters | None = None
    sender: Acknowledging | None = None
    _trouble: str = ""
    _without_room: int = 0
    _left_out: set[str] = field(default_factory=set)

    def tell(self, ack: Ack) -> None:
        """Say what has changed."""
        if self.sender:
            self.sender.tell(ack.said(self.name, self.kind))
        if self.meters:
            self._count(self.meters, ack)
        if ack.drifted:
            self.say(f"{self.kind}: held something else, and is told anew")
        if ack.trouble != self._trouble:
            self._trouble = ack.trouble
            if ack.trouble:
                self.say(f"{self.kind}: {ack.trouble}; what is in force stays")
        if ack.took and not ack.trouble:
            sizes = ", ".join(f"{ack.sizes[w]:,} {w}" for w in WORDS if ack.sizes[w]) or "nobody"
            self.say(
                f"{moment(int(ack.heard))}  {self.kind}: {sizes}; set {ack.set}; "
                f"{ack.took * 1000:.0f} ms"
            )
        if ack.without_room != self._without_room:
            self._without_room = ack.without_room
            self.say(f"{self.kind}: no room for {ack.without_room:,} CIDRs; who took most is held")
        self._name(ack)

    def _name(self, ack: Ack) -> None:
        fresh = sorted(ack.left_out.keys() - self._left_out)
        for target in fresh[:SAID]:
            self.say(f"{self.kind}: left out {target}: {ack.left_out[target]}")
        if len(fresh) > SAID:
            self.say(f"{self.kind}: left out {len(fresh) - SAID} more")
        self._left_out = set(ack.left_out)

    def _count(self, meters: Meters, ack: Ack) -> None:
        for word, size in ack.sizes.items():
            meters.bouncer_entries.labels(word).set(size)
        if ack.took:
            meters.bouncer_changes.labels("refused" if ack.trouble else "applied").inc()
            meters.bouncer_seconds.observe(ack.took)
        meters.bouncer_drifts.inc(ack.drifted)
        meters.bouncer_up.set(not ack.lost)
        meters.bouncer_left_out.set(len(ack.left_out))
        meters.bouncer_without_room.set(ack.without_room)
        meters.bouncer_heard_timestamp_seconds.set(ack.heard)
