"""Enforcing: keep one firewall at what was heard last, through restarts, loss and meddling."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.bouncing.acknowledging import Ack
from streams.bouncing.heard import Mailbox
from streams.bouncing.hearing import CLOCK
from streams.bouncing.kept import keep, recall
from streams.bouncing.plan import Plan, plan
from streams.bouncing.slots import fitted
from streams.bouncing.target import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from streams.bouncing.heard import Heard
    from streams.bouncing.knobs import Bouncer
    from streams.bouncing.target import Target

WAIT = 0.2  # seconds to wait for a word; entries end meanwhile
SAVED = 1.0  # seconds between two writes of the state, at least; a list may be large
AGAIN = 1.0  # seconds until the next attempt where the firewall refused
CALM = 10  # times as long as a look took, until the next: a large list is no reason to be busy
BLUR = 1.0  # seconds around an entry's end in which the firewall may or may not hold it


@dataclass(slots=True)
class Enforcing:
    """What was heard, what is in force, and when to look again."""

    target: Target
    knobs: Bouncer
    own: Callable[[], Iterable[str]]  # addresses that are never refused
    tell: Callable[[Ack], None]  # whoever wants to know what is in force
    state: Path  # the file that holds the last good list
    box: Mailbox = field(default_factory=Mailbox)
    heard: Heard | None = None
    applied: Plan | None = None
    trouble: str = ""  # why the firewall does not take what is wanted
    unread: str = ""  # why it cannot be said what the firewall holds
    unkept: str = ""  # why a restart would not find it
    _wanted: Plan = field(default_factory=Plan)
    _stale: float = 0.0  # when what is wanted has to be thought through again
    _next: float = 0.0  # when the firewall may be changed again
    _check: float = 0.0  # when it is looked at next
    _soonest: float = 0.0  # … at the earliest
    _took: float = 0.0  # seconds that changes have taken since it was looked at
    _save: float = 0.0
    _unsaved: bool = False

    def begin(self) -> None:
        """Take up the last good list; a file that holds something else is told, and left unread."""
        try:
            found = recall(self.state)
        except ValueError as error:
            self.box.lose(str(error))
            return
        if found:
            self.heard, self.box.alive = found

    def look(self) -> None:
        """Do one round: hear, enforce, look whether it is so, write down."""
        if heard := self.box.take(WAIT):
            self.heard, self._stale, self._unsaved = heard, 0.0, True
        if self.heard is None:
            return  # nothing is known: whatever is in force there stays
        now = CLOCK()
        wanted = self.wanted(now)
        if self.differs(wanted, now):
            self.put(wanted, now)
        if CLOCK() >= self._check:
            self.check()
        if self._unsaved and now >= self._save:
            self.save()

    def wanted(self, now: float) -> Plan:
        """Say what ought to be in force now."""
        if self.given_up(now):
            self._stale = 0.0
            return Plan()
        if now >= self._stale and self.heard:
            self._wanted = plan(self.heard.entries, self.own(), now)
            if room := self.target.room:
                self._wanted = fitted(self._wanted, self.heard.entries, room, now)
            ends = [end for _, end in self.heard.entries if end > now]
            self._stale = min([now + self.knobs.check, *ends])  # our own addresses may change
        return self._wanted

    def given_up(self, now: float) -> bool:
        """Tell whether the source has been silent for longer than it is believed."""
        after = self.knobs.clear_after
        return after is not None and now - self.box.alive > after

    def differs(self, wanted: Plan, now: float) -> bool:
        """Tell whether the firewall has to be changed, and may be."""
        if now < self._next:
            return False
        former = self.applied
        if former and self.target.ends:
            former = former.at(now)
        return former is None or former.lists != wanted.lists

    def put(self, wanted: Plan, now: float) -> None:
        """Put a plan in force; where that fails, what was in force stays, and it is tried again."""
        try:
            self.target.apply(wanted, now)
        except Refused as error:
            self.trouble, self._next = str(error), CLOCK() + max(AGAIN, error.wait)
            self._check = 0.0
        else:
            self.applied, self.trouble = wanted, ""
            self._next, self._check = now + self.target.rest, self._soonest
        self._took += CLOCK() - now

    def check(self) -> None:
        """Look whether the firewall holds what it was told, and tell; else tell it anew."""
        began = CLOCK()
        held = self.held()
        applied = self.applied
        ended = applied and self.target.ends and held in applied.names(CLOCK(), BLUR)
        drifted = bool(applied and not self.unread and held != applied.set and not ended)
        self.tell(self.ack(held, self._took, drifted=drifted))
        if drifted:
            self.applied = None
        self._took, now = 0.0, CLOCK()
        self._soonest = now + CALM * (now - began)
        self._check = max(now + self.knobs.check, self._soonest)

    def held(self) -> str | None:
        """Name what the firewall holds; None: nothing, or *unread* says why nobody knows."""
        try:
            held, self.unread = self.target.held(), ""
        except Refused as error:
            held, self.unread = None, str(error)
        return held

    def save(self) -> None:
        """Write down what was heard."""
        self._save = CLOCK() + SAVED
        try:
            if self.heard:
                keep(self.state, self.heard, self.box.alive)
        except OSError as error:
            self.unkept = f"not kept for a restart: {error}"
        else:
            self.unkept, self._unsaved = "", False

    def ack(self, held: str | None, took: float, *, drifted: bool = False) -> Ack:
        """Say what is in force."""
        current = self.applied or Plan()
        return Ack(
            version=self.heard.version if self.heard else "",
            set=held or "",
            heard=self.box.alive,
            sizes=current.sizes(),
            left_out=dict(current.left_out),
            trouble=self.trouble or self.unread or self.unkept,
            lost=self.box.trouble,
            took=took,
            drifted=drifted,
            without_room=current.without_room,
            whole=current.whole if held == current.set else "",
        )
