"""Standing: all that is in force at one moment, as one value that every feed is written from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from actors.frame import Scope  # noqa: TC001 - `msgspec` reads the annotation of Entry
from enforcement.cover import Span, cidrs, holds, joined, name_of, span, without
from enforcement.decision import Action
from enforcement.rungs import NOBODY, Rung, milder
from enforcement.targets import ADDRESSED, aimed, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enforcement.decision import Decision


@dataclass(frozen=True, slots=True)
class Entry:
    """What holds for one target: an action, or a pardon, which is a hole in wider blocks."""

    target: str  # see Decision.target
    scope: Scope
    action: Action | None  # None: a pardon
    since: int  # seconds since 1970 UTC, of the event for decisions, of the clock for orders
    until: int | None  # None: until it is taken back
    reference: str  # id of the decision or the order behind it
    pictures: int = 0  # as in Decision
    owners: int = 0

    @property
    def key(self) -> str:
        """Name the target so that no two scopes meet: "203.0.113.7", "session:…", "account:…"."""
        return key_of(self.scope, self.target)

    @property
    def word(self) -> str:
        """Say what is done, as it is written everywhere: "block", "pardon" …."""
        return "pardon" if self.action is None else self.action.name.lower()


def entry_of(decision: Decision) -> Entry:
    """Say what a decision does while it is in force."""
    return Entry(
        target=decision.target,
        scope=decision.scope,
        action=decision.action,
        since=decision.at,
        until=decision.until,
        reference=decision.reference,
        pictures=decision.pictures,
        owners=decision.owners,
    )


def pardon_of(target: str, reference: str, since: int = 0) -> Entry:
    """Say that a target, as `aimed` reads it, is spared until that is taken back."""
    scope, name = aimed(target)
    return Entry(name, scope, None, since, None, reference)


@dataclass(frozen=True, slots=True)
class Standing:
    """Entries in force, one a key, sorted by key; `refused` is what firewalls are told.

    A standing may be a part of another one: see feeds/granting.py.
    """

    entries: tuple[Entry, ...]
    refused: tuple[str, ...]  # sorted disjoint CIDRs, pardons and private space left out
    until: int | None  # when the first of the refused ends; None: none does
    milder: tuple[Rung, ...] = ()  # the same for milder actions; disjoint from all others
    action: Action = Action.BLOCK  # of the refused; a milder one where only that was asked for
    left_out: int = 0  # CIDRs that did not fit into what was asked for

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Self:
        """Sort entries, which have one key each, and cut the pardons out of the blocks."""
        ordered = tuple(sorted(entries, key=lambda entry: entry.key))
        placed = [(entry, span(entry.target)) for entry in ordered if entry.scope in ADDRESSED]
        holes = joined([*NOBODY, *(place for entry, place in placed if entry.action is None)])
        blocked = [pair for pair in placed if _refuses(*pair, holes)]
        refused = list(without(joined(place for _, place in blocked), holes))
        ends = [entry.until for entry, _ in blocked if entry.until is not None]
        rungs = milder(((entry.action, place) for entry, place in placed), [*holes, *refused])
        return cls(ordered, tuple(cidrs(refused)), min(ends, default=None), rungs)

    @property
    def name(self) -> str:
        """Name the set of the refused: 16 hex digits, equal for equal sets."""
        return name_of(self.refused)

    @property
    def rungs(self) -> tuple[Rung, ...]:
        """List all that is told, by address, with what is done about it."""
        refused = [Rung(cidr, self.action) for cidr in self.refused]
        if not self.milder:
            return tuple(refused)
        return tuple(sorted([*refused, *self.milder], key=lambda rung: span(rung.cidr)))


def _refuses(entry: Entry, place: Span, holes: list[Span]) -> bool:
    return entry.action is Action.BLOCK and not holds(holes, place)
