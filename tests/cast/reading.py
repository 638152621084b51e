"""Reading: how a person looks at pictures, for a whole crowd at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from tests.cast.draft import Draft, Seats, elapsed, spread
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.stage import SECOND, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.taste import Taste

LOOK = 6.0  # seconds a person looks at an opened picture, median
ASSETS = 6  # css, js, fonts and icons of a first visit


@dataclass(frozen=True, slots=True)
class Sitting:
    """Visits, unfolded into grids of thumbnails, unfolded into thumbnails."""

    stage: Stage
    taste: Taste
    seats: Seats
    seat: NDArray[np.int64]  # (visits,)
    visit: NDArray[np.int64]  # (grids,)
    step: NDArray[np.int64]  # (grids,) which grid of its visit
    at: NDArray[np.int64]  # (grids,) milliseconds
    album: NDArray[np.int64]  # (visits,) album looked at, -1 = the feed
    grid: NDArray[np.int64]  # (thumbnails,)
    rank: NDArray[np.int64]  # (thumbnails,) place in its grid
    slot: NDArray[np.int64]  # (thumbnails,)
    opened: NDArray[np.bool_]  # (thumbnails,)

    @classmethod
    def of(cls, stage: Stage, taste: Taste, seats: Seats) -> Self:
        """Draw how often everybody comes and what they see."""
        rng = stage.rng
        visits = 1 + rng.poisson(max(taste.visits - 1, 0.0), len(seats))
        seat, _ = spread(visits)
        depth = rng.lognormal(np.log(taste.depth), taste.breadth, len(seat)).astype(np.int64)
        depth = np.clip(depth, taste.least, taste.most)
        visit, step = spread(-(-depth // taste.grid))
        grid, rank = spread(np.minimum(depth[visit] - step * taste.grid, taste.grid))
        album = stage.catalogue.album[stage.catalogue.popular(rng, len(seat))]
        album = np.where(rng.random(len(seat)) < taste.album, album, -1)
        slot = _seen(stage, album[visit[grid]], step[grid] * taste.grid + rank)
        opened = rng.random(len(grid)) < taste.opens
        looks = np.bincount(grid[opened], minlength=len(visit)) * LOOK
        dwell = (rng.lognormal(np.log(taste.pause), 0.7, len(visit)) + looks) * SECOND
        at = stage.moments(len(seat))[visit] + elapsed(dwell.astype(np.int64), visit)
        return cls(stage, taste, seats, seat, visit, step, at, album, grid, rank, slot, opened)

    def requests(self) -> Draft:
        """Write down everything that is asked for."""
        parts = [self._openings(), *self._enlargements()]
        if not self.taste.app:
            parts += [self._assets()] if self.taste.thumbs else []
        if self.taste.thumbs:
            parts += [self._thumbnails(), self._avatars()]
        return Draft.join(parts)

    def _page(self) -> NDArray[np.int64]:
        """Name the page that shows each grid."""
        album = self.album[self.visit]
        return np.where(album >= 0, link(Thing.ALBUM, album), link(Thing.FEED, 1))

    def _referer(self, links: NDArray[np.int64]) -> NDArray[np.int64]:
        return links if self.taste.referers and not self.taste.app else np.full_like(links, NONE)

    def _openings(self) -> Draft:
        """Ask a page for the first grid of a visit, the API for those scrolled to."""
        first = (self.step == 0) & (not self.taste.app)
        cursor = self.stage.rng.integers(1 << 30, size=len(first))
        asked = np.where(first, self._page(), link(Thing.CALL_FEED, cursor))
        referer = np.where(first, self._entry(), self._referer(self._page()))
        return Draft.of(self.seats, self.seat[self.visit], self.at, asked, referer=referer)

    def _entry(self) -> NDArray[np.int64]:
        """Draw where visits come from: nowhere, the front page, a search, somebody's link."""
        doors = np.array([NONE, ROOT, link(Thing.SEARCH), link(Thing.FOREIGN, 3)])
        drawn = self.stage.rng.choice(doors, len(self.seat), p=[0.5, 0.25, 0.15, 0.1])
        return self._referer(drawn[self.visit])

    def _assets(self) -> Draft:
        """Load what draws the page: all at a first visit, later one or two checks, or nothing."""
        rng, first = self.stage.rng, np.flatnonzero(self.step == 0)
        cold = rng.random(len(first)) < self.taste.cold
        visit, item = spread(np.where(cold, ASSETS, rng.integers(0, 3, len(first))))
        grid = first[visit]
        at = self.at[grid] + 60 + item * 15 + rng.integers(0, 120, len(item))
        status = np.where(cold[visit], 200, 304)
        seat = self.seat[self.visit[grid]]
        referer = self._referer(self._page()[grid])
        return Draft.of(
            self.seats, seat, at, link(Thing.ASSET, item), referer=referer, status=status
        )

    def _thumbnails(self) -> Draft:
        rng = self.stage.rng
        at = self.at[self.grid] + 250 + self.rank * 12 + rng.integers(0, 300, len(self.grid))
        status = np.where(rng.random(len(at)) < self.taste.warm, 304, 0)
        return self._show(at, picture(self.slot, Cut.THUMB), self._page()[self.grid], status)

    def _avatars(self) -> Draft:
        """Load the faces beside some thumbnails."""
        some = np.flatnonzero(self.stage.rng.random(len(self.grid)) < 0.15)
        owner = link(Thing.AVATAR, self.stage.catalogue.owner[self.slot])
        shown = self._show(self.at[self.grid] + 300, owner, self._page()[self.grid], 0)
        return shown.where(some)

    def _enlargements(self) -> list[Draft]:
        """Open the photo page of some, the picture on it, sometimes the whole original."""
        rng, rows = self.stage.rng, np.flatnonzero(self.opened)
        _, order = spread(np.bincount(self.grid[rows], minlength=len(self.visit)))
        wait = (order + rng.uniform(0.3, 0.9, len(rows))) * LOOK * SECOND
        at, slot = self.at[self.grid[rows]] + 1500 + wait.astype(np.int64), self.slot[rows]
        page = link(Thing.CALL_PHOTO if self.taste.app else Thing.PHOTO, slot)
        seen = self._show(at + 220, picture(slot, Cut.MEDIUM), page, 0, rows)
        full = self._show(at + 1700, picture(slot, Cut.ORIGINAL), page, 0, rows)
        opening = self._show(at, page, self._page()[self.grid[rows]], 0, rows)
        return [opening, seen, full.where(rng.random(len(rows)) < self.taste.originals)]

    def _show(
        self,
        at: NDArray[np.int64],
        asked: NDArray[np.int64],
        page: NDArray[np.int64],
        status: NDArray[np.int64] | int,
        rows: NDArray[np.int64] | slice = slice(None),
    ) -> Draft:
        """Ask for something that stands on a page, for these thumbnails."""
        seat = self.seat[self.visit[self.grid[rows]]]
        return Draft.of(self.seats, seat, at, asked, referer=self._referer(page), status=status)


def _seen(stage: Stage, album: NDArray[np.int64], place: NDArray[np.int64]) -> NDArray[np.int64]:
    """Tell which picture stands at a place: of the album (round and round), or of the feed."""
    catalogue = stage.catalogue
    inside = catalogue.first[album] + place % catalogue.length[album]
    return np.where(album >= 0, catalogue.shown[inside], catalogue.popular(stage.rng, len(place)))
