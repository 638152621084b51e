"""Together: people whose addresses are not theirs alone: a class of thirty, a proxy pool."""

from __future__ import annotations

import numpy as np

from tests.cast.agents import DESKTOP, PHONE
from tests.cast.draft import Draft, spread
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.reading import ASSETS
from tests.cast.stage import HOUR, SECOND, Role, Stage
from tests.cast.views import album_views, shown_in

PUPILS, GRID = 30, 24


def school_class(stage: Stage) -> Draft:
    """Open one album in thirty like browsers behind one address, then each some of one's own.

    One agent and a thousand pictures within a lesson, though nobody sees more than a few albums.
    """
    rng, lessons = stage.rng, 1 + stage.people // 1_500
    address = np.repeat(stage.addresses.take(lessons), PUPILS)
    agent = np.repeat(stage.agents.draw(rng, lessons, DESKTOP), PUPILS)
    count = lessons * PUPILS
    seats = stage.seats(count, address=address, agent=agent, session=np.arange(count) + 1)
    begins = rng.integers(stage.start, max(stage.start + 1, stage.stop - HOUR), lessons)
    late = np.repeat(begins, PUPILS) + rng.integers(0, 180 * SECOND, count)
    pupil, turn = spread(rng.integers(2, 5, count))
    at = late[pupil] + turn * int(rng.uniform(480, 720) * SECOND)
    chosen = stage.catalogue.album[stage.catalogue.popular(rng, len(pupil))]
    taught = stage.catalogue.album[stage.catalogue.popular(rng, lessons)]
    album = np.where(turn == 0, taught[pupil // PUPILS], chosen)
    view, rank, slot = shown_in(stage.catalogue, album, 30)
    some = rng.random(len(slot)) < 0.4
    view, slot, opened = view[some], slot[some], (at[view] + (rank + 1) * 15 * SECOND)[some]
    page = link(Thing.PHOTO, slot)
    pages = Draft.of(seats, pupil[view], opened, page, referer=link(Thing.ALBUM, album[view]))
    seen = Draft.of(seats, pupil[view], opened + 220, picture(slot, Cut.MEDIUM), referer=page)
    return Draft.join([album_views(stage.catalogue, seats, pupil, at, album), pages, seen])


def proxy_pool(stage: Stage) -> Draft:
    """Read the feed through a phone browser's proxies: each picture of a page by another one."""
    rng, people = stage.rng, max(2, stage.people // 300)
    proxies = int(rng.integers(40, 200))
    address = stage.addresses.network() + 1 + rng.permutation(254)[:proxies]
    agent = stage.agents.draw(rng, 1, PHONE)[0]
    seats = stage.seats(proxies, address=address, agent=agent)
    person, _ = spread(1 + rng.poisson(2, people))
    at, offset = stage.moments(len(person)), rng.integers(0, proxies, len(person))
    feed = link(Thing.FEED, 1)
    pages = Draft.of(seats, offset, at, feed, referer=NONE, visitor=person)
    view, rank = spread(np.full(len(person), ASSETS + GRID))
    seat = (offset[view] + 1 + rank) % proxies
    slot = stage.catalogue.popular(rng, len(view))
    asked = np.where(
        rank < ASSETS, link(Thing.ASSET, np.minimum(rank, ASSETS - 1)), picture(slot, Cut.THUMB)
    )
    shown = at[view] + 300 + rank * 20
    rest = Draft.of(seats, seat, shown, asked, referer=feed, visitor=person[view])
    return Draft.join([pages, rest])


TOGETHER = (
    Role("school class", guilty=False, act=school_class),
    Role("proxy pool", guilty=False, act=proxy_pool),
)
