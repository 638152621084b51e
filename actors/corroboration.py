"""Corroboration: what else the pairs of a fleet show, besides how seldom its networks meet.

Nothing is decided by it: these are the literature's further marks of a harvest that is spread over
many visitors (science.md 3b, c, e, f), for whoever has to judge whether a campaign is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from actors.features import HOUR, MINUTE
from actors.meetings import SPAN

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.meetings import Rows

VISIT = HOUR // MINUTE  # minutes; a home that takes three in a row was drawn once
LEAST = 30  # pairs of a user agent whose hours say something
MOST = 16  # user agents that are compared, those with most pairs
FEWEST = 12  # spans that a correlation takes; two hours


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What the pairs of one campaign, a day's at most, show; 0 where they do not tell."""

    pool: float = 0.0  # networks there would be, if each visit drew one by lot
    agents: int = 0  # user agents
    unevenness: float = 0.0  # chi-squared of their shares by degree of freedom; 1: drawn by lot
    synchrony: float = 0.0  # mean correlation of their pictures by ten minutes, -1 to 1
    rarefaction: float = 0.0  # distinct pictures to those that as many of readers' would hold
    untouched: float = 0.0  # share of its pictures that no reader was given in that day

    @classmethod
    def of(cls, rows: Rows, readers: Rows) -> Corroboration:
        """Look at the PAIRs of a campaign (pairs,), and those of ordinary visitors (readers,)."""
        agent, counts = np.unique(rows["agent"], return_counts=True)
        return cls(
            pool=pool(rows),
            agents=len(agent),
            unevenness=unevenness(counts),
            synchrony=synchrony(rows, agent[np.argsort(-counts, kind="stable")][:MOST]),
            rarefaction=rarefaction(rows, readers),
            untouched=untouched(rows, readers),
        )


NOT_LOOKED = Corroboration()


def pool(rows: Rows) -> float:
    """Estimate how many networks a fleet has, by how often one comes back (Chiapponi et al. 2020).

    Of n visits drawn by lot from a pool, n (n - 1) / (2 pool) pairs are of one network. A visit is
    a network in an hour. 0 where none came back: then there may be any number.
    """
    visits = np.unique(rows["network"].astype(np.uint64) << np.uint64(32) | hour(rows))
    again = np.unique(visits >> np.uint64(32), return_counts=True)[1]
    twos = float((again * (again - 1) // 2).sum())
    return len(visits) * (len(visits) - 1) / 2 / twos if twos else 0.0


def hour(rows: Rows) -> NDArray[np.uint64]:
    """Tell the hour (pairs,) since 1970 of each."""
    return (rows["minute"] // VISIT).astype(np.uint64)


def unevenness(counts: NDArray[np.intp]) -> float:
    """Hold shares (agents,) against equal ones: a rotation draws by lot, people have favourites."""
    if len(counts) < 2:
        return 0.0
    even = counts.mean()
    return float(((counts - even) ** 2 / even).sum() / (len(counts) - 1))


def synchrony(rows: Rows, agents: NDArray[np.uint32]) -> float:
    """Correlate the times of user agents that took much (Jacob et al. 2012), pair by pair: mean."""
    span = rows["minute"] // SPAN
    first, spans = int(span.min()), int(np.ptp(span)) + 1
    taken = [np.bincount(span[rows["agent"] == each] - first, minlength=spans) for each in agents]
    told = [counts for counts in taken if counts.sum() >= LEAST and np.ptp(counts)]
    if len(told) < 2 or spans < FEWEST:
        return 0.0
    compared = np.asarray(np.corrcoef(np.stack(told)))
    return float(compared[np.triu_indices(len(told), 1)].mean())


def rarefaction(rows: Rows, readers: Rows) -> float:
    """Compare how many pictures differ with how many would, had readers taken as many (3b).

    What readers were not given yet is as likely as what only one was (Good and Turing), and no
    picture of it is expected twice.
    """
    seen = np.unique(readers["picture"], return_counts=True)[1]
    if not len(seen):
        return 0.0
    unseen = float((seen == 1).sum() / seen.sum())
    likely = seen / seen.sum() * (1.0 - unseen)
    drawn = len(rows)
    expected = float((1.0 - (1.0 - likely) ** drawn).sum()) + drawn * unseen
    return len(np.unique(rows["picture"])) / expected


def untouched(rows: Rows, readers: Rows) -> float:
    """Give the share of a fleet's pictures that were cold: no reader was given them (3c)."""
    if not len(readers):
        return 0.0
    return float((~np.isin(np.unique(rows["picture"]), readers["picture"])).mean())
