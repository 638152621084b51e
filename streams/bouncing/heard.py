"""Heard: what a source says is in force, whole, and the mailbox that holds the newest of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Condition
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from enforcement.standing import Entry

Ending: TypeAlias = "tuple[Entry, float]"  # and when it ends, by the clock; infinite: never


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is in force, as a source that knows all of it said."""

    entries: tuple[Ending, ...]
    version: str  # the source's own word for this state


@dataclass(slots=True)
class Mailbox:
    """Holds the newest word only: whoever is slow takes up what is true now, not what was."""

    alive: float = 0.0  # when the source last gave a sign of life, seconds since 1970; 0: never
    trouble: str = ""  # why it is not heard now
    _newest: Heard | None = None
    _changed: Condition = field(default_factory=Condition)

    def put(self, heard: Heard, now: float) -> None:
        """Tell what is in force now."""
        with self._changed:
            self._newest = heard
            self.alive, self.trouble = now, ""
            self._changed.notify()

    def beat(self, now: float) -> None:
        """Tell that nothing has changed."""
        self.alive, self.trouble = now, ""

    def lose(self, why: str) -> None:
        """Tell that the source is not heard."""
        self.trouble = why

    def take(self, within: float) -> Heard | None:
        """Wait so many seconds for a word, at most, and take it."""
        with self._changed:
            if self._newest is None:
                self._changed.wait(within)
            newest, self._newest = self._newest, None
            return newest


class Source(Protocol):
    """Where a bouncer hears from."""

    def listen(self, box: Mailbox) -> None:
        """Put what is in force into the box, for ever; ends only with the program."""
        ...
