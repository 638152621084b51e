"""Swarms: harvesters of many addresses, none of which does much by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.agents import DESKTOP, PHONE
from tests.cast.draft import HTTP_1, HTTP_2, Draft, elapsed, spread
from tests.cast.harvesters import CHROME_LINUX
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.reading import ASSETS
from tests.cast.spiders import chosen_owners
from tests.cast.stage import HOUR, Role, Stage
from tests.cast.views import photo_views

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.draft import Seats


def datacentre_fleet(stage: Stage) -> Draft:
    """Share a list out to the servers of a few /24s in turn; one agent, never a page or Referer."""
    rng, each = stage.rng, int(stage.rng.integers(30, 90))
    networks = np.array([stage.addresses.network() for _ in range(int(rng.integers(2, 5)))])
    hosts = 1 + rng.permutation(254)[:each]
    agent = stage.agents.code(CHROME_LINUX.format(rng.integers(110, 125)))
    address = (networks[:, None] + hosts).ravel()
    seats = stage.seats(len(address), visitor=0, address=address, agent=agent, protocol=HTTP_1)
    count = min(int(rng.integers(3_000, 9_000)), len(stage.catalogue.shown) // 4)
    slots = rng.permutation(stage.catalogue.shown)[:count]
    at = stage.arrivals(count, rng.uniform(0.5, 4))
    return Draft.of(seats, np.arange(count) % len(address), at, picture(slots, Cut.ORIGINAL))


def pageless_fleet(stage: Stage) -> Draft:
    """Take three to six originals from each home, with another user agent for every one."""
    seats, seat, at = _homes(stage)
    slots = stage.rng.permutation(stage.catalogue.shown)[: len(seat)]
    agent = stage.agents.draw(stage.rng, len(seat), (*DESKTOP, *PHONE))
    return Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL), agent=agent)


def paging_fleet(stage: Stage) -> Draft:
    """Take three to six originals from each home, each after its page and with its true Referer."""
    seats, seat, at = _homes(stage)
    slots = stage.rng.permutation(stage.catalogue.shown)[: len(seat)]
    return photo_views(seats, seat, at, slots, Cut.ORIGINAL)


def popularity_mimic(stage: Stage) -> Draft:
    """Look, from each home, at what everybody looks at: pages, assets, pictures of middling size.

    It gets little that is new, and nothing tells it from people: known to be out of reach.
    """
    seats, seat, at = _homes(stage)
    slots = stage.catalogue.popular(stage.rng, len(seat))
    first = np.flatnonzero(np.r_[True, seat[1:] != seat[:-1]])
    turn, asset = spread(np.full(len(first), ASSETS))
    begun, page = at[first[turn]] - 600 + asset * 15, link(Thing.PHOTO, slots[first[turn]])
    assets = Draft.of(seats, seat[first[turn]], begun, link(Thing.ASSET, asset), referer=page)
    return Draft.join([assets, photo_views(seats, seat, at, slots, Cut.MEDIUM)])


def returner(stage: Stage) -> Draft:
    """Work through a list; part way, rest, and go on from another address as another browser."""
    rng, lives = stage.rng, int(stage.rng.integers(2, 5))
    seats = stage.seats(lives, visitor=0, protocol=HTTP_2)
    slots = chosen_owners(stage, min(int(rng.integers(1_200, 3_000)), len(stage.catalogue.shown)))
    ends = np.cumsum(rng.dirichlet(np.full(lives, 8.0)))[:-1]
    seat = np.searchsorted(ends, (np.arange(len(slots)) + 0.5) / len(slots))
    rest = int(rng.uniform(0.1, 0.5) * HOUR)
    at = stage.opening() + np.cumsum(stage.waits(len(slots), 0.3, 1.5)) + seat * rest
    return Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL), referer=NONE)


def _homes(stage: Stage) -> tuple[Seats, NDArray[np.int64], NDArray[np.int64]]:
    """Rent homes for some minutes each; tell them, and for each picture its home and moment."""
    count = max(2, min(len(stage.catalogue.shown) // 12, stage.people // 3))
    seats = stage.seats(count, visitor=0, protocol=HTTP_2)
    seat, _ = spread(stage.rng.integers(3, 7, count))
    rent = stage.rng.integers(stage.start, stage.stop, count)
    low = stage.rng.uniform(2, 20)
    return seats, seat, rent[seat] + elapsed(stage.waits(len(seat), low, 5 * low), seat)


SWARMS = (
    Role("datacentre fleet", guilty=True, act=datacentre_fleet),
    Role("pageless fleet", guilty=True, act=pageless_fleet),
    Role("paging fleet", guilty=True, act=paging_fleet),
    Role("popularity mimic", guilty=True, act=popularity_mimic),
    Role("returner", guilty=True, act=returner),
)
