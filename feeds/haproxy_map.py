"""HAProxy map: who is answered how, for `src,map_ip(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import head, lines

if TYPE_CHECKING:
    from enforcement.standing import Standing


def haproxy_map(standing: Standing) -> bytes:
    """Write `CIDR action` a line, the milder actions included."""
    return lines(
        head(standing), (f"{cidr} {action.name.lower()}" for cidr, action in standing.rungs)
    )


HAPROXY_MAP = Feed(
    "answers.map",
    TEXT,
    haproxy_map,
    "For HAProxy, src,map_ip(…): block, challenge, throttle or degrade.",
)
