"""Lookup: what is in force for one visitor, found in microseconds and changed entry by entry.

It answers as the disjoint pieces of `Standing` do, without working those out: a pardon around an
address opens it, and of what is left around it the hardest action holds.
"""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, TypeAlias

from access.addresses import as_network
from enforcement.cover import holds, span
from enforcement.decision import Action
from enforcement.rungs import NOBODY
from enforcement.targets import ADDRESSED, aimed, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.frame import Scope
    from enforcement.standing import Entry

    Place: TypeAlias = tuple[int, int]  # version, and the first bits of an address as a number

REMEMBERED = 1 << 14  # addresses that were read; those of whoever asks again and again
BITS = {4: 32, 6: 64}  # of an address that tell visitors apart


class Lookup:
    """Entries by how many bits their networks fix, then by those bits; and by name."""

    def __init__(self) -> None:
        """Know of nothing."""
        self._placed: dict[int, dict[int, dict[int, Entry]]] = {4: {}, 6: {}}
        self._named: dict[str, Entry] = {}
        self._where: dict[str, tuple[int, int, int]] = {}  # key → version, width, bits

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._where) + len(self._named)

    def hear(self, news: Iterable[tuple[str, Entry | None]]) -> None:
        """Take what has changed: a key, and what holds from now on, if anything."""
        for key, entry in news:
            scope, target = aimed(key)
            if scope not in ADDRESSED:
                self._name(key, entry)
            else:
                self._place(key, target, entry)

    def around(self, address: str) -> Entry | None:
        """Find what is done about an address; ValueError where it is none."""
        place = place_of(address)
        if place is None:
            return None
        version, bits = place
        found: Entry | None = None
        for width, held in self._placed[version].items():
            entry = held.get(bits >> (BITS[version] - width))
            if entry is None:
                continue
            if entry.action is None:
                return None
            found = harder(found, entry)
        return found

    def called(self, scope: Scope, name: str) -> Entry | None:
        """Find what is done about a session or an account."""
        entry = self._named.get(key_of(scope, name))
        return entry if entry and entry.action is not None else None

    def _name(self, key: str, entry: Entry | None) -> None:
        if entry is None:
            self._named.pop(key, None)
        else:
            self._named[key] = entry

    def _place(self, key: str, target: str, entry: Entry | None) -> None:
        if entry is None:
            self._forget(key)
            return
        network = as_network(target)
        width = network.prefixlen
        bits = int(network.network_address) >> (network.max_prefixlen - width)
        self._placed[network.version].setdefault(width, {})[bits] = entry
        self._where[key] = network.version, width, bits

    def _forget(self, key: str) -> None:
        if key not in self._where:
            return
        version, width, bits = self._where.pop(key)
        held = self._placed[version][width]
        del held[bits]
        if not held:
            del self._placed[version][width]


@lru_cache(REMEMBERED)
def place_of(address: str) -> Place | None:
    """Read an address (of IPv6 its /64); None where nobody comes from; ValueError shows it."""
    network = as_network(address)
    if network.num_addresses > 1 and "/" in address:
        msg = f"expected one address, saw {address!r}"
        raise ValueError(msg)
    if holds(NOBODY, span(address)):
        return None
    first = int(network.network_address)
    return (4, first) if isinstance(network, IPv4Network) else (6, first >> 64)


def harder(one: Entry | None, other: Entry | None) -> Entry | None:
    """Give the entry whose action is harder; of equal ones the first."""
    if one is None or other is None:
        return one or other
    return other if (other.action or Action.OBSERVE) > (one.action or Action.OBSERVE) else one
