"""Score: decisions held against the truth of a world, class by class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.effects import NEVER, Rows
from tests.cast.links import CUTS, item_of
from tests.cast.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from tests.cast.effects import Effect, Written
    from tests.cast.platform import Requests
    from tests.cast.world import World

    Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one class of visitors fared; an action counts as that rung or a harder one."""

    name: str
    guilty: bool
    visitors: int
    blocked: int  # visitors of whom an address, network, session or account was blocked
    challenged: int  # … challenged or blocked
    throttled: int
    degraded: int
    found: int  # … throttled or more, or named as the member of a campaign
    seconds: float | None  # from the first picture to the first block, median of those blocked
    waited: float | None  # … to the first of what counts as found, median of those found
    lost: int  # pictures delivered while nothing was blocked
    slipped: int  # … while nothing was challenged either
    saved: int  # pictures that were delivered in the log, but would have been refused
    unseen: float  # pictures a visitor had when it was found, median; all, if it never was
    unchallenged: float  # … when it was first challenged or blocked
    unblocked: float  # … when it was first blocked
    owners: int  # distinct owners of the lost ones
    addresses: int  # through which it was given pictures
    reached: int  # … that counted as found themselves, sooner or later


def score(decisions: Iterable[Written], world: World) -> list[Standing]:
    """Judge decisions as written to decisions.ndjson: a Standing for each class, guilty first.

    A decision counts against everybody inside its target, whether they asked meanwhile or not.
    """
    return standings(Outcome.of(Rows.of(world.columns()), decisions), world)


def standings(outcome: Outcome, world: World) -> list[Standing]:
    """Tell how each class fared, guilty ones first."""
    requests, roles = world.columns(), len(world.truth.names)
    given = np.flatnonzero(requests.pictures)
    role = world.truth.role[requests.visitor[given]]
    counts = np.bincount(role, minlength=roles)
    parts = np.split(given[np.argsort(role, kind="stable")], np.cumsum(counts)[:-1])
    told = [_standing(world, role, part, outcome) for role, part in enumerate(parts)]
    return sorted(told, key=lambda standing: not standing.guilty)


def _standing(world: World, role: int, given: Ints, outcome: Outcome) -> Standing:
    requests, truth, blocks = world.columns(), world.truth, outcome.blocks
    members = np.flatnonzero(truth.role[: len(blocks.first)] == role)
    lost = given[~blocks.covered[given]]
    return Standing(
        name=truth.names[role],
        guilty=truth.harvests[role],
        visitors=int((truth.role == role).sum()),
        blocked=_hit(blocks, members),
        challenged=_hit(outcome.challenges, members),
        throttled=_hit(outcome.throttles, members),
        degraded=_hit(outcome.degrades, members),
        found=_hit(outcome.found, members),
        seconds=_wait(requests, given, blocks),
        waited=_wait(requests, given, outcome.found),
        lost=len(lost),
        slipped=int((~outcome.challenges.covered[lost]).sum()),
        saved=len(given) - len(lost),
        unseen=_before(requests, given, outcome.found, members),
        unchallenged=_before(requests, given, outcome.challenges, members),
        unblocked=_before(requests, given, blocks, members),
        owners=len(np.unique(world.owner_of(item_of(requests.link[lost]) // CUTS))),
        addresses=len(np.unique(requests.address[given])),
        reached=len(np.unique(requests.address[given[outcome.found.touched[given]]])),
    )


def _hit(effect: Effect, members: Ints) -> int:
    return int((effect.first[members] < NEVER).sum())


def _wait(requests: Requests, given: Ints, effect: Effect) -> float | None:
    """Tell the seconds from a visitor's first picture to the first effect on it: the median."""
    began = np.full(len(effect.first), NEVER)
    np.minimum.at(began, requests.visitor[given], requests.at[given])
    caught = (effect.first < NEVER) & (began < NEVER)
    waits = (effect.first - began)[caught] / 1000
    return float(np.median(waits)) if len(waits) else None


def _before(requests: Requests, given: Ints, effect: Effect, members: Ints) -> float:
    """Count the pictures that a visitor had before the first effect on it: the median."""
    early = given[requests.at[given] < effect.first[requests.visitor[given]]]
    counts = np.bincount(requests.visitor[early], minlength=len(effect.first))[members]
    return float(np.median(counts)) if len(counts) else 0.0
