"""Origins: from where known crawlers come, as far as anybody could find out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY = 86_400  # seconds


@dataclass(frozen=True, slots=True)
class Origin:
    """What one crawler publishes, and what the names of those said that claimed to be it."""

    ranges: tuple[str, ...] = ()  # addresses and CIDRs, all of them
    fetched: int = 0  # when that was read, seconds since 1970 UTC
    confirmed: tuple[str, ...] = ()  # addresses whose name is the crawler's and leads back to them
    denied: tuple[str, ...] = ()  # addresses whose name is somebody else's, or leads elsewhere


def distant(origins: Mapping[str, Origin], at: int, fresh: int) -> int:
    """Count the days between a time (seconds) and the list read farthest from it; 0 if *fresh*."""
    far = max((abs(at - o.fetched) // DAY for o in origins.values() if o.fetched), default=0)
    return far if far > fresh else 0


def lowered(origins: Mapping[str, Origin]) -> dict[str, Origin]:
    """Key origins by tokens in small letters, as user agents are read."""
    return {token.lower(): origin for token, origin in origins.items()}
