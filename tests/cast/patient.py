"""Patient harvesters: one browser each, page by page with true Referers, day and night."""

from __future__ import annotations

import numpy as np

from tests.cast.catalogue import LONGEST
from tests.cast.draft import HTTP_2, Draft, spread
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.reading import ASSETS
from tests.cast.stage import SECOND, Role, Stage
from tests.cast.views import photo_views, shown_in


def sleepless(stage: Stage) -> Draft:
    """Open a picture's page and take the original from there, one every twenty seconds or so."""
    rng, mean = stage.rng, stage.rng.uniform(15, 25)
    begun = stage.opening()
    count = min(int((stage.stop - begun) / (mean * SECOND)), len(stage.catalogue.shown))
    seats = stage.seats(1, protocol=HTTP_2, session=1)
    at = begun + np.cumsum(stage.waits(count, 0.3 * mean, 1.7 * mean))
    slots = rng.permutation(stage.catalogue.shown)[:count]
    asset = np.arange(ASSETS)
    drawn = Draft.of(seats, asset * 0, at[:1] - 500 + asset, link(Thing.ASSET, asset), referer=ROOT)
    looks = photo_views(seats, np.zeros(count, np.int64), at, slots, Cut.ORIGINAL)
    return Draft.join([drawn, looks])


def browser_engine(stage: Stage) -> Draft:
    """Open album after album in a driven browser: assets, all thumbnails, then each original."""
    rng, catalogue = stage.rng, stage.catalogue
    rest, begun = rng.uniform(60, 180), stage.opening()
    albums = rng.permutation(len(catalogue.length))
    look = catalogue.length[albums] * rng.uniform(1.5, 4) + rest  # seconds an album takes
    opens = begun + (np.cumsum(look) * SECOND).astype(np.int64)
    albums, opens = albums[opens < stage.stop], opens[opens < stage.stop]
    seats = stage.seats(1, protocol=HTTP_2, session=1)
    album, rank, slot = shown_in(catalogue, albums, LONGEST)
    page = link(Thing.ALBUM, albums)
    seat = np.zeros(len(slot), np.int64)
    turn, asset = spread(np.full(len(albums), ASSETS))
    pages = Draft.of(seats, albums * 0, opens, page, referer=NONE)
    drawn = Draft.of(
        seats, turn * 0, opens[turn] + 120 + asset, link(Thing.ASSET, asset), referer=page[turn]
    )
    small = Draft.of(
        seats, seat, opens[album] + 400 + rank * 12, picture(slot, Cut.THUMB), referer=page[album]
    )
    pause = (rank + 1) * int(rng.uniform(1_200, 1_500))
    large = Draft.of(
        seats, seat, opens[album] + 900 + pause, picture(slot, Cut.ORIGINAL), referer=page[album]
    )
    return Draft.join([pages, drawn, small, large])


PATIENT = (
    Role("sleepless", guilty=True, act=sleepless),
    Role("browser engine", guilty=True, act=browser_engine),
)
