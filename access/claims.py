"""Claims: what a user agent says of itself, packed into 32 bits to travel in columns."""

from __future__ import annotations

from enum import IntEnum, IntFlag, unique
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Bits 0-7 family, 8-17 major version, 18-23 flags, 24-31 crawler.


@unique
class Family(IntEnum):
    """Whose browser it says it is."""

    OTHER = 0  # nothing that is known
    CHROME = 1  # and every browser built on it that has no line of its own
    FIREFOX = 2
    SAFARI = 3
    EDGE = 4
    OPERA = 5
    IE = 6
    SAMSUNG = 7
    FIREFOX_IOS = 8  # numbered its versions apart from Firefox until 2022
    ANDROID = 9  # the browser of Android before Chrome
    APP = 10  # a phone app, or a page shown inside one
    TOOL = 11  # a library or downloader that names no browser
    CRAWLER = 12  # a declared bot that names no browser


@unique
class Flag(IntFlag):
    """What stands out in a user agent."""

    EMPTY = 1  # no user agent at all
    TOOL = 2  # declares a library, a downloader or a driven browser
    CRAWLER = 4  # declares itself a bot
    TEMPLATE = 8  # holds a placeholder that nobody filled: `{ua}`, `%s`, `$agent`, `W.X.Y.Z`
    IMPOSSIBLE = 16  # contradicts itself: no browser was ever built that sends it
    HTTP_1 = 32  # came by HTTP/1.x; no word of the agent's, but it travels well here


# What no browser of people's has; by which protocol it came is no word of its own.
ODD = np.uint32(Flag.EMPTY | Flag.TOOL | Flag.CRAWLER | Flag.TEMPLATE | Flag.IMPOSSIBLE)


def family(claims: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Read the `Family` out of each claim."""
    return claims & np.uint32(0xFF)


def major(claims: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Read the major version out of each claim, at most 1023; 0 when it says none."""
    return (claims >> np.uint32(8)) & np.uint32(0x3FF)


def flags(claims: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Read the `Flag` bits out of each claim."""
    return (claims >> np.uint32(18)) & np.uint32(0x3F)


def crawler(claims: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Read which known crawler each claims to be: its token's index + 1, or 0 for none."""
    return claims >> np.uint32(24)


def is_browser(claims: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which claim a browser or an app, and nothing else beside it."""
    plain: NDArray[np.bool_] = (family(claims) < Family.TOOL) & (flags(claims) & ODD == 0)
    return plain


def browsers(claims: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which claims name a browser that people use, and nothing that contradicts it."""
    told = family(claims)
    named = (told >= np.uint32(Family.CHROME)) & (told < np.uint32(Family.APP))
    return named & is_browser(claims)
