"""LeftOut: of whom calibration learns nothing, and why."""

from __future__ import annotations

from collections import defaultdict
from enum import IntEnum, unique
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from access.claims import Flag, crawler, flags
from access.event import Kind
from actors.frame import Scope
from enforcement.decision import Action
from enforcement.sharing import Shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.frame import Frame
    from enforcement.decision import Decision
    from enforcement.pardons import Pardons
    from enforcement.policy import Policy

# An empty agent is none of them: some logs hold no agents at all.
MACHINE = np.uint32(Flag.TOOL | Flag.CRAWLER | Flag.TEMPLATE | Flag.IMPOSSIBLE)
NAMED = (Scope.SESSION, Scope.ACCOUNT)


@unique
class Why(IntEnum):
    """Why somebody is left out; the first that fits."""

    KEPT = 0
    HARVESTS = 1  # the settings challenge or block them
    MACHINE = 2  # says so
    SPARED = 3  # a pardon covers them: own machines, crawlers, researchers
    CROWD = 4  # several people behind one address, who do as much as several


class LeftOut:
    """Remembers by key whom not to learn from."""

    def __init__(self, pardons: Pardons, policy: Policy, least: Action = Action.CHALLENGE) -> None:
        """Leave out machines, crowds, those *pardons* spare, and those acted on so hard."""
        self._pardons, self._policy, self._least = pardons, policy, least
        self._keys: dict[tuple[Scope, Why], set[int]] = defaultdict(set)
        self._decided: dict[Scope, set[int]] = defaultdict(set)
        self.milder: dict[Scope, set[int]] = defaultdict(set)  # acted on, but not so hard

    def see(self, batch: Batch) -> None:
        """Find machines among those who asked for pictures."""
        claims = batch.claim
        machine = (flags(claims) & MACHINE > 0) | (crawler(claims) > 0)
        machine &= batch.kind == Kind.PICTURE
        for scope in (Scope.ADDRESS, *NAMED):
            self._add(scope, Why.MACHINE, getattr(batch, scope.value)[machine])

    def judge(self, frame: Frame) -> None:
        """Find crowds and spared ones among the rows of a frame."""
        spared = self._pardons.which(frame, np.arange(len(frame))) > 0
        self._add(frame.scope, Why.SPARED, frame.actor[spared])
        if frame.scope is Scope.ADDRESS:
            self._add(frame.scope, Why.CROWD, frame.actor[self._crowded(frame)])

    def hear(self, decisions: Iterable[Decision], batch: Batch) -> None:
        """Take in decisions, and by what other names those decided on asked in a batch."""
        for decision in decisions:
            hard = decision.action >= self._least
            (self._decided if hard else self.milder)[decision.scope].add(decision.key)
        addressed = among(batch.address, self._decided[Scope.ADDRESS])
        addressed |= among(network_of(batch.address), self._decided[Scope.NETWORK])
        columns = {Scope.SESSION: batch.session, Scope.ACCOUNT: batch.account}
        named = [among(column, self._decided[scope]) for scope, column in columns.items()]
        self._add(Scope.ADDRESS, Why.HARVESTS, batch.address[named[0] | named[1]])
        for scope, column in columns.items():
            self._add(scope, Why.HARVESTS, column[addressed | named[0] | named[1]])

    def why(self, scope: Scope, key: NDArray[np.uint64]) -> NDArray[np.int8]:
        """Say of each key (rows,) why it is left out: values of Why."""
        said = np.full(len(key), Why.KEPT, np.int8)
        for why in (Why.CROWD, Why.SPARED, Why.MACHINE, Why.HARVESTS):
            said[among(key, self._keys[scope, why])] = why
        harvests = among(key, self._decided[scope])
        if scope is Scope.ADDRESS:
            harvests |= among(network_of(key), self._decided[Scope.NETWORK])
        said[harvests] = Why.HARVESTS
        return said

    def _crowded(self, frame: Frame) -> NDArray[np.bool_]:
        """Tell which rows of a frame have many people behind one address."""
        people = Shared.of(frame, np.arange(len(frame))).people(self._policy.people_pages)
        crowded: NDArray[np.bool_] = people >= self._policy.people_bound
        return crowded

    def _add(self, scope: Scope, why: Why, key: NDArray[np.uint64]) -> None:
        self._keys[scope, why].update(np.unique(key[key != 0]).tolist())


def among(key: NDArray[np.uint64], known: set[int]) -> NDArray[np.bool_]:
    """Tell which keys (rows,) are known."""
    if not known:
        return np.zeros(len(key), np.bool_)
    return np.isin(key, np.fromiter(known, np.uint64, len(known)))
