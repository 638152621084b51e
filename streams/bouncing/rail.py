"""Rail: whom no firewall is made to refuse, whatever it is told; the last check before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.addresses import NEVER_ACTORS
from enforcement.cover import Span, joined, span

if TYPE_CHECKING:
    from collections.abc import Iterable

# Addresses in the widest entry that is taken: nothing Hedgerow decides is wider than /24 or /48,
# and a wider one is a slip of somebody's hand.
WIDEST = {4: 1 << (32 - 16), 6: 1 << (128 - 32)}


def too_wide(place: Span) -> bool:
    """Tell whether somebody's slip would refuse a part of the internet."""
    return place.last - place.first + 1 > WIDEST[place.version]


def untouchable(own: Iterable[str]) -> list[Span]:
    """List what is never refused: private space, and this host: of IPv6 its /64, as everywhere."""
    return joined(map(span, (*NEVER_ACTORS, *own)))
