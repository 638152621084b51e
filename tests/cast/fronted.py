"""Fronted: a world's log as it is where all its visitors come through the edges of a CDN."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.addresses import POOL
from tests.cast.text import Writer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.world import World

EDGES = "198.18.0.0/15"  # all that ever connects
PLACES, NETWORKS = 24, 8  # points of presence, and /24 of each: chosen, as of a CDN of middle size
NAME = (
    "Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/109.0.5414.120 Safari/537.36"
)


def fronted(world: World, *, name: str = NAME) -> list[bytes]:
    """Write the log of a world: each request comes from an edge near its client.

    Whoever harvests calls itself *name*; an empty one leaves it what it is called.
    """
    requests, agents = world.requests, list(world.agents)
    rng = np.random.default_rng(world.seed)
    agent = requests.agent
    if name:
        agents.append(name)
        agent = np.where(world.truth.guilty[requests.visitor], len(agents) - 1, agent)
    seen = replace(requests, address=edges_of(requests.address, rng), agent=agent)
    writer = Writer(seen, world.spelling, agents, np.zeros(len(seen), np.int64))
    return b"".join(writer.blocks("combined")).splitlines(keepends=True)


def fronted_site(world: World) -> str:
    """Describe that platform."""
    return f'cdn_edges = ["{EDGES}"]\n{world.site_toml()}'


def edges_of(address: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Give each request (rows,) an edge of its client's place, any of them each time."""
    place = address * 2_654_435_761 % (1 << 32) * PLACES >> 32
    network = place * NETWORKS + rng.integers(0, NETWORKS, len(address))
    edges: NDArray[np.int64] = POOL + network * 256 + rng.integers(1, 255, len(address))
    return edges
