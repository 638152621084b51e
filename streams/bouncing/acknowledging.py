"""Acknowledging: tell `hedgerow serve` which set this firewall holds, without waiting for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Condition, Thread
from typing import TYPE_CHECKING

import msgspec

from enforcement.moments import moment
from streams.bouncing.asking import TROUBLES
from streams.bouncing.plan import REFUSED
from streams.serving.acks import Acked

if TYPE_CHECKING:
    from streams.bouncing.asking import Place

PATH = "/v1/acks"
PATIENCE = 5.0  # seconds in which it is taken


@dataclass(frozen=True, slots=True)
class Ack:
    """What one firewall holds at one moment."""

    version: str  # the source's word for what was heard last
    set: str  # name of the set of the refused, as the firewall itself says; empty: it says none
    heard: float  # when the source was last heard, seconds since 1970
    sizes: dict[str, int]  # by list
    left_out: dict[str, str]  # target → why
    trouble: str  # why the firewall did not take it
    lost: str  # why the source is not heard
    took: float  # seconds that the change took; 0: nothing was changed
    drifted: bool = False  # the firewall was found to hold something else
    without_room: int = 0  # CIDRs
    whole: str = ""  # name of the set that it holds as much of as it has room for; empty: all

    def said(self, name: str, kind: str) -> Acked:
        """Write it down for the service."""
        return Acked(
            bouncer=name,
            target=kind,
            version=self.version,
            set=self.set,
            count=self.sizes[REFUSED],
            left_out=len(self.left_out),
            without_room=self.without_room,
            whole=self.whole,
            heard=moment(int(self.heard)),
            trouble=(self.trouble or self.lost)[:200],
        )


@dataclass(slots=True)
class Acknowledging:
    """Sends the newest acknowledgement, from a thread of its own; one that fails is no harm."""

    place: Place
    failed: int = 0
    _waiting: Acked | None = None
    _changed: Condition = field(default_factory=Condition)

    def start(self) -> None:
        """Send from now on, until the program ends."""
        Thread(target=self._send, name="acknowledging", daemon=True).start()

    def tell(self, acked: Acked) -> None:
        """Have it sent, in the place of any that waits."""
        with self._changed:
            self._waiting = acked
            self._changed.notify()

    def _send(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting is not None)
                acked, self._waiting = self._waiting, None
            try:
                self._post(msgspec.json.encode(acked))
            except TROUBLES:
                self.failed += 1

    def _post(self, body: bytes) -> None:
        line = self.place.line(PATIENCE)
        try:
            headers = self.place.headers(Content_Type="application/json")
            line.request("POST", PATH, body, headers)
            line.getresponse().read()
        finally:
            line.close()
