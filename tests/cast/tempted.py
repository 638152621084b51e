"""Tempted: who touches the platform's traps, which no page shows to people: guilty or not."""

from __future__ import annotations

import numpy as np

from tests.cast.draft import HTTP_1, Draft, spread
from tests.cast.harvesters import alone
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.reading import ASSETS
from tests.cast.stage import SECOND, Role, Stage
from tests.cast.views import shown_in

SCANNER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"


def link_follower(stage: Stage) -> Draft:
    """Crawl under a browser's name, page after page, every link that is on one, hidden or not."""
    rng, catalogue = stage.rng, stage.catalogue
    seats = alone(stage, stage.agents.browser(behind=int(rng.integers(0, 4))))
    albums = rng.permutation(len(catalogue.length))[: int(rng.integers(60, 160))]
    view, _, slot = shown_in(catalogue, albums, 30)
    at = stage.opening() + np.cumsum(stage.waits(len(slot), 0.4, rng.uniform(1, 4)))
    seat, photo = np.zeros(len(slot), np.int64), link(Thing.PHOTO, slot)
    first = np.flatnonzero(np.r_[True, view[1:] != view[:-1]])
    album = link(Thing.ALBUM, albums)
    lists = Draft.of(seats, seat[first], at[first] - 350, album, referer=ROOT)
    pages = Draft.of(seats, seat, at - 200, photo, referer=album[view])
    taken = Draft.of(seats, seat, at, picture(slot, Cut.ORIGINAL), referer=photo)
    hidden = first[rng.random(len(first)) < rng.uniform(0.1, 0.5)]
    trap = link(Thing.TRAP, view[hidden])
    followed = Draft.of(seats, seat[hidden], at[hidden] - 100, trap, referer=album[view[hidden]])
    return Draft.join([lists, pages, taken, followed])


def curious_developers(stage: Stage) -> Draft:
    """Read robots.txt, open one address that it forbids, then look at a page as anybody does."""
    rng, people = stage.rng, 1 + stage.people // 1_500
    seats = stage.seats(people, session=np.arange(people) + 1)
    at, seat = stage.moments(people), np.arange(people)
    robots = Draft.of(seats, seat, at, link(Thing.ROBOTS), referer=NONE)
    trap = Draft.of(seats, seat, at + 20 * SECOND, link(Thing.TRAP, rng.integers(0, 40, people)))
    album = stage.catalogue.album[stage.catalogue.popular(rng, people)]
    page, opened = link(Thing.ALBUM, album), at + 40 * SECOND
    pages = Draft.of(seats, seat, opened, page, referer=ROOT)
    who, asset = spread(np.full(people, ASSETS))
    drawn = link(Thing.ASSET, asset)
    assets = Draft.of(seats, who, opened[who] + 60 + asset * 15, drawn, referer=page[who])
    view, rank, slot = shown_in(stage.catalogue, album, 24)
    thumbs = picture(slot, Cut.THUMB)
    shown = Draft.of(seats, view, opened[view] + 250 + rank * 12, thumbs, referer=page[view])
    return Draft.join([robots, trap, pages, assets, shown])


def link_scanners(stage: Stage) -> Draft:
    """Open, for a mail filter, every link of a letter before it is delivered, hidden ones too."""
    rng, filters = stage.rng, 1 + stage.people // 500
    seats = stage.seats(filters, agent=stage.agents.code(SCANNER), protocol=HTTP_1)
    letter, rank = spread(rng.integers(3, 9, filters))
    at = stage.moments(filters)[letter] + rank * int(rng.integers(200, 900))
    slot = stage.catalogue.popular(rng, len(letter))
    pages = Draft.of(seats, letter, at, link(Thing.PHOTO, slot), referer=NONE)
    looked = picture(slot, Cut.MEDIUM)
    seen = Draft.of(seats, letter, at + 120, looked, referer=NONE)
    one = np.flatnonzero(rank == 0)
    hidden = link(Thing.TRAP, rng.integers(0, 40, filters))
    return Draft.join([pages, seen, Draft.of(seats, letter[one], at[one] + 60, hidden)])


TEMPTED = (
    Role("curious developer", guilty=False, act=curious_developers),
    Role("link scanner", guilty=False, act=link_scanners),
)
FOLLOWERS = (Role("link follower", guilty=True, act=link_follower),)
