"""Policy: how much evidence it takes to act, how hard, for how long, and on whom never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from actors.frame import Scope
from detectors.base import Family
from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from enforcement.sharing import Shared

    Floats = NDArray[np.float64]
    Rungs = NDArray[np.int8]  # Action values, NOTHING where there is not even that

NOTHING = -1
HOUR = 3600  # seconds
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Policy:
    """Thresholds on the sum of weight x trust x score (nats), durations (seconds), and bounds."""

    observe: float = 3.0  # nats; chosen: more than one shape alone (2.7), which many people have
    degrade: float = 4.0  # nats; chosen: the odds of a person are 1 in 55
    throttle: float = 6.0  # nats; chosen: 1 in 400
    challenge: float = 8.5  # nats; chosen: 1 in 5,000; volume alone (8.4) only slows down
    block: float = 11.5  # nats; Wald: ln((1 - 0.05) / 1e-5), one person blocked in 100,000
    half_life: float = 6 * HOUR  # of evidence; an evening fades by the next morning
    faint: float = 0.01  # a held score below it has faded away
    step: float = 0.2  # a signal is given whenever a score rises by so much
    observe_lasts: int = HOUR
    degrade_lasts: int = HOUR
    throttle_lasts: int = HOUR
    challenge_lasts: int = HOUR
    block_lasts: int = HOUR  # long enough to cost, short enough to forgive
    longest: int = 7 * DAY  # each return doubles, up to here
    quiet: int = 0  # seconds without a request that end an action, doubled alike; 0: none does
    forgiven: int = 30 * DAY  # after an end without return; the longest memory of actors
    families_needed: int = 2  # kinds of evidence for a challenge or block; fewer end at a throttle
    family_least: float = 0.5  # nats a family must bring to count as one; chosen
    people_bound: int = 5  # people behind an address in 24 h, by their browsers; chosen
    people_pages: float = 2  # pages or calls to a browser, below which it may keep no cache; chosen
    person_10min: float = 401  # pictures to each of them at most: the most of any person measured
    person_24h: float = 461  # … in a day; a crowd that takes more is none
    entries: int = 1 << 17  # actors remembered per scope; 250 bytes each with seven detectors
    people_share: float = 0.1  # … per address of a network; chosen: a page in ten is no habit
    network_least: int = 4  # addresses of a network in 24 h; fewer are judged one by one

    @property
    def thresholds(self) -> tuple[float, ...]:
        """List what each rung of the ladder takes, in nats."""
        return (self.observe, self.degrade, self.throttle, self.challenge, self.block)

    def rungs(self, brought: Floats, families: Sequence[str]) -> Rungs:
        """Climb the ladder: *brought* (rows, detectors) nats give one rung per row.

        What strangers do may challenge whoever looks like them; a block takes one's own doing.
        """
        rungs, strange = self._climbed(brought, families), [of == Family.COHORT for of in families]
        if not brought[:, strange].any():
            return rungs
        own = brought * ~np.array(strange)
        blocked = self._climbed(own, families) == Action.BLOCK
        most = np.where(blocked, Action.BLOCK, Action.CHALLENGE)
        return np.minimum(rungs, most).astype(np.int8)

    def _climbed(self, brought: Floats, families: Sequence[str]) -> Rungs:
        """Climb as far as the sum leads, and the number of families lets."""
        rung = np.searchsorted(np.array(self.thresholds), total(brought), side="right") - 1
        many = self.spoken(brought, families).sum(axis=1) >= self.families_needed
        return np.where(many, rung, np.minimum(rung, Action.THROTTLE)).astype(np.int8)

    def spoken(self, brought: Floats, families: Sequence[str]) -> NDArray[np.bool_]:
        """Tell which of the sorted distinct *families* count: (rows, distinct families)."""
        columns = [
            total(brought[:, [of == family for of in families]]) >= self.family_least
            for family in sorted(set(families))
        ]
        return np.stack(columns, axis=1)

    def bounded(self, scope: Scope, rungs: Rungs, shared: Shared, owners: Floats) -> Rungs:
        """Spare who shares: an address with many people behind it, a network with people in it.

        A crowd's address is answered a rung milder: what would block one person challenges it,
        what would challenge one slows it down, for much of it is that they are many; unless they
        took more than so many people look at. A network's people are spared whatever was taken,
        for it may be by their neighbours. Whoever took pictures of one owner alone may be that
        owner, and is at most challenged: *owners* (rows,) are those of 30 days, 0 = unknown.
        """
        people = shared.people(self.people_pages)
        fits = shared.plausible(people, self.person_10min, self.person_24h)
        rungs = np.where(owners == 1, np.minimum(rungs, Action.CHALLENGE), rungs).astype(np.int8)
        if scope is Scope.ADDRESS:
            milder = np.where(rungs >= Action.CHALLENGE, rungs - 1, rungs)
            return np.where(fits & (people >= self.people_bound), milder, rungs).astype(np.int8)
        if scope is not Scope.NETWORK:
            return rungs
        people = np.where(fits, people, shared.agents)
        inhabited = (people >= self.people_bound) | (people > self.people_share * shared.members)
        most = np.where(inhabited, Action.OBSERVE, Action.BLOCK)
        most = np.where(shared.members >= self.network_least, most, NOTHING)
        return np.minimum(rungs, most).astype(np.int8)

    def lasts(self, rungs: Rungs, returns: NDArray[np.int32]) -> NDArray[np.int64]:
        """Say for how many seconds each action holds after so many returns."""
        first = np.array(
            [
                self.observe_lasts,
                self.degrade_lasts,
                self.throttle_lasts,
                self.challenge_lasts,
                self.block_lasts,
            ],
            np.int64,
        )
        doublings = np.minimum(returns, 20).astype(np.int64)
        lasts: NDArray[np.int64] = np.minimum(first[rungs] << doublings, self.longest)
        return lasts

    def leases(self, rungs: Rungs, returns: NDArray[np.int32]) -> NDArray[np.int64]:
        """Say for how many seconds each action holds if nothing more is asked for; see `quiet`."""
        lasts = self.lasts(rungs, returns)
        if not self.quiet:
            return lasts
        doublings = np.minimum(returns, 20).astype(np.int64)
        quiet = np.int64(self.quiet) << doublings
        return np.where(rungs > Action.OBSERVE, np.minimum(quiet, lasts), lasts)

    def first(self, rung: int) -> int:
        """Say for how many seconds an action holds that nothing went before."""
        return int(self.lasts(np.array([rung], np.int8), np.zeros(1, np.int32))[0])

    def action_for(self, brought: Sequence[float], families: Sequence[str]) -> Action | None:
        """Say what evidence of one moment would lead to; None is not even to be written down."""
        rung = int(self.rungs(np.array([brought], np.float64), families)[0])
        return None if rung == NOTHING else Action(rung)


def total(brought: Floats) -> Floats:
    """Add up each row from left to right, so that it never depends on how many rows there are."""
    added = np.zeros(len(brought))
    for column in brought.T:
        added += column
    return added
