"""Members: who was given new pictures as one of a fleet, beside what else is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from actors.features import Bond, Bound, Count, Fact, Latest, Statistic
from actors.frame import Frame, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import DTypeLike, NDArray

    from actors.features import Feature

    Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Members:
    """One row for each address and tick in which it was given a new picture as one of a fleet."""

    at: NDArray[np.int64]  # (rows,) end of the tick, seconds since 1970 UTC; rising
    actor: NDArray[np.uint64]  # (rows,) its address
    row: NDArray[np.int64]  # (rows,) its last such request in the tick, a row of the batch
    claim: Floats  # (rows,)
    handshake: Floats  # (rows,) see Fact; both of the request that binds it most
    pictures: Floats  # (rows,) that it had asked for by then, this visit
    bonds: dict[Bond, Floats]  # each (rows,)

    @classmethod
    def none(cls) -> Self:
        """Make a table of nobody."""
        whole, floats = np.zeros(0, np.int64), np.zeros(0)
        bonds = dict.fromkeys(Bond, floats)
        return cls(whole, np.zeros(0, np.uint64), whole, floats, floats, floats, bonds)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.at)


def joined(frames: Sequence[Frame], members: Members, features: Sequence[Feature]) -> list[Frame]:
    """Add members to the frames of one batch: to the rows of addresses there, or as new rows."""
    if not len(members):
        return list(frames)
    own = [frame for frame in frames if frame.scope is Scope.ADDRESS]
    others = [frame for frame in frames if frame.scope is not Scope.ADDRESS]
    return [_one(_together(own, features), members, features), *others]


def _together(own: Sequence[Frame], features: Sequence[Feature]) -> Frame:
    """Make one frame of those of addresses."""
    columns = {f: _stacked([frame[f] for frame in own], np.float64) for f in told(features)}
    return Frame(
        scope=Scope.ADDRESS,
        at=_stacked([frame.at for frame in own], np.int64),
        actor=_stacked([frame.actor for frame in own], np.uint64),
        row=_stacked([frame.row for frame in own], np.int64),
        columns=columns,
    )


def _stacked(parts: Sequence[NDArray[Any]], dtype: DTypeLike) -> NDArray[Any]:
    return np.concatenate([*parts, np.zeros(0, dtype)])


def told(features: Sequence[Feature]) -> list[Feature]:
    """List the features that a ledger tells."""
    return [feature for feature in features if isinstance(feature, Count | Latest)]


def _one(known: Frame, members: Members, features: Sequence[Feature]) -> Frame:
    """Add members to a frame: new ones at the end of their tick."""
    which = _places(known, members)
    met = which >= 0
    new = np.flatnonzero(~met)
    at = np.append(known.at, members.at[new])
    order = np.argsort(at, kind="stable")
    row = known.row.copy()
    row[which[met]] = np.maximum(row[which[met]], members.row[met])
    columns: dict[Feature, Floats] = {}
    for feature in features:
        if isinstance(feature, Bound):
            given = np.zeros(len(known))
            given[which[met]] = members.bonds[feature.to][met]
            columns[feature] = np.append(given, members.bonds[feature.to][new])[order]
        elif feature in known.columns:
            columns[feature] = np.append(known[feature], _fresh(feature, members)[new])[order]
    return Frame(
        scope=Scope.ADDRESS,
        at=at[order],
        actor=np.append(known.actor, members.actor[new])[order],
        row=np.append(row, members.row[new])[order],
        columns=columns,
    )


def _places(known: Frame, members: Members) -> NDArray[np.int64]:
    """Find the row of each member's address and tick in a frame: (members,), -1 for none."""
    near = np.flatnonzero(np.isin(known.actor, members.actor))
    actors = np.unique(members.actor)
    begins = int(members.at.min())

    def keys(at: NDArray[np.int64], actor: NDArray[np.uint64]) -> NDArray[np.int64]:
        return (at - begins) * np.int64(len(actors)) + np.searchsorted(actors, actor)

    there = keys(known.at[near], known.actor[near])
    order = np.argsort(there, kind="stable")
    wanted = keys(members.at, members.actor)
    place = np.searchsorted(there[order], wanted)
    found = np.full(len(members), -1, np.int64)
    inside = np.flatnonzero(place < len(near))
    row = near[order[place[inside]]]
    same = there[order[place[inside]]] == wanted[inside]
    found[inside[same]] = row[same]
    return found


def _fresh(feature: Feature, members: Members) -> Floats:
    """Give what is known of members who are known for nothing else."""
    if feature == Latest(Fact.CLAIM):
        return members.claim
    if feature == Latest(Fact.HANDSHAKE):
        return members.handshake
    if isinstance(feature, Count) and feature.of is Statistic.PICTURES:
        return members.pictures
    return np.zeros(len(members))
