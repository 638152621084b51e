"""Platform: what it answers to what it is asked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.draft import HEAD
from tests.cast.links import CUTS, Thing, item_of, thing_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.catalogue import Catalogue
    from tests.cast.draft import Draft

DELIVERED = (200, 206, 304)
BODIES = {
    Thing.FEED: 21_000,
    Thing.ALBUM: 17_000,
    Thing.PHOTO: 14_000,
    Thing.CALL_FEED: 9_000,
    Thing.CALL_PHOTO: 2_500,
    Thing.CALL_OWNER: 11_000,
    Thing.ASSET: 46_000,
    Thing.AVATAR: 3_600,
    Thing.ROBOTS: 120,
    Thing.HEALTH: 2,
    Thing.TRAP: 900,
}
MISSING_BODY = 153  # nginx's own 404 page


@dataclass(frozen=True, slots=True)
class Requests:
    """All requests of a world in order of time; row i is line i + 1 of every log."""

    at: NDArray[np.int64]  # milliseconds since 1970 UTC
    visitor: NDArray[np.int64]  # row of Truth.names
    address: NDArray[np.int64]  # code of `tests.cast.addresses`
    agent: NDArray[np.int64]  # row of World.agents
    session: NDArray[np.int64]  # 0 = none
    account: NDArray[np.int64]  # 0 = not logged in
    protocol: NDArray[np.int64]  # HTTP_1 or HTTP_2
    link: NDArray[np.int64]  # what is asked for: `tests.cast.links`
    referer: NDArray[np.int64]  # a link
    status: NDArray[np.int64]  # HTTP status
    method: NDArray[np.int64]  # GET or HEAD
    size: NDArray[np.int64]  # bytes of the answer's body

    def __len__(self) -> int:
        """Count the requests."""
        return len(self.at)

    def where(self, rows: NDArray[np.bool_]) -> Requests:
        """Keep some of the requests."""
        return Requests(*(getattr(self, f.name)[rows] for f in fields(self)))

    @property
    def things(self) -> NDArray[np.int64]:
        """Tell what sort of thing each request is for: values of Thing."""
        return thing_of(self.link)

    @property
    def pictures(self) -> NDArray[np.bool_]:
        """Tell which requests were given a picture."""
        given = np.isin(self.status, DELIVERED) & (self.method != HEAD)
        pictures: NDArray[np.bool_] = (thing_of(self.link) == Thing.PICTURE) & given
        return pictures

    @property
    def slot(self) -> NDArray[np.int64]:
        """Tell which picture it is, where it is one."""
        return item_of(self.link) // CUTS


def answered(draft: Draft, catalogue: Catalogue) -> Requests:
    """Answer every request: 404 where there is nothing, else what was meant, or 200."""
    thing, item = thing_of(draft.link), item_of(draft.link)
    slot = np.where(thing == Thing.PICTURE, item // CUTS, item)
    numbered = np.isin(thing, (Thing.PICTURE, Thing.PHOTO, Thing.CALL_PHOTO))
    slot = np.where(numbered, slot, 0)
    status = np.where(draft.status == 0, 200, draft.status)
    status = np.where(numbered & ~catalogue.alive[slot], 404, status)
    usual = np.array([BODIES.get(t, 0) for t in Thing])[thing]
    size = np.where(thing == Thing.PICTURE, catalogue.size(slot, item % CUTS), usual)
    size = np.select(
        [status == 404, (status == 304) | (draft.method == HEAD)], [MISSING_BODY, 0], size
    )
    columns = {f.name: getattr(draft, f.name) for f in fields(draft)}
    return Requests(**columns | {"status": status, "size": size})
