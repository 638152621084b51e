"""Who shares an address, or a network with a machine that is known, is not hit for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec import to_builtins

from streams.records import decision_record
from streams.replay import replay
from streams.settings import Settings
from streams.sitefiles import read_site
from streams.sources import open_source
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import HARVESTERS, MORE_PASSERSBY
from tests.cast.score import score
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path


def decided(world: World, folder: Path, written: str) -> list[dict[str, Any]]:
    log = folder / "access.log"
    world.write(log, written)
    steps = replay([open_source(str(log))], read_site(world.write_site(folder)), Settings())
    return [to_builtins(decision_record(d)) for step in steps for d in step.decisions]


@pytest.mark.parametrize("written", ["combined", "json"])
def test_a_class_of_thirty_like_browsers_is_not_even_challenged(
    tmp_path: Path, written: str
) -> None:
    world = World(
        880_000,
        people=800,
        hours=26,
        harvesters=tuple(HARVESTERS),
        passersby=(*PASSERSBY, *MORE_PASSERSBY),
    )

    told = score(decided(world, tmp_path, written), world)
    (lesson,) = (standing for standing in told if standing.name == "school class")

    assert (lesson.visitors, lesson.blocked, lesson.challenged) == (30, 0, 0)


def test_networks_of_own_machines_and_verified_crawlers_are_left_alone(tmp_path: Path) -> None:
    world = World(
        880_001, people=400, hours=6, harvesters=(), passersby=(*PASSERSBY, *MORE_PASSERSBY)
    )
    networks = {
        d["target"] for d in decided(world, tmp_path, "combined") if d["scope"] == "network"
    }

    assert not networks
