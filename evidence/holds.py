"""Holds: whom blocks and challenges hold, in every scope, and which comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.addresses import Ranges, network_of
from actors.frame import Scope
from enforcement.decision import Action
from evidence.hold import Hold, Term, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from enforcement.decision import Decision

ACTIONS = (Action.BLOCK, Action.CHALLENGE)  # a request counts for the first that holds it …
SCOPES = (Scope.ADDRESS, Scope.NETWORK, Scope.SESSION, Scope.ACCOUNT)  # … in the first scope
NOBODY = -1


class Holds:
    """Terms of decisions by action and scope; they are kept, as late requests may ask for them."""

    def __init__(self, tick: int, spared: Sequence[str]) -> None:
        """Let a decision rest on requests of the *tick* seconds before it; never hold *spared*."""
        self._tick = tick
        self._spared = Ranges.of((text, 1) for text in spared)
        self._terms: dict[tuple[Action, Scope], list[Term]] = {}
        self._sorted: dict[tuple[Action, Scope], Hold] = {}

    def add(self, decision: Decision, case: int) -> None:
        """Hold a key as a decision says."""
        place = (decision.action, decision.scope)
        term = Term(decision.key, decision.at, decision.until, case)
        self._terms.setdefault(place, []).append(term)
        self._sorted.pop(place, None)

    def assign(
        self, batch: Batch, rows: NDArray[np.intp]
    ) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
        """Give each of the rows its case, and the action that holds it; NOBODY without.

        A request of a decision's own tick has a case, but is not held by it.
        """
        case, held = np.full(len(rows), NOBODY), np.full(len(rows), NOBODY, np.int8)
        second = batch.at[rows] // 1000
        known: dict[Scope, tuple[NDArray[np.uint64], NDArray[np.uint64]]] = {}
        for action, scope, hold in self._in_order():
            if scope not in known:
                keys = keys_of(batch, rows, scope)
                known[scope] = keys, spread_of(keys)
            found, cases, holds = hold.look(*known[scope], second)
            spared = self._spared.label(batch.address[rows[found]]) != 0
            free = (held[found] == NOBODY) & ~spared
            found, cases, holds = found[free], cases[free], holds[free]
            new = holds | (case[found] == NOBODY)
            case[found[new]] = cases[new]
            held[found[holds]] = action
        return case, held

    def _in_order(self) -> Iterator[tuple[Action, Scope, Hold]]:
        for place in ((action, scope) for action in ACTIONS for scope in SCOPES):
            if place in self._terms and place not in self._sorted:
                self._sorted[place] = Hold.of(self._terms[place], self._tick)
            if place in self._sorted:
                yield *place, self._sorted[place]


def keys_of(batch: Batch, rows: NDArray[np.intp], scope: Scope) -> NDArray[np.uint64]:
    """Give the key of some requests in a scope."""
    if scope is Scope.NETWORK:
        return network_of(batch.address[rows])
    column: NDArray[np.uint64] = getattr(batch, scope.value)
    return column[rows]
