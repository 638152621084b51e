"""Doubts: what makes the answer of a run less than it could be, and how to mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.lateness import enough
from access.site.origins import distant

if TYPE_CHECKING:
    from access.site import Site
    from streams.settings import Settings
    from streams.tally import Tally

DOUBTFUL = 0.01  # share of lines above which a reader should know
MISSED = 0.5  # share of requests of no actor: chosen; own machines alone are far from it


def aged(site: Site, settings: Settings, at: int) -> list[str]:
    """Say if the crawlers' ranges are of another time (seconds) than the log."""
    days = distant(site.origins, at, settings.crawlers.fresh)
    if not days:
        return []
    said = (
        f"the ranges in {site.ranges} were read {days} days before or after the log ends: nobody "
        f"outside of them was taken for forged; `hedgerow refresh --ranges {site.ranges}`"
    )
    return [said]


def doubts(tally: Tally) -> list[str]:
    """Say, a line each, what a reader should know before believing."""
    said = []
    if not tally.lines:
        said.append("there was nothing to judge: the log is empty")
    if tally.rejects > DOUBTFUL * tally.lines:
        share = of(tally.rejects, tally.lines, "lines")
        said.append(f"{share} could not be read; the first: {tally.unread}")
    if tally.late > DOUBTFUL * tally.requests:
        share = of(tally.late, tally.requests, "requests")
        wanted = enough(tally.lags, tally.requests)
        mend = f"give --lateness {wanted}s, or sort the log" if wanted else "sort the log"
        said.append(f"{share} came so long after newer ones that they were judged late: {mend}")
    if tally.unnamed > MISSED * tally.requests:
        share = of(tally.unnamed, tally.requests, "requests")
        said.append(
            f"{share} came from private addresses or own machines, which are never judged: "
            "log the clients' addresses, and name your proxies under trusted_proxies in site.toml; "
            "where only a CDN's edges can be logged, name those under cdn_edges and nowhere else"
        )
    if tally.requests and not tally.pictures:
        said.append(
            "no picture was delivered, so nobody could be judged: if there should be some, say "
            "what their addresses look like; `hedgerow site suggest LOG` writes a first site.toml"
        )
    return said


def of(part: int, whole: int, what: str) -> str:
    """Say a share in figures."""
    return f"{part:,} of {whole:,} {what} ({part / whole:.0%})"
