"""Desk: all that answers CrowdSec's bouncers needs, while `hedgerow serve` runs."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from streams.crowdsec.board import Board
from streams.crowdsec.hosts import AGENT, by_hosts
from streams.crowdsec.keyfile import Keyfile
from streams.crowdsec.memory import Memory
from streams.crowdsec.spoken import spoken
from streams.crowdsec.turns import Delta, Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.crowdsec.asked import Asked
    from streams.crowdsec.keyfile import Keys
    from streams.crowdsec.place import CrowdSec
    from streams.posted import Posted


class Desk:
    """Whom bouncers are told about, how far each has been told, and who may ask."""

    def __init__(
        self, place: CrowdSec, posted: Posted, now: Callable[[], float], keys: Keys | None = None
    ) -> None:
        """Know the keys of the service, or else read those of the place: ValueError if no use."""
        self.place = place
        self.keys: Keys = keys or Keyfile(place.keys_file)
        self.board = Board(posted, now)
        self.turns = Turns(self.board)
        path = Path(place.memory_file) if place.memory_file else None
        self.memory = Memory(path, self.board, self.turns)
        self._opened = False
        self._writing = asyncio.Lock()
        self._warned = False

    def open(self) -> None:
        """Make what is told current; the first time, go on where the last run ended."""
        self.board.current()
        if not self._opened:
            self._opened = True
            self._try(self.memory.resume)

    async def told(self, who: str, agent: str, asked: Asked, *, whole: bool) -> bytes:
        """Write what somebody has to be told next, and remember that it was."""
        async with self._writing:
            delta = self.turns.whole(who) if whole else self.turns.next(who)
            self._try(self.memory.keep)
        single = agent.startswith(AGENT)
        if single:
            delta = by_hosts(delta, self.board.told, self.place.hosts)
        wanted = Delta([*filter(asked.wants, delta.new)], [*filter(asked.wants, delta.deleted)])
        return await asyncio.to_thread(spoken, wanted, self.board.now())

    def _try(self, remember: Callable[[], None]) -> None:
        """Write down what is told; a full disk keeps nobody from being told."""
        try:
            remember()
        except OSError as error:
            if not self._warned:
                sys.stderr.write(f"crowdsec.memory_file: {error}; a restart may lose an undo\n")
            self._warned = True
