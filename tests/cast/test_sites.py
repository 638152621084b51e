"""What a world's site.toml says is what the world meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from pyarrow.csv import read_csv

from access.event import Kind, Outcome, Rendition
from access.lines import Chunk
from access.parser import Parser
from access.site import Site
from tests.cast.links import CUTS, Cut, Thing, item_of, shown_by, thing_of
from tests.cast.roster import HARVESTERS
from tests.cast.schemes import Scheme
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from access.batch import Batch

KINDS = {
    Thing.FEED: Kind.PAGE,
    Thing.ALBUM: Kind.PAGE,
    Thing.PHOTO: Kind.PAGE,
    Thing.CALL_FEED: Kind.API,
    Thing.CALL_PHOTO: Kind.API,
    Thing.CALL_OWNER: Kind.API,
    Thing.ASSET: Kind.ASSET,
    Thing.AVATAR: Kind.AVATAR,
    Thing.PICTURE: Kind.PICTURE,
}
RENDITIONS = (  # of the cuts THUMB, MEDIUM, ORIGINAL, POSTER, FRAME
    Rendition.THUMBNAIL,
    Rendition.MEDIUM,
    Rendition.ORIGINAL,
    Rendition.POSTER,
    Rendition.FRAME,
)


def read(scheme: Scheme, folder: Path, layout: str) -> tuple[World, Batch]:
    world = World(
        3, scheme=scheme, people=300, hours=0.5, pictures=4_000, harvesters=tuple(HARVESTERS)
    )
    text = world.write_site(folder).read_text()
    site = Site.from_toml(text, load=lambda name: read_csv(folder / name))
    data = np.frombuffer(b"".join(world.lines(layout)), np.uint8)
    batch, rejects = Parser(site).parse(Chunk(data, 0, 1))
    assert rejects == []
    return world, batch


def partition(column: NDArray[np.integer], other: NDArray[np.integer]) -> bool:
    """Tell whether two columns tell the same things apart."""
    pairs = len(np.unique(np.stack([column.view(np.int64), other]), axis=1).T)
    return pairs == len(np.unique(column)) == len(np.unique(other))


@pytest.mark.parametrize("layout", ["combined", "nginx_main", "json"])
@pytest.mark.parametrize("scheme", Scheme)
def test_a_log_is_read_as_it_was_meant(scheme: Scheme, layout: str, tmp_path: Path) -> None:
    world, batch = read(scheme, tmp_path, layout)
    requests = world.columns()
    thing = thing_of(requests.link)
    shown = thing == Thing.PICTURE
    alive = shown & (requests.status != 404)
    known = np.isin(thing, list(KINDS))
    meant = np.array([KINDS.get(t, Kind.OTHER) for t in Thing])[thing]
    cut = np.minimum(item_of(requests.link) % CUTS, Cut.FRAME)
    rendition = np.array([Rendition.UNKNOWN, *RENDITIONS])[cut]
    monitor = world.truth.role[requests.visitor] == world.truth.names.index("monitor")

    assert np.array_equal(batch.kind[known], meant[known])
    assert np.array_equal(batch.rendition[shown], rendition[shown])
    assert np.array_equal(batch.outcome[shown] == Outcome.DELIVERED, requests.pictures[shown])
    assert partition(batch.picture[shown], shown_by(requests.link[shown]))
    assert partition(batch.owner[alive], world.owner_of(requests.slot[alive]))
    assert partition(batch.address[~monitor], requests.address[~monitor])
    assert (batch.address[monitor] == 0).all()


@pytest.mark.parametrize("scheme", Scheme)
def test_only_owners_are_seen_to_ask_for_their_own(scheme: Scheme, tmp_path: Path) -> None:
    world, batch = read(scheme, tmp_path, "json")

    own = {world.truth.name(v) for v in np.unique(world.truth.visitor[batch.own]).tolist()}

    assert own == {"owner exporting"}
