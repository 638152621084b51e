"""Harvesters that know the addresses already: from a list, by counting (regulators.md 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.draft import HTTP_1, Draft, spread
from tests.cast.links import NONE, ROOT, Cut, Thing, link, picture
from tests.cast.stage import Role, Stage

if TYPE_CHECKING:
    from tests.cast.draft import Seats

OLD_FIREFOX = "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:72.0) Gecko/20100101 Firefox/72.0"
CHROME_LINUX = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/{}.0.0.0 Safari/537.36"
)


def alone(stage: Stage, *agents: str) -> Seats:
    """Seat one visitor on one address, with a seat for each user agent; HTTP/1.1, no cookie."""
    address = stage.addresses.take(1)[0]
    codes = [stage.agents.code(a) for a in agents]
    return stage.seats(len(codes), visitor=0, address=address, agent=codes, protocol=HTTP_1)


def img2dataset(stage: Stage) -> Draft:
    """Fetch a shuffled list of originals with 256 threads: never a page, never a Referer.

    The list is some months old, so a part of it is gone (404); nothing is tried again.
    """
    rng = stage.rng
    suffix = " (compatible; img2dataset; +https://github.com/rom1504/img2dataset)"
    seats = alone(stage, OLD_FIREFOX + suffix * int(rng.random() < 0.5))
    count = min(int(rng.integers(3_000, 9_000)), len(stage.catalogue.alive) // 4)
    fresh = rng.random(len(stage.catalogue.alive)) < rng.uniform(0.05, 0.25)
    listed = np.flatnonzero(stage.catalogue.alive | fresh)
    at = stage.arrivals(count, rng.uniform(8, 60))
    asked = picture(rng.choice(listed, count, replace=False), Cut.ORIGINAL)
    return Draft.of(seats, np.zeros(count, np.int64), at, asked)


def video_thumbnails(stage: Stage) -> Draft:
    """Take the poster and the storyboard of video after video, in upload order, for the faces."""
    rng, catalogue = stage.rng, stage.catalogue
    agent = CHROME_LINUX.format(f"{rng.integers(90, 98)}").replace(".0.0.0", ".0.4430.93")
    seats = alone(stage, agent.replace("X11; Linux x86_64", "Windows NT 10.0; Win64; x64"))
    videos = catalogue.shown[catalogue.video[catalogue.shown]][: int(rng.integers(500, 1_500))]
    frames = int(rng.integers(1, 5))
    video, rank = spread(np.full(len(videos), frames + 2))
    at = stage.opening() + np.cumsum(stage.waits(len(video), 0.2, 1.1))
    still = picture(videos[video], Cut.POSTER + rank - 1)
    asked = np.where(rank == 0, link(Thing.CALL_PHOTO, videos[video]), still)
    return Draft.of(seats, np.zeros(len(at), np.int64), at, asked, referer=NONE)


def enumerator(stage: Stage) -> Draft:
    """Count through the numbers, so that a third of what it asks for is not there."""
    rng = stage.rng
    agents = (
        f"Python/3.1{rng.integers(0, 4)} aiohttp/3.9.5",
        CHROME_LINUX.format(rng.integers(100, 120)),
        stage.agents.browser(),
    )
    seats = alone(stage, str(rng.choice(agents)))
    count = min(int(rng.integers(3_000, 8_000)), len(stage.catalogue.alive) // 2)
    begun = int(rng.integers(0, len(stage.catalogue.alive) - count))
    late = rng.uniform(0, 1, count) * 3  # a few workers: the order is blurred by a step or two
    slots = begun + np.argsort(np.arange(count) + late)
    at = stage.arrivals(count, rng.uniform(1, 6))
    referer = ROOT if rng.random() < 0.5 else NONE
    asked = picture(slots, Cut.ORIGINAL)
    return Draft.of(seats, np.zeros(count, np.int64), at, asked, referer=referer)


BLIND = (
    Role("img2dataset", guilty=True, act=img2dataset),
    Role("video thumbnails", guilty=True, act=video_thumbnails),
    Role("enumerator", guilty=True, act=enumerator),
)
