"""Headers: what browsers and programs send beside their user agent, and how they begin TLS.

Browsers by engine, as Chrome, Firefox and Safari send it to a site with TLS; programs as requests,
aiohttp, curl and Go send it when nobody tells them otherwise, whatever browser they claim to be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from tests.cast.links import NONE, Thing, thing_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from tests.cast.platform import Requests
    from tests.cast.truth import Truth

# Proxied: a browser whose TLS the office opens on the way; the last two are programs.
BROWSER, PROXIED, REQUESTS, GO = range(4)
PROGRAMS = REQUESTS, GO
# Guilty, and real browsers that somebody drives: all that they send is right.
DRIVEN = (
    "sleepless", "browser engine", "paging fleet", "popularity mimic", "impersonating fleet"
)  # fmt: skip
# Innocent, and programs, some of them under a browser's name.
SERVANTS = (
    "mail filter", "link scanner", "link preview", "preview storm", "feed reader", "monitor",
    "image optimiser", "archive crawler", "search crawler", "ai crawler", "cdn edge", "researcher",
)  # fmt: skip
WORN = 4  # kinds of wearer
IMAGES = {
    "blink": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
    "gecko": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "webkit": "image/webp,image/avif,image/jxl,image/heic,video/*;q=0.8,image/*;q=0.8,*/*;q=0.5",
}
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
HANDSHAKES = {
    "blink": "t13d1516h2_8daaf6152771_d8a2da3f94cd",
    "gecko": "t13d1717h2_5b57614c22b0_3cbfd9057e0d",
    "webkit": "t13d2013h2_a09f3c656075_7f0f34a4126d",
}
OPENED = "t12d1209h1_d34a8e72043a_b39be8c56a14"  # by an office's proxy, for all of its browsers
LIBRARIES = ("t13d1812h1_85036bcba153_b26ce05bbdd6", "t13d131000_f57a46bbacb6_e7c285222651")
ACCEPTS = ("*/*", "")  # of requests, aiohttp and curl; of Go and okhttp
PAGES = (Thing.FEED, Thing.ALBUM, Thing.PHOTO)
PICTURES = (Thing.PICTURE, Thing.AVATAR)
NAMES = ("accept", "accept_language", "sec_fetch_dest", "sec_fetch_mode", "sec_fetch_site")
HINTS = ("sec_ch_ua", "sec_ch_ua_platform", "sec_ch_ua_mobile")


def wearers(requests: Requests, truth: Truth) -> NDArray[np.int64]:
    """Tell who is a browser, behind an office's proxy, or a program, and of which library: (rows,).

    All of a role are one program: whatever names it goes by, it begins TLS alike.
    """
    driven, servant, office = (
        np.isin(truth.role, [truth.names.index(n) for n in names if n in truth.names])
        for names in (DRIVEN, SERVANTS, ("office",))
    )
    program = servant | (truth.guilty & ~driven)
    library = np.array(PROGRAMS)[truth.role % len(PROGRAMS)]
    worn = np.where(program, library, np.where(office, PROXIED, BROWSER))
    return worn[requests.visitor].astype(np.int64)


def worn(
    requests: Requests, wearer: NDArray[np.int64], agents: list[str]
) -> tuple[NDArray[np.int64], Callable[[int], str]]:
    """Give what each request wears as a code, and how to spell it as members of a JSON object."""
    things, alone = len(Thing), requests.referer == NONE
    code = (requests.agent * WORN + wearer) * things + thing_of(requests.link)
    return code * 2 + alone, lambda said: _spelled(said, agents, things)


def _spelled(code: int, agents: list[str], things: int) -> str:
    rest, alone = divmod(code, 2)
    rest, thing = divmod(rest, things)
    agent, wearer = divmod(rest, WORN)
    engine = engine_of(agents[agent])
    if wearer in PROGRAMS or engine is None:
        library = PROGRAMS.index(wearer) if wearer in PROGRAMS else agent % 2
        sent = {"accept": ACCEPTS[library]}
        shaken = LIBRARIES[library]
    else:
        sent = _fetched(engine, Thing(thing), alone=bool(alone)) | _hinted(engine, agents[agent])
        shaken = OPENED if wearer == PROXIED else HANDSHAKES[engine]
    members = [f'"http_{n}":"{_escaped(sent.get(n, ""))}"' for n in (*NAMES, *HINTS)]
    return ",".join([*members, f'"ssl_ja4":"{shaken}"'])


def engine_of(agent: str) -> str | None:
    """Tell which engine a user agent names; None of what is no browser's."""
    if "bot" in agent.lower() or not agent.startswith("Mozilla/"):
        return None
    if re.search(r"iPhone|Version/[\d.]+ (?:Mobile/\w+ )?Safari", agent):
        return "webkit"
    if "Chrome/" in agent:
        return "blink"
    return "gecko" if "Firefox/" in agent else None


def _fetched(engine: str, thing: Thing, *, alone: bool) -> dict[str, str]:
    """Say what the browser wants it for; a page that nothing led to was typed in."""
    accept, dest, mode = "*/*", "script", "no-cors"
    if thing in PICTURES:
        accept, dest = IMAGES[engine], "image"
    elif thing in PAGES:
        accept, dest, mode = PAGE, "document", "navigate"
    elif thing is not Thing.ASSET:
        dest, mode = "empty", "cors"
    site = "none" if alone and dest == "document" else "same-origin"
    return dict(zip(NAMES, (accept, "de,en;q=0.7", dest, mode, site), strict=True))


def _hinted(engine: str, agent: str) -> dict[str, str]:
    """Say what Chrome and its kin add of themselves."""
    built = re.search(r"Chrome/(\d+)", agent)
    if engine != "blink" or built is None:
        return {}
    brands = f'"Chromium";v="{built[1]}", "Not)A;Brand";v="8"'
    systems = {"Windows": "Windows", "Macintosh": "macOS", "Android": "Android", "X11": "Linux"}
    platform = next(name for word, name in systems.items() if word in agent)
    return dict(zip(HINTS, (brands, f'"{platform}"', f"?{int('Mobile' in agent)}"), strict=True))


def _escaped(text: str) -> str:
    return text.replace('"', '\\"')
