"""Letters: programs that ask before people do, or without a page: mail, feeds, prefetching."""

from __future__ import annotations

import numpy as np

from tests.cast.agents import DESKTOP
from tests.cast.draft import HTTP_1, Draft, spread
from tests.cast.links import NONE, Cut, Thing, link, picture
from tests.cast.stage import HOUR, SECOND, Role, Stage
from tests.cast.views import album_views, shown_in

MAIL = (
    (5, "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"),
    (2, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Thunderbird/128.9.0"),
    (2, "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)"),
)
FEEDS = (
    (3, "FreshRSS/1.24.3 (Linux; https://freshrss.org)"),
    (1, "NetNewsWire (RSS Reader; https://netnewswire.com/)"),
)
POLL = 1_800  # seconds between two looks at a feed


def newsletter_readers(stage: Stage) -> Draft:
    """Open a letter with some pictures of ours, no page and no Referer; one in three clicks one."""
    rng, people = stage.rng, max(3, stage.people // 15)
    sent = np.unique(stage.catalogue.popular(rng, int(rng.integers(4, 10))))
    seats = stage.seats(people, agent=stage.agents.draw(rng, people, MAIL))
    opened = stage.opening() + rng.exponential(1.5 * HOUR, people).astype(np.int64)
    seat, rank = spread(np.full(people, len(sent)))
    letter = Draft.of(seats, seat, opened[seat] + rank * 20, picture(sent[rank], Cut.MEDIUM))
    who = np.flatnonzero(rng.random(people) < 1 / 3)
    slot, at = rng.choice(sent, len(who)), opened[who] + 20 * SECOND
    browser = stage.agents.draw(rng, len(who), DESKTOP)
    page = link(Thing.PHOTO, slot)
    pages = Draft.of(seats, who, at, page, agent=browser)
    full = picture(slot, Cut.ORIGINAL)
    clicks = Draft.of(seats, who, at + 300, full, referer=page, agent=browser)
    return Draft.join([letter, pages, clicks])


def prefetching_readers(stage: Stage) -> Draft:
    """Open an album in a browser that fetches the next pages, and their pictures, ahead."""
    rng, people = stage.rng, max(2, stage.people // 50)
    seats = stage.seats(people, session=np.arange(people) + 1)
    seat, _ = spread(rng.integers(1, 4, people))
    at, ahead = stage.moments(len(seat)), int(rng.integers(8, 25))
    album = stage.catalogue.album[stage.catalogue.popular(rng, len(seat))]
    view, rank, slot = shown_in(stage.catalogue, album, ahead)
    fetched, page = at[view] + 2 * SECOND + rank * 120, link(Thing.PHOTO, slot)
    pages = Draft.of(seats, seat[view], fetched, page, referer=link(Thing.ALBUM, album[view]))
    ready = Draft.of(seats, seat[view], fetched + 80, picture(slot, Cut.MEDIUM), referer=page)
    return Draft.join([album_views(stage.catalogue, seats, seat, at, album), pages, ready])


def feed_readers(stage: Stage) -> Draft:
    """Look at the feed every half hour from a server, and fetch what is new in it."""
    rng, servers = stage.rng, 1 + stage.people // 1_000
    agent = stage.agents.draw(rng, servers, FEEDS)
    seats = stage.seats(servers, agent=agent, protocol=HTTP_1)
    polls = max(1, (stage.stop - stage.start) // (POLL * SECOND))
    seat, turn = spread(np.full(servers, polls))
    at = stage.start + rng.integers(0, POLL * SECOND, servers)[seat] + turn * POLL * SECOND
    new = rng.poisson(2, polls)  # pictures since the last look, the same for everybody
    row, rank = spread(new[turn])
    slot = stage.catalogue.shown[-1 - ((np.cumsum(new) - new)[turn[row]] + rank)]
    status = np.where(new[turn] == 0, 304, 0)
    looks = Draft.of(seats, seat, at, link(Thing.FEED, 1), referer=NONE, status=status)
    fetched = at[row] + (1 + rank) * SECOND
    return Draft.join([looks, Draft.of(seats, seat[row], fetched, picture(slot, Cut.MEDIUM))])


def mail_filters(stage: Stage) -> Draft:
    """Open the links of a letter before its reader does, in a mail filter: a hidden one as well."""
    rng, filters = stage.rng, max(2, stage.people // 100)
    seats = stage.seats(filters, protocol=HTTP_1)
    at = stage.moments(filters)
    seat, rank = spread(rng.integers(4, 12, filters))
    slot = stage.catalogue.popular(rng, len(seat))
    opened, page = at[seat] + rank * 400, link(Thing.PHOTO, slot)
    pages = Draft.of(seats, seat, opened, page, referer=NONE)
    shown = Draft.of(seats, seat, opened + 150, picture(slot, Cut.MEDIUM), referer=page)
    trap = link(Thing.TRAP, rng.integers(0, 12, filters))
    hidden = Draft.of(seats, np.arange(filters), at + 6 * SECOND, trap, referer=NONE)
    return Draft.join([pages, shown, hidden])


LETTERS = (
    Role("newsletter reader", guilty=False, act=newsletter_readers),
    Role("prefetching browser", guilty=False, act=prefetching_readers),
    Role("feed reader", guilty=False, act=feed_readers),
    Role("mail filter", guilty=False, act=mail_filters),
)
