"""Rounds: walk from one word about an actor to its next, for all actors at once.

What is said about an actor depends on what was said before, but most rows say nothing new. Each
round finds, in every actor that is still of interest, the first row that does; so the number of
rounds is the most that is said about any one actor, not the number of rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enforcement.peaks import held, levels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enforcement.hearing import Hearing
    from enforcement.policy import Policy

    Rows = NDArray[np.intp]


def firsts(slot: Rows, hits: Rows) -> Rows:
    """Pick the first of the ascending rows *hits* in each group of equal slots."""
    return hits[np.unique(slot[hits], return_index=True)[1]]


def later(slot: Rows, pending: Rows, said: Rows) -> Rows:
    """Keep the pending rows that come after the one row *said* of the same actor."""
    group = np.minimum(np.searchsorted(slot[said], slot[pending]), len(said) - 1)
    same: Rows = pending[(slot[pending] == slot[said][group]) & (pending > said[group])]
    return same


def signalled(hearing: Hearing, number: int, policy: Policy) -> Rows:
    """Find the rows in which detector *number* says a step more than is left of what it last said.

    The entries are brought up to date.
    """
    slot, age, told = hearing.slot, hearing.age, hearing.entries["told"][:, number]
    score = np.ascontiguousarray(hearing.fresh[:, number])
    found = [np.zeros(0, np.intp)]
    pending = np.flatnonzero(score >= policy.step)
    while len(pending):
        known = held(told[slot[pending]], age[pending], policy.faint)
        hits = pending[score[pending] >= known + policy.step]
        if not len(hits):
            break
        said = firsts(slot, hits)
        told[slot[said]] = levels(score[said], age[said])
        found.append(said)
        pending = later(slot, pending, said)
    return np.concatenate(found)
