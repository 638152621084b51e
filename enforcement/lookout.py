"""Lookout: finds members of the campaigns that run, among visitors who are given new pictures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from actors.baseline import LAG
from actors.features import Bond
from actors.meetings import LED
from actors.members import Members
from enforcement.campaigns import Campaign  # noqa: TC001 - `msgspec` reads Warrant
from enforcement.claimed import BITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from actors.pairs import Folded, Noted


@dataclass(frozen=True, slots=True)
class Warrant:
    """A campaign as it was known for some minutes."""

    campaign: Campaign
    begins: int  # minute since 1970 UTC
    ends: int  # closed-open


class Lookout:
    """Knows the campaigns of the whole site, two minutes after they were found: see `baseline`."""

    def __init__(self) -> None:
        """Look out for nobody."""
        self.warrants: list[Warrant] = []

    def learn(self, minute: int, campaigns: Iterable[Campaign]) -> None:
        """Know what campaigns were found, or were found to be, with the pairs up to a minute."""
        begins = minute + LAG
        for campaign in (each for each in campaigns if not each.edged):  # nobody is its member
            for place in range(len(self.warrants) - 1, -1, -1):
                known = self.warrants[place]
                if known.campaign.number == campaign.number:
                    self.warrants[place] = replace(known, ends=min(known.ends, begins))
                    break
            self.warrants.append(Warrant(campaign, begins, campaign.until + LAG))

    def forget(self, minute: int) -> None:
        """Drop what has ended before a minute."""
        self.warrants = [known for known in self.warrants if known.ends > minute]

    def members(self, folded: Folded, noted: Noted) -> Members:
        """Find the members among those who were given new pictures in a batch."""
        if not len(noted.row):
            return Members.none()
        self.forget(int(noted.pairs["minute"].min()))
        fleet, number = self._bound(noted)
        held = np.flatnonzero(number)
        if not len(held):
            return Members.none()
        return _by_tick(folded, noted, held, fleet[held], number[held])

    def state(self) -> dict[str, NDArray[np.uint8]]:
        """Copy out what has to survive a restart."""
        return {"warrants": np.frombuffer(msgspec.msgpack.encode(self.warrants), np.uint8)}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        packed = state["warrants"].tobytes()
        self.warrants = msgspec.msgpack.decode(packed, type=list[Warrant])

    def _bound(self, noted: Noted) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Tell for each pair the largest share that is no people, and the campaign that has it."""
        fleet = np.zeros(len(noted.row))
        number = np.zeros(len(noted.row), np.int64)
        minute = noted.pairs["minute"]
        for known in self.warrants:
            share = 1.0 - known.campaign.people
            held = known.campaign.holds(noted.pairs) & (share > fleet)
            held &= (minute >= known.begins) & (minute < known.ends)
            fleet[held], number[held] = share, known.campaign.number
        return fleet, number


def _by_tick(
    folded: Folded,
    noted: Noted,
    held: NDArray[np.intp],
    fleet: NDArray[np.float64],
    number: NDArray[np.int64],
) -> Members:
    """Sum up the pairs *held* of each address and tick."""
    row = noted.row[held]
    at, actor = folded.at[row], folded.batch.address[row]
    order = np.lexsort((held, -fleet, actor, at))  # as folded: rows of a moment come in any order
    changed = np.ones(len(order), np.bool_)
    changed[1:] = (at[order][1:] != at[order][:-1]) | (actor[order][1:] != actor[order][:-1])
    first = np.flatnonzero(changed)

    def most(values: NDArray[np.generic]) -> NDArray[np.float64]:
        return np.maximum.reduceat(values[order], first).astype(np.float64)

    led = noted.pairs["habit"][held] & np.uint8(LED) != 0
    best = order[first]
    return Members(
        at=at[best],
        actor=actor[best],
        row=most(row).astype(np.int64),
        claim=folded.batch.claim[row[best]].astype(np.float64),
        handshake=(folded.batch.handshake[row[best]] & np.uint64(BITS)).astype(np.float64),
        pictures=most(folded.rank[row]),
        bonds={
            Bond.FLEET: fleet[best],
            Bond.LED: most(led),
            Bond.ELSEWHERE: most(noted.elsewhere[held]),
            Bond.CAMPAIGN: number[best].astype(np.float64),
        },
    )
