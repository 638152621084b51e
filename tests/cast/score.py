"""Score: decisions held against the truth of a world, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enforcement.decision import Action
from tests.cast.effects import NEVER, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.cast.effects import Effect, Written
    from tests.cast.world import World


@dataclass(frozen=True, slots=True)
class Standing:
    """How one class of visitors fared."""

    name: str
    guilty: bool
    visitors: int
    blocked: int  # visitors of whom an address, network, session or account was blocked
    challenged: int  # … challenged or blocked
    seconds: float | None  # from the first picture to the first block, median of those blocked
    lost: int  # pictures delivered while nothing was blocked
    saved: int  # pictures that were delivered in the log, but would have been refused
    owners: int  # distinct owners of the lost ones


def score(decisions: Iterable[Written], world: World) -> list[Standing]:
    """Judge decisions as written to decisions.ndjson: a Standing for each class, guilty first.

    A decision counts against everybody inside its target, whether they asked meanwhile or not.
    """
    told = list(decisions)
    rows = Rows.of(world.columns())
    blocks = rows.effect(d for d in told if _rung(d) >= Action.BLOCK)
    challenges = rows.effect(d for d in told if _rung(d) >= Action.CHALLENGE)
    standings = [
        _standing(world, role, blocks, challenges) for role in range(len(world.truth.names))
    ]
    return sorted(standings, key=lambda standing: not standing.guilty)


def _rung(decision: Written) -> Action:
    return Action[str(decision["action"]).upper()]


def _standing(world: World, role: int, blocks: Effect, challenges: Effect) -> Standing:
    """Sum up one class."""
    requests, truth = world.columns(), world.truth
    members = np.flatnonzero(truth.role[: len(blocks.first)] == role)
    given = requests.pictures & (truth.role[requests.visitor] == role)
    lost = given & ~blocks.covered
    caught = members[blocks.first[members] < NEVER]
    began = np.full(len(blocks.first), NEVER)
    np.minimum.at(began, requests.visitor[given], requests.at[given])
    waits = (blocks.first - began)[caught[began[caught] < NEVER]] / 1000
    return Standing(
        name=truth.names[role],
        guilty=truth.harvests[role],
        visitors=int((truth.role == role).sum()),
        blocked=len(caught),
        challenged=int((challenges.first[members] < NEVER).sum()),
        seconds=float(np.median(waits)) if len(waits) else None,
        lost=int(lost.sum()),
        saved=int((given & blocks.covered).sum()),
        owners=len(np.unique(world.owner_of(requests.slot[lost]))),
    )
