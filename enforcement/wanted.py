"""Wanted: who is followed because decisions are about them, as rows, for many decisions at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.baseline import minute_of
from actors.features import HOUR
from actors.frame import Scope
from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from enforcement.decision import Decision

FOLLOWED = 24 * HOUR  # seconds after a decision; a list is taken up again within the day
WANTED = np.dtype(
    [
        ("key", "u8"),
        ("from", "i8"),  # second of the first decision
        ("last", "i8"),  # … and of the last
        ("trail", "u8"),
        ("decision", "u8"),  # the first challenge or block, 0 = none yet
        ("since", "i8"),
    ]
)


def wanting(decisions: Iterable[Decision]) -> NDArray[np.void]:
    """Say whom decisions are about, one row (rows,) WANTED for each, by minute."""
    told = [
        (each.key, each.at, each.at, number, *((number, each.at) if stops(each) else (0, 0)))
        for each in decisions
        if each.scope is Scope.ADDRESS
        for number in [int(each.id, 16)]
    ]
    rows = np.array(told, WANTED)
    return rows[np.argsort(minute_of(rows["from"]), kind="stable")]


def minutes(rows: NDArray[np.void]) -> list[NDArray[np.void]]:
    """Part rows (rows,) WANTED that come by minute."""
    return np.split(rows, np.flatnonzero(np.diff(minute_of(rows["from"]))) + 1)


def stops(decision: Decision) -> bool:
    """Tell whether a decision is one after which somebody else may go on."""
    return decision.action >= Action.CHALLENGE


def turns(rows: NDArray[np.void]) -> Iterator[NDArray[np.void]]:
    """Give the first row of everybody, then the second of those who have one, and so on.

    Each time by rising key. What is said of one actor follows on what was said before; so there
    are as many turns as rows about any one actor, not as there are rows.
    """
    rows = rows[np.argsort(rows["key"], kind="stable")]
    first = np.searchsorted(rows["key"], rows["key"])
    turn = np.arange(len(rows)) - first
    for number in range(int(turn.max(initial=-1)) + 1):
        yield rows[turn == number]


def wanted_with(
    known: NDArray[np.void], new: NDArray[np.void]
) -> tuple[NDArray[np.void], NDArray[np.uint64]]:
    """Add rows (new,) of different actors to those known; both rise by key.

    Tells also who had not been followed any more: of them all that was known is forgotten.
    """
    missing = new[~np.isin(new["key"], known["key"])]
    known = np.insert(known, np.searchsorted(known["key"], missing["key"]), missing)
    place = np.searchsorted(known["key"], new["key"])
    rows = known[place]
    again = new["from"] > rows["last"] + FOLLOWED
    rows[again] = new[again]
    rows["last"] = np.maximum(rows["last"], new["last"])
    stopped = (new["decision"] != 0) & (rows["decision"] == 0)
    for name in ("decision", "since"):
        rows[name][stopped] = new[name][stopped]
    known[place] = rows
    return known, new["key"][again]
