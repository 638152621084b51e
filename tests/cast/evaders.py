"""Evaders: a list in order, another identity in the middle of an album; and who looks there too."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tests.cast.draft import HTTP_2, Draft, spread
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.reading import ASSETS
from tests.cast.stage import SECOND, Role, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

LONG = 40  # pictures of an album in which somebody can stop


class Plan(NamedTuple):
    """What an evader asks for; the same for all roles, so that others can meet it."""

    slots: NDArray[np.int64]  # (pictures,)
    seat: NDArray[np.int64]  # (pictures,) number of the identity
    at: NDArray[np.int64]  # (pictures,) milliseconds since 1970 UTC


def plan(stage: Stage) -> Plan:
    """Go album by album, in upload order; change in the middle of every sixth."""
    catalogue, rng = stage.catalogue, np.random.default_rng([stage.start, stage.people])
    albums = rng.permutation(np.flatnonzero(catalogue.length >= LONG))[:28]
    album, rank = spread(catalogue.length[albums])
    middle = (album % 6 == 5) & (rank == catalogue.length[albums[album]] // 2)
    seat = np.cumsum(middle)
    waits = rng.uniform(0.5, 1.5, len(album)) + middle * rng.uniform(20, 300, len(album))
    begun = stage.start + (stage.stop - stage.start) // 5
    at = begun + (np.cumsum(waits) * SECOND).astype(np.int64)
    return Plan(catalogue.shown[catalogue.first[albums[album]] + rank], seat, at)


def evader(stage: Stage) -> Draft:
    """Take originals off a list, and when blocked go on from elsewhere as another browser."""
    made = plan(stage)
    seats = stage.seats(int(made.seat[-1]) + 1, visitor=0, protocol=HTTP_2)
    return Draft.of(seats, made.seat, made.at, picture(made.slots, Cut.ORIGINAL), referer=NONE)


def next_readers(stage: Stage) -> Draft:
    """Open, just when the evader is gone, the album it was in; look at the pictures that follow."""
    made, catalogue = plan(stage), stage.catalogue
    stops = np.flatnonzero(np.diff(made.seat))
    seats, who = stage.seats(len(stops), session=1), np.arange(len(stops))
    begun, album = made.at[stops] + 5 * SECOND, catalogue.album[made.slots[stops]]
    page = link(Thing.ALBUM, album)
    pages = Draft.of(seats, who, begun, page, referer=NONE)
    turn, asset = spread(np.full(len(stops), ASSETS))
    drawn = Draft.of(seats, turn, begun[turn] + 90, link(Thing.ASSET, asset), referer=page[turn])
    look, rank = spread(np.full(len(stops), 12))
    after = begun[look] + (rank + 1) * 4 * SECOND
    slots = made.slots[np.minimum(stops[look] + 1 + rank, len(made.slots) - 1)]
    photo = link(Thing.PHOTO, slots)
    opened = Draft.of(seats, look, after, photo, referer=page[look])
    large = Draft.of(seats, look, after + 300, picture(slots, Cut.ORIGINAL), referer=photo)
    return Draft.join([pages, drawn, opened, large])


def linked_readers(stage: Stage) -> Draft:
    """Open bare links to the two pictures that come next, as somebody sent them."""
    made = plan(stage)
    stops = np.flatnonzero(np.diff(made.seat))
    seats, (who, rank) = stage.seats(len(stops)), spread(np.full(len(stops), 2))
    at = made.at[stops[who]] + 8 * SECOND + rank * 9 * SECOND
    return Draft.of(seats, who, at, picture(made.slots[stops[who] + 1 + rank], Cut.ORIGINAL))


EVADER = Role("evader", guilty=True, act=evader)
NEXT_READERS = (
    Role("next reader", guilty=False, act=next_readers),
    Role("linked reader", guilty=False, act=linked_readers),
)
