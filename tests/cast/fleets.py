"""Fleets: harvesters that come from many addresses, or under a name that is not theirs."""

from __future__ import annotations

import numpy as np

from tests.cast.agents import DESKTOP
from tests.cast.draft import HTTP_1, HTTP_2, Draft, spread
from tests.cast.harvesters import alone
from tests.cast.links import Cut, Thing, link, picture
from tests.cast.stage import SECOND, Role, Stage

GPTBOT = (
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.{}; "
    "+https://openai.com/gptbot)"
)


def rotation(stage: Stage) -> Draft:
    """Move on to the next address of one /24 after 20 to 60 pictures; never a page."""
    rng = stage.rng
    base, count = stage.addresses.network(), 250
    address = base + 1 + rng.permutation(254)[:count]
    agent = stage.agents.code(stage.agents.browser(behind=int(rng.integers(0, 3))))
    seats = stage.seats(count, visitor=0, address=address, agent=agent, protocol=HTTP_2)
    seat, _ = spread(rng.integers(20, 61, count))
    seat = seat[: len(stage.catalogue.shown)]
    pace = rng.uniform(0.4, 1.6)
    at = stage.opening() + np.cumsum(stage.waits(len(seat), 0.5 * pace, 1.5 * pace))
    slots = rng.permutation(stage.catalogue.shown)[: len(seat)]
    return Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL))


def forged_gptbot(stage: Stage) -> Draft:
    """Say GPTBot from an address that is not OpenAI's: pages, scripts, pictures, a third 404."""
    rng, catalogue = stage.rng, stage.catalogue
    seats = alone(stage, GPTBOT.format(rng.integers(1, 4)))
    count = int(rng.integers(3_000, 7_000))
    at = stage.arrivals(count, rng.uniform(1, 3))
    slot = rng.integers(0, len(catalogue.alive), count)  # a third of them is not there
    kind = rng.choice(3, count, p=[0.577, 0.115, 0.308])
    asked = np.select(
        [kind == 0, kind == 1],
        [link(Thing.PHOTO, slot), link(Thing.ASSET, slot % 2)],
        picture(slot, Cut.ORIGINAL),
    )
    return Draft.of(seats, np.zeros(count, np.int64), at, asked)


def slow_fleet(stage: Stage) -> Draft:
    """Three pictures from each of very many addresses, no picture twice: out of reach for now."""
    rng, catalogue = stage.rng, stage.catalogue
    count = min(len(catalogue.shown) // 3, stage.people // 2 + 1)
    seats = stage.seats(
        count,
        visitor=0,
        address=stage.addresses.take(count, v6=0.5),
        agent=stage.agents.draw(rng, count, DESKTOP),
        protocol=HTTP_1,
    )
    seat, rank = spread(np.full(count, 3))
    begun = rng.integers(stage.start, stage.stop, count)
    at = begun[seat] + rank * rng.integers(60 * SECOND, 1_800 * SECOND, len(seat))
    slots = rng.permutation(catalogue.shown)[: len(seat)]
    return Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL))


FLEETS = (
    Role("rotation", guilty=True, act=rotation),
    Role("forged gptbot", guilty=True, act=forged_gptbot),
    Role("slow fleet", guilty=True, act=slow_fleet),
)
