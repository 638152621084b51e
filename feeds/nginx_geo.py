"""Nginx geo: lines to include in a `geo` block, whose variable is then 1 for the refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import head, lines

if TYPE_CHECKING:
    from enforcement.standing import Standing


def nginx_geo(standing: Standing) -> bytes:
    """Write `CIDR 1;` a line."""
    return lines(head(standing), (f"{cidr} 1;" for cidr in standing.refused))


NGINX_GEO = Feed(
    "blocklist.geo",
    TEXT,
    nginx_geo,
    "For nginx, to include in geo $blocked { default 0; … }: 1 for who is refused.",
)
