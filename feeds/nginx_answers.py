"""Nginx answers: lines to include in a `geo` block, whose variable then says what is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds.feed import TEXT, Feed
from feeds.lines import head, lines

if TYPE_CHECKING:
    from enforcement.standing import Standing


def nginx_answers(standing: Standing) -> bytes:
    """Write `CIDR action;` a line, the milder actions included."""
    return lines(
        head(standing), (f"{cidr} {action.name.lower()};" for cidr, action in standing.rungs)
    )


NGINX_ANSWERS = Feed(
    "answers.geo",
    TEXT,
    nginx_answers,
    'For nginx, to include in geo $answer { default ""; … }: block, challenge, throttle, degrade.',
)
