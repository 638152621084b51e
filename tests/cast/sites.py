"""Sites: `site.toml` and the look-up tables of a made-up platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tests.cast.addresses import CRAWLER_RANGE, MONITOR, OWN_PROXY, address_text
from tests.cast.known import OWN_MACHINES, REGISTERED
from tests.cast.machines import EDGE_RANGE, PUBLISHED
from tests.cast.schemes import HOST, PICTURE_HOST, Scheme

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa

    from tests.cast.schemes import Spelling

PATTERNS = {
    Scheme.NUMBERED: """
[[pictures]]
pattern = "/i/{rendition}/{picture}.jpg"
query = { n = "frame" }
""",
    Scheme.OWNED: """
[[pictures]]
pattern = "/media/{owner}/{album}/{picture}_{rendition}.webp"
query = { n = "frame" }
""",
    Scheme.OPAQUE: """
[[pictures]]
pattern = "/v1/poster/{*}/{picture}"
rendition = "poster"

[[pictures]]
pattern = "/v1/frame/{*}/{picture}"
query = { n = "frame" }

[[pictures]]
pattern = "/v1/{*}/{*}/{picture}"
query = { w = "rendition" }
""",
}
OTHERS = """
[[traps]]
pattern = "/archive/all/{*}"

[[avatars]]
pattern = "/avatars/{owner}.jpg"

[[api]]
pattern = "/api/{**}"

[[assets]]
pattern = "/static/{**}"
"""
OWN = {**OWN_MACHINES, **EDGE_RANGE}
KNOWN = {
    **REGISTERED,
    **PUBLISHED,
}


def site_text(scheme: Scheme, *, lookups: bool, classes: Collection[str] = ()) -> str:
    """Write the site.toml of a platform where those *classes* of visitors come.

    With *lookups* it names owners and accounts files.
    """
    host = PICTURE_HOST if scheme is Scheme.OPAQUE else HOST
    files = '\n[lookups]\nowners = "owners.csv"\naccounts = "accounts.csv"\n' if lookups else ""
    own = [address_text(MONITOR), *(OWN[c] for c in OWN if c in classes)]
    machines = ", ".join(f'"{address}"' for address in own)
    known = "".join(dict.fromkeys(KNOWN[c] for c in KNOWN if c in classes))
    return f"""name = "Bramble"
trusted_proxies = ["{address_text(OWN_PROXY)}"]
own_machines = [{machines}]

[hosts]
pages = ["{HOST}"]
pictures = ["{host}"]
{files}{PATTERNS[scheme]}{OTHERS}
[[crawlers]]
name = "Googlebot-Image"
agent = "Googlebot-Image"
ranges = ["{CRAWLER_RANGE}"]
{known}"""


def owners_table(spelling: Spelling) -> pa.Table:
    """List whose picture each is: columns picture, owner, album."""
    import pyarrow as pa  # noqa: PLC0415  a world without tables needs no arrow

    shown = spelling.catalogue.shown
    return pa.table(
        {
            "picture": [spelling.picture_text(s) for s in shown.tolist()],
            "owner": [f"u{o}" for o in spelling.catalogue.owner[shown].tolist()],
            "album": [f"a{a}" for a in spelling.catalogue.album[shown].tolist()],
        }
    )


def accounts_table(session: np.ndarray, account: np.ndarray, owners: int) -> pa.Table:
    """List whose session each is: columns session, account, owner (empty where it has nothing)."""
    import pyarrow as pa  # noqa: PLC0415  as above

    pairs = np.unique(np.stack([session, account], 1)[(session > 0) & (account > 0)], axis=0)
    known = pairs.tolist()
    return pa.table(
        {
            "session": [session_text(s) for s, _ in known],
            "account": [account_text(a) for _, a in known],
            "owner": [f"u{a - 1}" if a <= owners else "" for _, a in known],
        }
    )


def session_text(session: int) -> str:
    """Write a session cookie."""
    return f"{session * 0x9E3779B97F4A7C15 & (1 << 64) - 1:016x}" if session else ""


def account_text(account: int) -> str:
    """Write an account's name; owner n logs in as account n + 1."""
    return f"u{account - 1}" if account else ""
