"""Views: what a browser asks for when somebody opens the page of an album or a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.catalogue import LONGEST
from tests.cast.draft import Draft, Seats, spread
from tests.cast.links import ROOT, Cut, Thing, link, picture
from tests.cast.reading import ASSETS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.catalogue import Catalogue


def shown_in(
    catalogue: Catalogue, album: NDArray[np.int64], most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Unfold views of albums to their first *most* pictures: (view, rank, slot)."""
    view, rank = spread(np.minimum(catalogue.length[album], most))
    return view, rank, catalogue.shown[catalogue.first[album[view]] + rank]


def album_views(
    catalogue: Catalogue,
    seats: Seats,
    seat: NDArray[np.int64],
    at: NDArray[np.int64],
    album: NDArray[np.int64],
) -> Draft:
    """Ask for page, assets and all thumbnails of an album a view: each (views,)."""
    page = link(Thing.ALBUM, album)
    pages = Draft.of(seats, seat, at, page, referer=ROOT)
    turn, asset = spread(np.full(len(at), ASSETS))
    drawn = at[turn] + 60 + asset * 15
    assets = Draft.of(seats, seat[turn], drawn, link(Thing.ASSET, asset), referer=page[turn])
    view, rank, slot = shown_in(catalogue, album, LONGEST)
    shown = at[view] + 250 + rank * 12
    thumbs = Draft.of(seats, seat[view], shown, picture(slot, Cut.THUMB), referer=page[view])
    return Draft.join([pages, assets, thumbs])


def photo_views(
    seats: Seats,
    seat: NDArray[np.int64],
    at: NDArray[np.int64],
    slot: NDArray[np.int64],
    cut: Cut,
) -> Draft:
    """Open each picture's page, and take the picture from there a second later, at *at*."""
    page = link(Thing.PHOTO, slot)
    pages = Draft.of(seats, seat, at - 900, page, referer=ROOT)
    return Draft.join([pages, Draft.of(seats, seat, at, picture(slot, cut), referer=page)])
