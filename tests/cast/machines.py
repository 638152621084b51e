"""Machines: more that the platform knows or has to bear: its CDN, an AI crawler, link previews."""

from __future__ import annotations

import numpy as np

from tests.cast.addresses import AI_CRAWLER, EDGES, address_text
from tests.cast.draft import HTTP_1, Draft
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.passersby import PREVIEWS
from tests.cast.stage import SECOND, Role, Stage

GPTBOT = (
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.3; "
    "+https://openai.com/gptbot)"
)
EDGE_RANGE = {"cdn edge": f"{address_text(EDGES)}/27"}  # class: what site.toml calls its own
PUBLISHED = {  # class: what site.toml says of it
    "ai crawler": f"""
[[crawlers]]
name = "GPTBot"
agent = "GPTBot"
ranges = ["{address_text(AI_CRAWLER)}/27"]
"""
}


def cdn_edges(stage: Stage) -> Draft:
    """Ask from the edges of the platform's own CDN whether copies are still good: mostly 304."""
    rng, edges = stage.rng, int(stage.rng.integers(8, 28))
    code = stage.agents.code("Amazon CloudFront")
    seats = stage.seats(edges, address=EDGES + np.arange(edges), agent=code, protocol=HTTP_1)
    count = max(edges, int((stage.stop - stage.start) / (rng.uniform(4, 12) * SECOND)))
    at = np.sort(rng.integers(stage.start, stage.stop, count))
    cut = rng.choice([Cut.THUMB, Cut.MEDIUM, Cut.ORIGINAL], count, p=[0.7, 0.25, 0.05])
    asked = picture(stage.catalogue.popular(rng, count), cut)
    status = np.where(rng.random(count) < rng.uniform(0.6, 0.95), 304, 0)
    return Draft.of(seats, np.arange(count) % edges, at, asked, status=status)


def ai_crawler(stage: Stage) -> Draft:
    """Crawl pages and some pictures as GPTBot, out of the range that it publishes."""
    rng, machines = stage.rng, int(stage.rng.integers(2, 9))
    address, code = AI_CRAWLER + np.arange(machines), stage.agents.code(GPTBOT)
    seats = stage.seats(machines, visitor=0, address=address, agent=code, protocol=HTTP_1)
    at = np.arange(stage.start + 5 * SECOND, stage.stop, int(rng.uniform(5, 20) * SECOND))
    seat, slots = rng.integers(0, machines, len(at)), rng.choice(stage.catalogue.shown, len(at))
    pages = Draft.of(seats, seat, at, link(Thing.PHOTO, slots), referer=NONE)
    robots = Draft.of(seats, seat[:1], at[:1] - SECOND, link(Thing.ROBOTS))
    taken = np.flatnonzero(rng.random(len(at)) < rng.uniform(0.2, 0.6))
    kept = Draft.of(seats, seat[taken], at[taken] + 2_000, picture(slots[taken], Cut.MEDIUM))
    return Draft.join([robots, pages, kept])


def preview_storm(stage: Stage) -> Draft:
    """Fetch one photo's page and picture for a preview, from everywhere within some minutes."""
    rng, fetchers = stage.rng, max(30, stage.people // 15)
    codes = np.array([stage.agents.code(word) for word in PREVIEWS])
    seats = stage.seats(fetchers, agent=rng.choice(codes, fetchers), protocol=HTTP_1)
    slot = np.repeat(stage.catalogue.popular(rng, 1), fetchers)
    late = rng.exponential(rng.uniform(60, 600) * SECOND, fetchers).astype(np.int64)
    at, seat = stage.opening() + late, np.arange(fetchers)
    pages = Draft.of(seats, seat, at, link(Thing.PHOTO, slot))
    return Draft.join([pages, Draft.of(seats, seat, at + 700, picture(slot, Cut.MEDIUM))])


MACHINES = (
    Role("cdn edge", guilty=False, act=cdn_edges),
    Role("ai crawler", guilty=False, act=ai_crawler),
    Role("preview storm", guilty=False, act=preview_storm),
)
