"""Identities: what a detector saw of who asks, in words that need no knowledge of Hedgerow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.claims import Flag, flags
from access.releases import age_in_years
from enforcement.forgery import BAD
from evidence.words import counted, lasting, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    Evidence = Mapping[str, float]

FLAGS = {
    Flag.EMPTY: "names no user agent",
    Flag.TOOL: "calls itself a download tool or a library",
    Flag.CRAWLER: "calls itself a bot",
    Flag.TEMPLATE: "sends a user agent with an unfilled placeholder",
    Flag.IMPOSSIBLE: "sends a user agent that contradicts itself",
}


def disguise(seen: Evidence, at: int) -> str:
    """Say what stands out in the user agent."""
    claims = np.array([int(seen["claim"])], np.uint32)
    shown = int(flags(claims)[0])
    said = [words for flag, words in FLAGS.items() if shown & flag]
    years = float(age_in_years(claims, np.array([at], np.int64))[0])
    if not said and years >= 1:
        said = [f"sends the user agent of a browser that is {lasting(years * 365.25 * 86400)} old"]
    who = " and ".join(said) or "sends a user agent that people seldom send"
    return f"It {who}, and took {counted(seen['pictures_1h'], 'different picture')} within an hour."


def forgery(seen: Evidence, _: int) -> str:
    """Say whose name was borrowed."""
    why = "comes from outside the addresses which that crawler publishes"
    if seen["signature"] == BAD:
        why = "its signature was found bad by the edge"
    taken = counted(seen["pictures_1h"], "different picture")
    return f"It calls itself a known crawler, but {why}, and took {taken} within an hour."


def mismatch(seen: Evidence, _: int) -> str:
    """Say what does not go with a browser's name."""
    asked, engines = counted(seen["asked_1h"], "picture"), seen["engines"]
    said = []
    if contradicted := seen["contradicted"]:
        row = f"{counted(contradicted, 'picture')} in a row"
        said.append(f"It sent client hints that contradict its user agent, for {row}")
    if engines > 1:
        said.append(f"It named {engines:,.0f} kinds of software over one TLS handshake")
    if int(flags(np.array([int(seen["claim"])], np.uint32))[0]) & Flag.HTTP_1 or not said:
        habit = percent(seen["newcomers_spoke_http_2"], 1)
        said.append(
            f"It names a current browser, but asked by HTTP/1 for {asked} within an hour. "
            f"Of this site's newcomers {habit} speak HTTP/2, or name no browser"
        )
    return f"{'. '.join(said)}."


def unfetched(seen: Evidence, _: int) -> str:
    """Say what of a browser's headers did not come."""
    said = []
    lacking, asking = seen["unfetched"], seen["unpictured"]
    if lacking or not asking:
        habit = percent(seen["newcomers_fetched"], 1)
        said.append(
            "It names a current browser, but did not send what that adds to every request, for "
            f"{counted(lacking, 'picture')} in a row; of this site's newcomers {habit} send it, "
            "or name no browser"
        )
    if asking:
        habit = percent(seen["newcomers_pictured"], 1)
        said.append(
            f"It asked for {counted(asking, 'picture')} in a row as for anything; of this site's "
            f"newcomers {habit} ask for pictures as pictures, or name no browser"
        )
    return f"{'. '.join(said)}."


def twin(seen: Evidence, _: int) -> str:
    """Say how often two kinds of name took turns."""
    return (
        f"A browser and something that is none took turns {counted(seen['turns'], 'time')}, within "
        "seconds of each other, and were given within an hour "
        f"{counted(seen['pictures_1h'], 'different picture')}."
    )


def tenure(seen: Evidence, _: int) -> str:
    """Say how many people a new account looked at."""
    hour, day = seen["owners_1h"], counted(seen["owners_24h"], "owner")
    return f"A new account: pictures of {hour:,.0f} within an hour, of {day} in a day."


def hosting(seen: Evidence, _: int) -> str:
    """Say how much went to a rented machine."""
    asked = counted(seen["asked_1h"], "picture")
    return f"It asked for {asked} within an hour, from where machines are rented."
