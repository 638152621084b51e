"""Campaigns are found and acted on the same in one piece, in many, and by many shards."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.site import Site
from enforcement.decision import Action
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import MORE_PASSERSBY
from tests.cast.schemes import Scheme
from tests.cast.world import World
from tests.streams.pieces import judged, sharded, told

if TYPE_CHECKING:
    from tests.streams.pieces import Words


FLEETS = "pageless fleet", "paging fleet", "slow fleet"


@cache
def world(harvesters: tuple[str, ...], seed: int, scheme: Scheme) -> tuple[list[bytes], Site]:
    others = (*PASSERSBY, *MORE_PASSERSBY)
    made = World(seed, scheme=scheme, people=600, hours=10, harvesters=harvesters, passersby=others)
    return b"".join(made.lines()).splitlines(keepends=True), Site.from_toml(made.site_toml())


def fleets() -> tuple[list[bytes], Site]:
    return world(FLEETS, 20_263, Scheme.NUMBERED)


@cache
def whole() -> Words:
    return judged(*fleets())


def test_fleets_are_found_and_their_members_are_acted_on() -> None:
    named = [d for d in whole()[1] if d.campaign]

    assert len({d.campaign for d in named}) == 2  # one that opens pages, and two that do not
    assert len({d.key for d in named if d.action >= Action.THROTTLE}) > 200


def test_nobody_is_blocked_for_being_of_a_campaign() -> None:
    """A home that a fleet rents is somebody's home."""
    assert max(d.action for d in whole()[1] if d.campaign) == Action.CHALLENGE


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_how_a_log_is_cut_changes_no_campaign(seed: int) -> None:
    lines, site = fleets()
    edges = np.random.default_rng(seed).integers(1, len(lines), 40).tolist()

    assert judged(lines, site, edges) == whole()


@pytest.mark.parametrize("restart", [10, 30])
def test_campaigns_survive_a_restart(restart: int) -> None:
    lines, site = fleets()
    edges = np.random.default_rng(restart).integers(1, len(lines), 40).tolist()

    assert judged(lines, site, edges, restart) == whole()


@pytest.mark.parametrize("inputs", [1, 3])
def test_shards_find_the_campaigns_that_one_program_finds(inputs: int) -> None:
    assert told(sharded(*fleets(), inputs, inputs)) == told(whole())


@pytest.mark.parametrize("scheme", Scheme)
@pytest.mark.parametrize("seed", [20_264, 20_265])
def test_where_only_innocents_are_there_is_no_campaign(seed: int, scheme: Scheme) -> None:
    signals, decisions = judged(*world((), seed, scheme))

    assert [s for s in signals if s.detector in {"fleet", "stray"}] == []
    assert [d for d in decisions if d.campaign] == []
