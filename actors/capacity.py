"""Capacity: how much may be remembered, so that memory has a bound whatever comes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import ceil
from typing import Self

UNEVEN = 1.5  # times the even part that a shard may hold, for shards are never quite even; chosen
LEAST = 64  # of anything


@dataclass(frozen=True, slots=True)
class Capacity:
    """Most actors and things remembered at once; beyond it the idle and quiet are forgotten.

    Memory used at most: about 40 bytes an actor, 5 KiB a slot, 9 bytes a sight; only what is
    touched is taken from the machine.
    """

    addresses: int = 1 << 20  # 1 M addresses in 30 days: a large site's visitors
    networks: int = 1 << 18
    sessions: int = 1 << 18
    accounts: int = 1 << 17
    slots: int = 1 << 15  # addresses that take pictures
    group_slots: int = 1 << 13  # networks, sessions and accounts that take pictures, each
    sights: int = 1 << 22  # (address, picture) pairs, so that distinct counts are exact
    group_sights: int = 1 << 21  # the same for networks, sessions and accounts, each
    pair_sights: int = 1 << 21  # of quiet visitors for a day, three a picture: who met in what

    def part(self, shards: int) -> Self:
        """Give one of so many shards its part."""
        shares = (ceil(most * UNEVEN / shards) for most in asdict(self).values())
        return type(self)(*(max(share, LEAST) for share in shares)) if shards > 1 else self
