"""Verdicts: what names said of addresses, kept in the crawler file until it is asked again."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import Ranges, key_of
from streams.confirming import Claim, Verdict
from streams.crawlerfile import CrawlerFile, Entry, moment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

VERIFIED_LASTS = 24 * 3600  # seconds; as other verifiers keep it
FORGED_LASTS = 3600  # seconds; an address may change hands, and its name may be mended
GRACE = 7 * 24 * 3600  # seconds that a name is believed after it should be asked for again; chosen
ASKED = 10_000  # addresses in a run; chosen: more is a flood, and names would take too long
KEPT = 4_096  # verdicts of each kind and crawler, the longest lasting; chosen


def open_claims(claims: Iterable[Claim], file: CrawlerFile, now: int) -> list[Claim]:
    """List who has to be asked: neither in published ranges, nor asked a short while ago."""
    return list(islice(_open(claims, file, moment_of(now)), ASKED))


def _open(claims: Iterable[Claim], file: CrawlerFile, now: datetime) -> Iterator[Claim]:
    held = {t: Ranges.of((text, 1) for text in e.ranges) for t, e in file.crawlers.items()}
    for claim in claims:
        entry = file.crawlers.get(claim.token, Entry())
        until = {**entry.confirmed, **entry.denied}.get(claim.address)
        if until and until > now:
            continue
        key = np.array([key_of(claim.address)], np.uint64)
        if claim.token in held and held[claim.token].label(key)[0]:
            continue
        yield claim


def noted(file: CrawlerFile, verdicts: Mapping[Claim, Verdict], now: int) -> CrawlerFile:
    """Write verdicts down, and forget those that ended long ago.

    What nobody could find out about an address changes nothing of what is known of it.
    """
    crawlers = {token: _lasting(entry, now) for token, entry in file.crawlers.items()}
    for token in {claim.token for claim in verdicts}:
        said = {c.address: v for c, v in verdicts.items() if c.token == token}
        known = {a: v for a, v in said.items() if v is not Verdict.UNVERIFIABLE}
        crawlers[token] = _noted(crawlers.get(token, Entry()), known, now)
    return CrawlerFile(crawlers)


def _noted(entry: Entry, said: Mapping[str, Verdict], now: int) -> Entry:
    kept = {
        Verdict.VERIFIED: (entry.confirmed, moment_of(now + VERIFIED_LASTS)),
        Verdict.FORGED: (entry.denied, moment_of(now + FORGED_LASTS)),
    }
    confirmed, denied = (
        {a: t for a, t in before.items() if a not in said}
        | {address: until for address, verdict in said.items() if verdict is kind}
        for kind, (before, until) in kept.items()
    )
    return replace(entry, confirmed=_longest(confirmed), denied=_longest(denied))


def _longest(until: Mapping[str, datetime]) -> dict[str, datetime]:
    return dict(sorted(until.items(), key=lambda item: item[1], reverse=True)[:KEPT])


def _lasting(entry: Entry, now: int) -> Entry:
    """Forget; while DNS is down, who was confirmed does not become a stranger at once."""
    ends, at = moment_of(now - GRACE), moment_of(now)
    confirmed = {address: until for address, until in entry.confirmed.items() if until > ends}
    denied = {address: until for address, until in entry.denied.items() if until > at}
    return replace(entry, confirmed=confirmed, denied=denied)
