"""Identities: what a detector saw of who asks, in words that need no knowledge of Hedgerow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.claims import Flag, flags
from access.releases import age_in_years
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
    return (
        "It calls itself a known crawler, but comes from outside the addresses which that crawler "
        f"publishes, and took {counted(seen['pictures_1h'], 'different picture')} within an hour."
    )


def mismatch(seen: Evidence, _: int) -> str:
    """Say by which protocol a browser's name came."""
    habit = percent(seen["newcomers_spoke_http_2"], 1)
    asked = counted(seen["asked_1h"], "picture")
    return (
        f"It names a current browser, but asked by HTTP/1 for {asked} within an hour. "
        f"Of this site's newcomers {habit} speak HTTP/2, or name no browser."
    )


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
