"""Members: harvesters that are logged in, alone or as a ring of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.agents import APP
from tests.cast.draft import HTTP_2, Draft, elapsed, spread
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.stage import Role, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray


def cursor_walker(stage: Stage) -> Draft:
    """Follow the feed's cursor with one account, as the app does, and save every original of it."""
    rng, shown = stage.rng, stage.catalogue.shown
    count, each = min(int(rng.integers(2_000, 6_000)), len(shown) // 3), int(rng.integers(20, 50))
    agent = stage.agents.draw(rng, 1, APP)
    seats = stage.seats(1, agent=agent, session=1, account=1, protocol=HTTP_2)
    first = np.arange(count) % each == 0
    waits = stage.waits(count, 0.2, rng.uniform(0.6, 2))
    waits[first] += stage.waits(int(first.sum()), 2, 6)
    at, seat = stage.opening() + np.cumsum(waits), np.zeros(count, np.int64)
    cursor = link(Thing.CALL_FEED, rng.integers(1 << 30, size=int(first.sum())))
    calls = Draft.of(seats, seat[first], at[first] - 300, cursor, referer=NONE)
    newest = picture(shown[::-1][:count], Cut.ORIGINAL)
    return Draft.join([calls, Draft.of(seats, seat, at, newest, referer=NONE)])


def account_ring(stage: Stage) -> Draft:
    """Share owners out to many accounts, some sixteen each, each account at home elsewhere.

    An account opens the page of every picture that it takes, every quarter of a minute or so, as a
    person would; no two accounts look at one owner (Voyager Labs, regulators.md 1).
    """
    rng, catalogue = stage.rng, stage.catalogue
    holders = rng.permutation(np.unique(catalogue.owner[catalogue.shown]))
    count = max(1, min(int(rng.integers(40, 90)), len(holders) // 32))
    of_owner, _ = spread(rng.integers(14, 18, count))
    owners = holders[: len(of_owner)]
    turn, rank, slot = _first_of(stage, owners, int(rng.integers(4, 9)))
    seat = of_owner[turn]
    seats = stage.seats(
        count, visitor=0, session=np.arange(count) + 1, account=np.arange(count) + 1
    )
    middle = stage.start + (stage.stop - stage.start) * 6 // 10
    begun = rng.integers(stage.start, middle, count)
    at = begun[seat] + elapsed(stage.waits(len(slot), 5, 30), seat)
    page, fresh = link(Thing.PHOTO, slot), rank == 0
    lists = link(Thing.CALL_OWNER, owners[turn[fresh]] * 4096)
    calls = Draft.of(seats, seat[fresh], at[fresh] - 1_900, lists, referer=ROOT)
    pages = Draft.of(seats, seat, at - 1_200, page, referer=ROOT)
    taken = Draft.of(seats, seat, at, picture(slot, Cut.ORIGINAL), referer=page)
    return Draft.join([calls, pages, taken])


def _first_of(
    stage: Stage, owners: NDArray[np.int64], most: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """List the first *most* pictures of each owner: (place in *owners*, rank, slot)."""
    catalogue = stage.catalogue
    place = np.full(catalogue.owners, len(owners))
    place[owners] = np.arange(len(owners))
    of = place[catalogue.owner[catalogue.shown]]
    rows = np.argsort(of, kind="stable")[: int((of < len(owners)).sum())]
    turn, rank = spread(np.bincount(of[rows], minlength=len(owners)))
    kept = rank < most
    return turn[kept], rank[kept], catalogue.shown[rows[kept]]


MEMBERS = (
    Role("cursor walker", guilty=True, act=cursor_walker),
    Role("account ring", guilty=True, act=account_ring),
)
