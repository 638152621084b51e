"""HAProxy names: sessions and accounts that are answered otherwise, for `map_str(…)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import lines
from feeds.named import named, named_head, plain

if TYPE_CHECKING:
    from enforcement.standing import Standing


def haproxy_names(standing: Standing) -> bytes:
    """Write `session:… action` a line."""
    told = plain(entries := named(standing))
    head = named_head(len(told), len(entries) - len(told))
    return lines(head, (f"{entry.key} {entry.word}" for entry in told))


HAPROXY_NAMES = Feed(
    "names.map",
    TEXT,
    haproxy_names,
    "For HAProxy, map_str(…) of session:… or account:…: sessions and accounts.",
    (),
)
