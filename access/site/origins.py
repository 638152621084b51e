"""Origins: from where known crawlers come, as far as anybody could find out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Origin:
    """What one crawler publishes, and what the names of those said that claimed to be it."""

    ranges: tuple[str, ...] = ()  # addresses and CIDRs, all of them
    fetched: int = 0  # when that was read, seconds since 1970 UTC
    confirmed: tuple[str, ...] = ()  # addresses whose name is the crawler's and leads back to them
    denied: tuple[str, ...] = ()  # addresses whose name is somebody else's, or leads elsewhere


def lowered(origins: Mapping[str, Origin]) -> dict[str, Origin]:
    """Key origins by tokens in small letters, as user agents are read."""
    return {token.lower(): origin for token, origin in origins.items()}
