"""Passers-by: innocents who do not read, some of whom look like harvesters."""

from __future__ import annotations

import numpy as np

from tests.cast.addresses import CRAWLER, MONITOR
from tests.cast.draft import HEAD, HTTP_1, Draft, spread
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.stage import HOUR, SECOND, Role, Stage

PREVIEWS = (
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "TelegramBot (like TwitterBot)",
    "WhatsApp/2.24.20.80 A",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
)
FRAME_EVERY, MONITOR_EVERY, CRAWLER_EVERY = 10, 60, 4  # seconds


def image_searchers(stage: Stage) -> Draft:
    """Take one to three pictures out of a search engine's results, and nothing else."""
    people = max(1, stage.people // 12)
    seats = stage.seats(people)
    seat, rank = spread(stage.rng.integers(1, 4, people))
    at = stage.moments(people)[seat] + rank * 20 * SECOND
    asked = picture(stage.catalogue.popular(stage.rng, len(seat)), Cut.ORIGINAL)
    return Draft.of(seats, seat, at, asked, referer=link(Thing.SEARCH))


def hotlink_readers(stage: Stage) -> Draft:
    """Read another site that shows five of our pictures, one on each page."""
    people = max(1, stage.people // 20)
    famous = stage.catalogue.popular(stage.rng, 5)
    which = stage.rng.integers(0, len(famous), people)
    asked = picture(famous[which], Cut.MEDIUM)
    seats, at = stage.seats(people), stage.moments(people)
    return Draft.of(seats, np.arange(people), at, asked, referer=link(Thing.FOREIGN, which))


def link_previews(stage: Stage) -> Draft:
    """Fetch a photo page that somebody posted, and its picture a second later."""
    fetchers = max(len(PREVIEWS), stage.people // 400)
    codes = np.array([stage.agents.code(w) for w in PREVIEWS])
    seats = stage.seats(fetchers, agent=codes[np.arange(fetchers) % len(codes)], protocol=HTTP_1)
    seat, _ = spread(stage.rng.integers(2, 6, fetchers))
    slot, at = stage.catalogue.popular(stage.rng, len(seat)), stage.moments(len(seat))
    pages = Draft.of(seats, seat, at, link(Thing.PHOTO, slot))
    return Draft.join([pages, Draft.of(seats, seat, at + 900, picture(slot, Cut.MEDIUM))])


def picture_frame(stage: Stage) -> Draft:
    """Show one album's originals on a wall, a new one every ten seconds, for hours."""
    word = "PictureFrame/2.1 (Linux; armv7l) okhttp/4.9.3"
    seats = stage.seats(1, agent=stage.agents.code(word), protocol=HTTP_1)
    at = np.arange(stage.start + 7 * SECOND, stage.stop, FRAME_EVERY * SECOND)
    album = int(np.argmax(stage.catalogue.length >= 40))
    place = np.arange(len(at)) % stage.catalogue.length[album]
    slot = stage.catalogue.shown[stage.catalogue.first[album] + place]
    seen = place < np.arange(len(at))
    asked = picture(slot, Cut.ORIGINAL)
    return Draft.of(seats, np.zeros_like(at), at, asked, status=np.where(seen, 304, 0))


def owner_exporting(stage: Stage) -> Draft:
    """Save one's own pictures: logged in, every original of every album of one's own."""
    works = np.bincount(stage.catalogue.owner[stage.catalogue.shown])
    owner = int(np.argsort(works)[-1 - int(stage.rng.integers(20))])
    slots = stage.catalogue.of_owner(owner)[:600]
    seats = stage.seats(1, account=-1 - owner, session=1)
    at = stage.opening() + np.cumsum(stage.waits(len(slots), 0.3, 1.2))
    page = link(Thing.ALBUM, stage.catalogue.album[slots])
    opens = np.flatnonzero(np.r_[True, page[1:] != page[:-1]])
    pages = Draft.of(seats, np.zeros_like(opens), at[opens] - 250, page[opens])
    asked = picture(slots, Cut.ORIGINAL)
    return Draft.join([pages, Draft.of(seats, np.zeros_like(at), at, asked, referer=page)])


def search_crawler(stage: Stage) -> Draft:
    """Crawl for image search as Googlebot-Image does, out of a published range."""
    code = stage.agents.code("Googlebot-Image/1.0")
    address = CRAWLER + np.arange(8)
    seats = stage.seats(8, visitor=0, address=address, agent=code, protocol=HTTP_1)
    count = max(1, (stage.stop - stage.start) // (CRAWLER_EVERY * SECOND))
    at = np.sort(stage.rng.integers(stage.start, stage.stop, count))
    slot = stage.rng.choice(stage.catalogue.shown, count)
    asked = picture(slot, np.where(stage.rng.random(count) < 0.3, Cut.ORIGINAL, Cut.MEDIUM))
    status = np.where(stage.rng.random(count) < 0.08, 304, 0)
    return Draft.of(seats, stage.rng.integers(0, 8, count), at, asked, status=status)


def monitor(stage: Stage) -> Draft:
    """Ask once a minute whether the platform, and one picture of it, is still there."""
    code = stage.agents.code("Blackbox Exporter/0.27.0")
    seats = stage.seats(1, address=MONITOR, agent=code, protocol=HTTP_1)
    at = np.arange(stage.start, stage.stop, MONITOR_EVERY * SECOND)
    seat = np.zeros_like(at)
    probes = Draft.of(seats, seat, at, link(Thing.HEALTH))
    one = picture(stage.catalogue.shown[0], Cut.THUMB)
    return Draft.join([probes, Draft.of(seats, seat, at + 200, one, method=HEAD)])


def refreshing_readers(stage: Stage) -> Draft:
    """Leave a feed open that refreshes itself: the same thirty thumbnails, 304 after the first."""
    tabs = max(1, stage.people // 500)
    seats = stage.seats(tabs, session=np.arange(tabs) + 1)
    turn, rank = spread(np.full(tabs * 6, 30))
    seat, again = turn // 6, turn % 6
    begun = np.sort(stage.rng.integers(stage.start, max(stage.start + 1, stage.stop - HOUR), tabs))
    slot = stage.catalogue.popular(stage.rng, tabs * 30)[seat * 30 + rank]
    at = begun[seat] + again * 300 * SECOND + rank * 15 + 300
    feed = link(Thing.FEED, 1)
    status = np.where(again > 0, 304, 0)
    thumbs = Draft.of(seats, seat, at, picture(slot, Cut.THUMB), referer=feed, status=status)
    first = rank == 0
    pages = Draft.of(seats, seat[first], at[first] - 250, feed, referer=NONE)
    assets = Draft.of(seats, seat[first], at[first] - 100, link(Thing.ASSET), referer=feed)
    return Draft.join([pages, assets, thumbs])


PASSERSBY = (
    Role("image searcher", guilty=False, act=image_searchers),
    Role("hotlink reader", guilty=False, act=hotlink_readers),
    Role("link preview", guilty=False, act=link_previews),
    Role("picture frame", guilty=False, act=picture_frame),
    Role("owner exporting", guilty=False, act=owner_exporting),
    Role("search crawler", guilty=False, act=search_crawler),
    Role("monitor", guilty=False, act=monitor),
    Role("refreshing tab", guilty=False, act=refreshing_readers),
)
