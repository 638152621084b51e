"""Nginx names: lines to include in a `map` block, whose variable then says what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import lines
from feeds.named import named, named_head

if TYPE_CHECKING:
    from enforcement.standing import Standing


def nginx_names(standing: Standing) -> bytes:
    """Write `"session:…" action;` a line; nginx compares them whatever their case."""
    return lines(named_head(standing), (f'"{key}" {word};' for key, word in named(standing)))


NGINX_NAMES = Feed(
    "names.conf",
    TEXT,
    nginx_names,
    'For nginx, to include in map "session:$cookie_…" $answer: sessions and accounts.',
    (),
)
