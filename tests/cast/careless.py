"""Careless harvesters: one that mirrors all that is linked, one that makes addresses up."""

from __future__ import annotations

import numpy as np

from tests.cast.draft import HTTP_1, Draft
from tests.cast.harvesters import alone
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.spiders import chosen_owners
from tests.cast.stage import Role, Stage

HIDDEN = 12  # different links that pages hide, each on many pages


def site_mirror(stage: Stage) -> Draft:
    """Open every link of page after page in a driven browser, those that nobody sees as well.

    It loads the assets once and sends true Referers, so that little but its traps looks wrong.
    """
    rng = stage.rng
    seats = stage.seats(1, session=1, protocol=HTTP_1)
    slots = rng.permutation(chosen_owners(stage, int(rng.integers(800, 2_000))))
    at = stage.opening() + np.cumsum(stage.waits(len(slots), 1.5, 9))
    seat, page = np.zeros(len(slots), np.int64), link(Thing.PHOTO, slots)
    pages = Draft.of(seats, seat, at - 1_200, page, referer=ROOT)
    files = Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL), referer=page)
    asset = np.arange(6)
    drawn = Draft.of(seats, asset * 0, at[:1] - 900 + asset, link(Thing.ASSET, asset), referer=ROOT)
    hidden = np.flatnonzero(rng.random(len(slots)) < rng.uniform(0.02, 0.1))
    trap = link(Thing.TRAP, rng.integers(0, HIDDEN, len(hidden)))
    caught = Draft.of(seats, hidden * 0, at[hidden] + 400, trap, referer=page[hidden])
    return Draft.join([drawn, pages, files, caught])


def guesser(stage: Stage) -> Draft:
    """Make addresses up, of which one in two to one in ten is there, under a browser's name."""
    rng, alive = stage.rng, stage.catalogue.alive
    seats = alone(stage, stage.agents.browser(behind=int(rng.integers(0, 3))))
    count = min(int(rng.integers(2_000, 6_000)), int((~alive).sum()))
    gone = rng.random(count) < rng.uniform(0.6, 0.92)
    there, nowhere = (rng.permutation(np.flatnonzero(which)) for which in (alive, ~alive))
    slots = np.where(gone, nowhere[:count], np.resize(there, count))
    at = stage.arrivals(count, rng.uniform(0.3, 3))
    asked = picture(slots, Cut.ORIGINAL)
    return Draft.of(seats, np.zeros(count, np.int64), at, asked, referer=NONE)


CARELESS = (
    Role("site mirror", guilty=True, act=site_mirror),
    Role("guesser", guilty=True, act=guesser),
)
