"""Traps stand in site.toml where somebody touches them, and only some who do are guilty."""

from __future__ import annotations

import numpy as np
import pytest

from access.event import Kind
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from tests.cast.links import Thing
from tests.cast.tempted import TEMPTED
from tests.cast.world import World


@pytest.fixture(scope="module", params=["numbered", "owned", "opaque"])
def world(request: pytest.FixtureRequest) -> World:
    few = {"people": 600, "hours": 6, "pictures": 20_000}
    names = {"harvesters": ("link follower",), "passersby": TEMPTED}
    return World(121, scheme=request.param, **few, **names)  # type: ignore[arg-type]  # plain numbers and names


def traps(world: World, name: str) -> int:
    return int((world.requests_of(name).things == Thing.TRAP).sum())


def test_the_follower_falls_for_many_and_the_curious_for_one(world: World) -> None:
    visitors = {n: len(np.unique(world.requests_of(n).visitor)) for n in world.truth.names}

    assert traps(world, "link follower") > 3
    for name in ("curious developer", "link scanner"):
        assert traps(world, name) == visitors[name]


def test_what_they_touch_is_a_trap_to_whoever_reads_the_site_s_text(world: World) -> None:
    data = np.frombuffer(b"".join(world.lines("json")), np.uint8)

    batch, _ = Parser(Site.from_toml(world.site_toml())).parse(Chunk(data, 0, 1))

    assert (batch.kind == Kind.TRAP).sum() == (world.columns().things == Thing.TRAP).sum()
