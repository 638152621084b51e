"""Watchfile: read a list that a guard, or whoever copies one, writes on this machine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enforcement.moments import seconds
from streams.bouncing.heard import Heard
from streams.bouncing.hearing import CLOCK, for_ever
from streams.bouncing.reading import leased, read_listing, read_whole

if TYPE_CHECKING:
    from pathlib import Path

    from streams.bouncing.heard import Mailbox
    from streams.bouncing.knobs import Bouncer

LOOK = 0.1  # seconds between two looks; a look costs microseconds
UNTIL = re.compile(rb"^# in force until: (\S+Z)$", re.MULTILINE)


@dataclass(slots=True)
class Watchfile:
    """blocklist.txt or blocklist.json on disk."""

    path: Path
    knobs: Bouncer
    _seen: tuple[int, int, float] | None = None

    def listen(self, box: Mailbox) -> None:
        """Look, and look again."""
        for_ever(lambda: self.look(box), box, LOOK)

    def look(self, box: Mailbox) -> None:
        """Look once; OSError where the file is gone, ValueError where it is no whole list.

        A list that says until when it stands is renewed by who keeps it; past that, nobody does.
        """
        now, status = CLOCK(), self.path.stat()
        seen = (status.st_mtime_ns, status.st_ino, leased(now, self.knobs.lease))
        if seen == self._seen:
            box.beat(now)
            return
        body = self.path.read_bytes()
        until = UNTIL.search(body)
        if self._seen and seen[:2] == self._seen[:2] and until and seconds(until[1].decode()) < now:
            msg = f"{self.path} stood until {until[1].decode()}, and nobody has renewed it"
            raise ValueError(msg)
        read = read_whole if self.path.suffix == ".json" else read_listing
        entries = read(body, now, self.knobs.lease)
        self._seen = seen
        box.put(Heard(entries, str(status.st_mtime_ns)), now)
