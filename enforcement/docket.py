"""Docket: hears the detectors, remembers what they said, and decides."""

from __future__ import annotations

from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from actors.frame import Scope
from detectors.roster import rules_hash
from enforcement.claimed import HANDSHAKE
from enforcement.clerk import CAMPAIGN, CROWD, OWNERS, PICTURES, REQUESTS, Clerk
from enforcement.hearing import Hearing
from enforcement.memory import Memory
from enforcement.pardons import CLAIM, QUOTA, SIGNATURE
from enforcement.policy import NOTHING
from enforcement.rounds import signalled
from enforcement.sentences import sentences
from enforcement.sharing import READS, Shared

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from actors.frame import Frame
    from detectors.base import Detector
    from enforcement.decision import Decision, Signal
    from enforcement.pardons import Pardons
    from enforcement.policy import Floats, Policy, Rungs

    Word = TypeVar("Word", Signal, Decision)
    Name = Callable[[Frame, int], str]  # the text of a row's actor, see Decision.target

NEEDS: tuple[Feature, ...] = (
    PICTURES, OWNERS, CLAIM, HANDSHAKE, QUOTA, SIGNATURE, CAMPAIGN, REQUESTS, CROWD, *READS,
)  # fmt: skip
ORDER = {scope: place for place, scope in enumerate(Scope)}


class Docket:
    """Turns frames into signals and decisions; how the frames are cut changes nothing."""

    def __init__(
        self,
        detectors: Sequence[Detector],
        trust: Mapping[str, float],
        policy: Policy,
        pardons: Pardons,
        settings_hash: str,
    ) -> None:
        """Believe each detector as far as *trust* says, 1.0 where it says nothing."""
        strangers = sorted(set(trust) - {d.name for d in detectors})
        if strangers:
            msg = f"trust in detectors that are not heard: {', '.join(strangers)}"
            raise ValueError(msg)
        weights = np.array([d.weight * trust.get(d.name, 1.0) for d in detectors])
        self.policy, self.pardons = policy, pardons
        self.clerk = Clerk(tuple(detectors), weights, policy, rules_hash(detectors), settings_hash)
        self.memories = {scope: Memory(len(detectors), policy) for scope in Scope}

    def hear(self, frames: Sequence[Frame], name: Name) -> tuple[list[Signal], list[Decision]]:
        """Hear what follows on what was heard; answer in order of time, scope and row.

        *name* gives the text of the actor in a row of a frame.
        """
        signals: list[Signal] = []
        decisions: list[Decision] = []
        for frame in filter(len, frames):
            for hearing in self._hearings(frame):
                signals += self._signals(hearing, name)
                decisions += self._decisions(hearing, name)
        return in_order(signals), in_order(decisions)

    def state(self) -> dict[str, NDArray[Any]]:
        """Copy out what has to survive a restart."""
        return {
            "detectors": np.array([d.name for d in self.clerk.detectors]),
            "half_life": np.array(self.policy.half_life),
            "now": np.array([memory.now for memory in self.memories.values()], np.int64),
            **{str(scope): memory.entries.copy() for scope, memory in self.memories.items()},
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Go on from a `state`; it must come from the same detectors and half-life."""
        here = self.state()
        for part in ("detectors", "half_life"):
            if not np.array_equal(here[part], state[part]):
                msg = f"the state has {part} {state[part].tolist()}, not {here[part].tolist()}"
                raise ValueError(msg)
        for (scope, memory), now in zip(self.memories.items(), state["now"], strict=True):
            memory.restore(state[str(scope)], int(now))

    def _hearings(self, frame: Frame) -> Iterator[Hearing]:
        """Hear the rows in which anything speaks, in parts between which room is made."""
        scores = np.stack([d.score(frame) for d in self.clerk.detectors], axis=1)
        scores = np.where(scores < self.policy.faint, 0.0, scores)
        rows = np.flatnonzero(scores.any(axis=1))
        memory = self.memories[frame.scope]
        while len(rows):
            memory.make_room(int(frame.at[rows[0]]))
            part, rows = np.split(rows, [memory.fitting(frame.at[rows], frame.actor[rows])])
            yield Hearing.of(frame, part, scores[part], memory)
            memory.now = int(frame.at[part[-1]])

    def _signals(self, hearing: Hearing, name: Name) -> list[Signal]:
        told: list[tuple[int, int, Signal]] = []
        speaking = np.flatnonzero((hearing.fresh >= self.policy.step).any(axis=0))
        for number in speaking.tolist():
            heard = np.array(signalled(hearing, number, self.policy), np.intp)
            if not len(heard):
                continue
            rows = hearing.row[heard]
            names = [name(hearing.frame, row) for row in rows.tolist()]
            scores = hearing.fresh[heard, number]
            signals = self.clerk.signals(hearing.frame, rows, names, number, scores)
            told += zip(rows.tolist(), repeat(number), signals, strict=False)
        return [signal for _, _, signal in sorted(told, key=itemgetter(0, 1))]

    def _decisions(self, hearing: Hearing, name: Name) -> list[Decision]:
        scores = np.concatenate([hearing.held, hearing.fresh])
        held, fresh = np.split(self._rungs(hearing.frame, np.tile(hearing.row, 2), scores), 2)
        said = sentences(hearing.slot, hearing.at, (held, fresh), hearing.entries, self.policy)
        ordered = sorted(said, key=lambda sentence: int(hearing.row[sentence.row]))
        names = [name(hearing.frame, int(hearing.row[each.row])) for each in ordered]
        return list(self.clerk.decisions(hearing, ordered, names)) if ordered else []

    def _rungs(self, frame: Frame, row: NDArray[np.intp], scores: Floats) -> Rungs:
        """Tell what *scores* (rows, detectors) in some rows of a frame lead to."""
        rungs = self.policy.rungs(self.clerk.brought(scores), self.clerk.families)
        shared = Shared.of(frame, row)
        rungs = self.policy.bounded(frame.scope, rungs, shared, frame[OWNERS][row])
        charged = np.flatnonzero(rungs > NOTHING)
        rungs[charged] = np.minimum(rungs[charged], self.pardons.most(frame, row[charged]))
        return rungs


def in_order(words: Iterable[Word]) -> list[Word]:
    """Sort by time, then scope; equal ones stay as they come."""
    return sorted(words, key=_order)


def _order(word: Signal | Decision) -> tuple[int, int]:
    return word.at, ORDER[word.scope]
