"""Feed: one format in which firewalls, proxies and programs are told what is in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds.wish import ALL

if TYPE_CHECKING:
    from collections.abc import Callable

    from enforcement.standing import Standing

TEXT = "text/plain; charset=utf-8"
JSON = "application/json"
BOTH = ("action", "most")  # what a feed takes that always tells of IPv4 and IPv6 together


@dataclass(frozen=True, slots=True)
class Feed:
    """A format by name; the same standing gives the same bytes."""

    name: str  # also its file's, and the path under which it is served
    media: str  # MIME type
    render: Callable[[Standing], bytes]
    about: str  # one sentence for whoever has to choose
    takes: tuple[str, ...] = ALL  # parameters that narrow it, see feeds/wish.py
