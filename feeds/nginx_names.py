"""Nginx names: lines to include in a `map` block, whose variable then says what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import lines
from feeds.named import named, named_head, plain

if TYPE_CHECKING:
    from enforcement.standing import Standing


def nginx_names(standing: Standing) -> bytes:
    """Write `"session:…" action;` a line.

    To nginx two names that differ in case only are one, which it refuses to read twice: it is told
    the stronger answer.
    """
    told = plain(entries := named(standing))
    strongest = {e.key.lower(): e.word for e in sorted(told, key=lambda e: (e.action or 0, e.key))}
    body = (f'"{key}" {word};' for key, word in sorted(strongest.items()))
    return lines(named_head(len(strongest), len(entries) - len(told)), body)


NGINX_NAMES = Feed(
    "names.conf",
    TEXT,
    nginx_names,
    'For nginx, to include in map "session:$cookie_…" $answer: sessions and accounts.',
    (),
)
