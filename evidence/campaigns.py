"""Campaigns: one case for each fleet, with all its members, and whose pictures they were given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.event import Kind, Outcome
from actors.features import DAY
from actors.frame import Scope
from enforcement.decision import Action
from evidence.edged import is_edged
from evidence.pairs import Pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from access.batch import Batch
    from enforcement.decision import Decision

ROOM = 1 << 20  # deliveries that are looked back at, the newest, up to twice as many; 32 bytes each
SECOND = 1000  # milliseconds
COLUMNS = "at", "address", "picture", "owner"


@dataclass(frozen=True, slots=True)
class CampaignCase:
    """What is known of one fleet whose members have addresses."""

    target: str  # its id
    first: int  # seconds since 1970 UTC, of the first decision about it or a member
    last: int
    seen: Mapping[str, float]  # evidence of the last decision about the cohort itself
    members: int  # addresses that were taken for its own
    challenged: int  # … of them challenged or blocked
    pictures: int  # different ones they were given, from a day before they were known on
    owners: int  # different ones of them, as far as they are known
    at_least: bool  # more was delivered than is looked back at


class Member(NamedTuple):
    """How long what an address is given counts for a campaign; milliseconds."""

    campaign: int
    begins: int
    ends: int


@dataclass(slots=True)
class About:
    """What was decided about a campaign."""

    number: int
    first: int
    last: int = 0
    seen: Mapping[str, float] = field(default_factory=dict)
    challenged: set[int] = field(default_factory=set)


class CampaignBook:
    """Goes through batches and decisions; remembers the newest deliveries, and looks back at them.

    A member is known by its first or second picture, so what it was given before is looked up.
    """

    def __init__(self, room: int = ROOM) -> None:
        """Look back at no less than *room* deliveries."""
        self._room = room
        self._about: dict[str, About] = {}
        self._members: dict[int, Member] = {}
        self._given: list[tuple[NDArray[np.generic], ...]] = []  # COLUMNS of deliveries
        self._held, self._full = 0, False
        self._pictures, self._owners = Pairs(), Pairs()
        self._cases: list[CampaignCase] | None = None  # of all that was seen, once asked for

    def see(self, batch: Batch, decisions: Iterable[Decision]) -> None:
        """Take the requests of whole ticks and what was decided on them."""
        self._cases = None
        for decision in decisions:
            if decision.campaign and not is_edged(decision):
                self._hear(decision, decision.campaign)
        given = (batch.kind == Kind.PICTURE) & (batch.outcome == Outcome.DELIVERED)
        given &= (batch.address != 0) & ~batch.own
        if given.any():
            self._given.append(tuple(getattr(batch, name)[given] for name in COLUMNS))
            self._held += int(np.count_nonzero(given))
        if self._held > 2 * self._room:
            self._look_back()
            self._forget()

    def cases(self) -> list[CampaignCase]:
        """List the fleets, those that took most first."""
        if self._cases is None:
            self._look_back()
            self._cases = self._told()
        return self._cases

    def _told(self) -> list[CampaignCase]:
        members = np.bincount(
            [member.campaign for member in self._members.values()], minlength=len(self._about)
        )
        pictures = self._pictures.counts(len(self._about))
        owners = self._owners.counts(len(self._about))
        told = [
            CampaignCase(
                target=target,
                first=about.first,
                last=about.last,
                seen=about.seen,
                members=int(members[about.number]),
                challenged=len(about.challenged),
                pictures=int(pictures[about.number]),
                owners=int(owners[about.number]),
                at_least=self._full or self._pictures.full or self._owners.full,
            )
            for target, about in self._about.items()
        ]
        return sorted(told, key=lambda each: (-each.pictures, each.first, each.target))

    def _hear(self, decision: Decision, campaign: str) -> None:
        about = self._about.setdefault(campaign, About(len(self._about), decision.at))
        about.last = decision.at
        if decision.scope is Scope.COHORT:
            about.seen = decision.signals[0].evidence
        if decision.scope is not Scope.ADDRESS:
            return
        key, ends = decision.key, decision.until * SECOND
        before = self._members.get(key)
        begins = before.begins if before else (decision.at - DAY) * SECOND
        self._members[key] = Member(before.campaign if before else about.number, begins, ends)
        if decision.action >= Action.CHALLENGE:
            about.challenged.add(key)

    def _look_back(self) -> None:
        """Count what members were given; what was counted before is not counted again."""
        if not self._members or not self._given:
            return
        at, address, picture, owner = (np.concatenate(column) for column in self._columns())
        keys = np.array(sorted(self._members), np.uint64)
        told = np.array([self._members[key] for key in keys.tolist()], np.int64)
        place = np.minimum(np.searchsorted(keys, address), len(keys) - 1)
        campaign, begins, ends = told[place].T
        theirs = (keys[place] == address) & (at >= begins) & (at < ends)
        self._pictures.add(campaign[theirs], picture[theirs])
        self._owners.add(campaign[theirs], owner[theirs])

    def _forget(self) -> None:
        """Keep the newest deliveries."""
        while self._held - len(self._given[0][0]) >= self._room:
            self._held -= len(self._given.pop(0)[0])
            self._full = True

    def _columns(self) -> Iterable[tuple[NDArray[np.generic], ...]]:
        return zip(*self._given, strict=True)
