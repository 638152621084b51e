"""Stopping: end what would go on for ever when somebody asks, in good order."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from typing import Self

POLL = 0.2  # seconds between two looks at logs that have not grown: people call that at once


@dataclass(slots=True)
class Stop:
    """Whether somebody asked to stop; between two looks is a good moment for it."""

    asked: bool = False

    @classmethod
    def when_asked(cls) -> Self:
        """Listen to Ctrl-C and SIGTERM."""
        stop = cls()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, stop.ask)
        return stop

    def ask(self, *_: object) -> None:
        """Be a signal handler."""
        self.asked = True

    def rest(self) -> None:
        """Let others work until it is time to look again."""
        time.sleep(POLL)
