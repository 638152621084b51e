"""Spiders: harvesters that read pages or an API to find the pictures (regulators.md 2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.draft import Draft, spread
from tests.cast.harvesters import CHROME_LINUX, alone
from tests.cast.links import ROOT, Cut, Thing, link, picture
from tests.cast.stage import SECOND, Role, Stage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tests.cast.draft import Seats

IPAD_APP = (
    "Instagram 273.0.0.16.70 (iPad13,8; iOS 15_5; en_US; en-US; scale=2.00; 2048x2732; "
    "452417278) AppleWebKit/420+"
)


def chosen_owners(stage: Stage, pictures: int) -> NDArray[np.int64]:
    """List the slots of randomly chosen owners, owner after owner, at least *pictures* if any."""
    owner = stage.catalogue.owner[stage.catalogue.shown]
    turn = stage.rng.permutation(stage.catalogue.owners)
    order = np.argsort(turn[owner], kind="stable")
    return stage.catalogue.shown[order][:pictures]


def scrapy(stage: Stage) -> Draft:
    """Read robots.txt, then albums and, eight at a time and without Referer, their originals."""
    version = f"2.{stage.rng.integers(9, 14)}.{stage.rng.integers(0, 3)}"
    return _spider(stage, alone(stage, f"Scrapy/{version} (+https://scrapy.org)"))


def scrapy_disguised(stage: Stage) -> Draft:
    """Do as Scrapy does under the name of a current browser."""
    return _spider(stage, alone(stage, stage.agents.browser(behind=int(stage.rng.integers(0, 3)))))


def _spider(stage: Stage, seats: Seats) -> Draft:
    """Page, then the pictures on it: what every crawling framework does."""
    rng, catalogue = stage.rng, stage.catalogue
    albums = rng.permutation(len(catalogue.length))[: int(rng.integers(120, 300))]
    album, rank = spread(catalogue.length[albums])
    slot = catalogue.shown[catalogue.first[albums[album]] + rank]
    worked = catalogue.length[albums] / 8 * rng.uniform(0.25, 0.8)  # eight at a time
    begun = stage.opening() + SECOND + np.cumsum((worked + 0.5) * SECOND).astype(np.int64)
    at = begun[album] + 400 + rank // 8 * 300 + rng.integers(0, 200, len(rank))
    seat, asked = np.zeros(len(at), np.int64), picture(slot, Cut.ORIGINAL)
    page = link(Thing.ALBUM, albums)
    pages = Draft.of(seats, np.zeros(len(page), np.int64), begun, page, referer=ROOT)
    robots = Draft.of(seats, seat[:1], begun[:1] - 700, link(Thing.ROBOTS))
    return Draft.join([robots, pages, Draft.of(seats, seat, at, asked)])


def gallery_dl(stage: Stage) -> Draft:
    """Walk owner after owner: an API page every 6 to 12 s, then its files without a rest.

    Sequential, as a current Firefox over HTTP/1.1, with the site's root as Referer on everything.
    """
    rng = stage.rng
    version = stage.agents.current
    agent = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{version}.0) Gecko/20100101"
    seats = alone(stage, f"{agent} Firefox/{version}.0")
    slots = chosen_owners(stage, int(rng.integers(1_200, 3_500)))
    return _paged(stage, seats, slots, each=int(rng.integers(20, 50)), rest=(6, 12))


def _paged(
    stage: Stage, seats: Seats, slots: NDArray[np.int64], *, each: int, rest: tuple[float, float]
) -> Draft:
    """Make an API call for every *each* pictures, then the pictures one by one."""
    turn = np.arange(len(slots)) // each
    waits = stage.waits(len(slots), 0.15, 0.8)
    first = np.arange(len(slots)) % each == 0
    waits[first] += stage.waits(int(first.sum()), *rest)
    at = stage.opening() + np.cumsum(waits)
    seat = np.zeros(len(at), np.int64)
    call = link(Thing.CALL_OWNER, stage.catalogue.owner[slots] * 4096 + turn % 4096)[first]
    calls = Draft.of(seats, seat[first], at[first] - 300, call, referer=ROOT)
    files = Draft.of(seats, seat, at, picture(slots, Cut.ORIGINAL), referer=ROOT)
    return Draft.join([calls, files])


def instaloader(stage: Stage) -> Draft:
    """Page through profiles as a frozen Chrome and as an iPad app, from one address.

    Pictures come through a fresh anonymous session: no cookie, no Referer. It rests 0.5 to 3 s.
    """
    rng = stage.rng
    frozen = CHROME_LINUX.format(51 if rng.random() < 0.3 else int(rng.integers(126, 128)))
    seats = alone(stage, frozen, IPAD_APP)
    slots = chosen_owners(stage, int(rng.integers(1_000, 3_000)))
    each = int(rng.integers(12, 50))
    at = stage.opening() + np.cumsum(stage.waits(len(slots), 0.5, 3))
    first = np.arange(len(slots)) % each == 0
    item = stage.catalogue.owner[slots] * 4096 + np.arange(len(slots)) // each
    seat = np.where(rng.random(len(slots)) < 0.35, 1, 0)
    calls = Draft.of(seats, seat[first], at[first] - 400, link(Thing.CALL_OWNER, item[first]))
    cut = np.where(rng.random(len(slots)) < 0.1, Cut.MEDIUM, Cut.ORIGINAL)
    files = Draft.of(seats, np.zeros(len(at), np.int64), at, picture(slots, cut))
    return Draft.join([calls, files])


SPIDERS = (
    Role("scrapy", guilty=True, act=scrapy),
    Role("gallery-dl", guilty=True, act=gallery_dl),
    Role("instaloader", guilty=True, act=instaloader),
    Role("disguised scrapy", guilty=True, act=scrapy_disguised),
)
