"""Watchers: people and screens that are given very many pictures without harvesting any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.agents import APP, DESKTOP, PHONE
from tests.cast.draft import HTTP_1, Draft, elapsed, spread
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.reading import ASSETS
from tests.cast.stage import HOUR, SECOND, Role, Stage
from tests.cast.views import shown_in

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

PLAYERS = (
    (2, "SignageOS/5.4 (Linux; Android 11; TV) okhttp/4.9.3"),
    (1, "PictureFrame/2.1 (Linux; armv7l) okhttp/4.9.3"),
)
KIOSK = "Mozilla/5.0 (X11; Linux armv7l) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{v}.0.0.0"
KIOSKS = ((1, f"{KIOSK} Safari/537.36"),)
FRAME_EVERY = 10  # seconds


def wall_screens(stage: Stage) -> Draft:
    """Show albums of several owners on walls, a new picture every ten seconds, for a day's work.

    One screen in two is a player with a list; the others are browsers that opened a page once.
    """
    rng, screens = stage.rng, 2 + stage.people // 1_500
    kiosk = np.arange(screens) % 2 == 1
    drawn = [stage.agents.draw(rng, screens, roster) for roster in (PLAYERS, KIOSKS)]
    seats = stage.seats(screens, agent=np.where(kiosk, drawn[1], drawn[0]), protocol=HTTP_1)
    on, turn, at = _day(stage, screens)
    screen, _ = spread(rng.integers(5, 13, screens))  # albums on each
    album = rng.choice(np.flatnonzero(stage.catalogue.length >= 8), len(screen))
    view, _, slot = shown_in(stage.catalogue, album, 40)
    lists = np.bincount(screen[view], minlength=screens)
    shown = picture(slot[(np.cumsum(lists) - lists)[on] + turn % lists[on]], Cut.ORIGINAL)
    page = np.where(kiosk, link(Thing.FEED, 1), NONE)[on]
    seen = np.where(turn >= lists[on], 304, 0)
    pictures = Draft.of(seats, on, at, shown, referer=page, status=seen)
    first = np.flatnonzero((turn == 0) & kiosk[on])
    who, asset = spread(np.full(len(first), ASSETS))
    pages = Draft.of(seats, on[first], at[first] - 900, page[first])
    row, drawn_by = first[who], link(Thing.ASSET, asset)
    assets = Draft.of(seats, on[row], at[row] - 600 + asset * 15, drawn_by, referer=page[row])
    return Draft.join([pages, assets, pictures])


def _day(stage: Stage, screens: int) -> tuple[Ints, Ints, Ints]:
    """Switch screens on for five to eleven hours: for each picture its screen, turn and moment."""
    hours = stage.rng.uniform(5, 11, screens) * HOUR
    latest = np.maximum(stage.stop - hours, stage.start + 1)
    begun = stage.rng.integers(stage.start, latest.astype(np.int64))
    on, turn = spread((hours / (FRAME_EVERY * SECOND)).astype(np.int64))
    return on, turn, begun[on] + SECOND + turn * FRAME_EVERY * SECOND


def search_crowd(stage: Stage) -> Draft:
    """Come by hundreds from an image search for one thing, and take some of the same pictures."""
    rng, people = stage.rng, max(20, stage.people // 5)
    hits = np.unique(stage.catalogue.popular(rng, int(rng.integers(20, 60))))
    seats = stage.seats(people, agent=stage.agents.draw(rng, people, (*DESKTOP, *PHONE)))
    seat, rank = spread(rng.integers(1, 5, people))
    began = stage.opening() + rng.exponential(HOUR, people).astype(np.int64)
    at = began[seat] + rank * rng.integers(5, 40) * SECOND
    asked = picture(rng.choice(hits, len(seat)), Cut.ORIGINAL)
    return Draft.of(seats, seat, at, asked, referer=link(Thing.SEARCH))


def app_prefetchers(stage: Stage) -> Draft:
    """Scroll in an app that loads the next grids ahead, thumbnails and some middling pictures."""
    rng, people = stage.rng, max(3, stage.people // 40)
    agent, own = stage.agents.draw(rng, people, APP), np.arange(people) + 1
    seats = stage.seats(people, agent=agent, session=own, account=own)
    seat, _ = spread(rng.integers(2, 7, people))  # grids
    waits = stage.waits(len(seat), 4, 20)
    at = stage.moments(people)[seat] + elapsed(waits, seat)
    cursor = link(Thing.CALL_FEED, rng.integers(1 << 30, size=len(seat)))
    calls = Draft.of(seats, seat, at, cursor, referer=NONE)
    grid, rank = spread(np.full(len(seat), int(rng.integers(18, 31))))
    slot, shown = stage.catalogue.popular(rng, len(grid)), at[grid] + 200 + rank * 12
    thumbs = Draft.of(seats, seat[grid], shown, picture(slot, Cut.THUMB))
    ahead = np.flatnonzero(rank < 4)
    large = picture(slot[ahead], Cut.MEDIUM)
    return Draft.join(
        [calls, thumbs, Draft.of(seats, seat[grid[ahead]], shown[ahead] + 400, large)]
    )


def warm_returners(stage: Stage) -> Draft:
    """Come back to albums that the browser still holds: a page, no assets, thumbnails all 304."""
    rng, people = stage.rng, max(5, stage.people // 30)
    seats = stage.seats(people, session=np.arange(people) + 1)
    seat, _ = spread(1 + rng.poisson(2, people))
    at, album = stage.moments(len(seat)), rng.integers(0, len(stage.catalogue.length), people)[seat]
    page = link(Thing.ALBUM, album)
    pages = Draft.of(seats, seat, at, page, referer=ROOT)
    view, rank, slot = shown_in(stage.catalogue, album, 60)
    shown = at[view] + 250 + rank * 12
    thumbs = picture(slot, Cut.THUMB)
    held = Draft.of(seats, seat[view], shown, thumbs, referer=page[view], status=304)
    return Draft.join([pages, held])


WATCHERS = (
    Role("wall screen", guilty=False, act=wall_screens),
    Role("search crowd", guilty=False, act=search_crowd),
    Role("app prefetcher", guilty=False, act=app_prefetchers),
    Role("warm returner", guilty=False, act=warm_returners),
)
