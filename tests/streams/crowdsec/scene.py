"""Scene: a board that hears what a platform decides, with a clock that a test turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import Entry, entry_of, pardon_of
from enforcement.targets import aimed
from streams.crowdsec.board import WEEK, Board
from streams.posted import Posted
from streams.wire.entries import written
from tests.enforcement.test_blocklist import decision

if TYPE_CHECKING:
    from streams.crowdsec.remedy import Remedy

START = 100 * WEEK  # the clock's first second
ONE, TWO, NETWORK = "203.0.113.7", "203.0.113.99", "203.0.113.0/24"


@dataclass
class Platform:
    """What is in force, and what bouncers are told of it."""

    clock: float = START
    posted: Posted = field(default_factory=Posted)

    def __post_init__(self) -> None:
        """Let the board tell what is posted."""
        self.board = Board(self.posted, lambda: self.clock)

    def decide(self, target: str, action: Action = Action.BLOCK, lasts: int = 600) -> None:
        """Decide something."""
        scope, name = aimed(target)
        made = decision(name, at=0, until=lasts, action=action, scope=scope)
        self._send(entry_of(made))

    def order(self, target: str, action: Action | None = Action.BLOCK) -> None:
        """Decide without an end; no action is a pardon."""
        pardon = pardon_of(target, "order")
        self._send(Entry(pardon.target, pardon.scope, action, 0, None, "order"))

    def release(self, target: str) -> None:
        """Take back what is in force, or a pardon."""
        scope, name = aimed(target)
        key = name if scope in (Scope.ADDRESS, Scope.NETWORK) else target
        self._hear(key, None)

    def wait(self, seconds: float) -> None:
        """Let time pass, and end what ends."""
        self.clock += seconds
        self.board.hear(self.posted.expire(self.clock))

    def told(self) -> list[str]:
        """Say what bouncers are told."""
        self.board.current()
        return sorted(map(short, self.board.told.values()))

    def _send(self, entry: Entry) -> None:
        self._hear(entry.key, written(entry, 0))

    def _hear(self, key: str, value: bytes | None) -> None:
        news = self.posted.hear(key.encode(), value, int(self.clock * 1000), self.clock)
        self.board.hear(news)


def short(remedy: Remedy) -> str:
    return f"{remedy.kind} {remedy.name}"
