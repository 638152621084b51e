"""Systems: the autonomous system of an address, by a file in MaxMind's format (.mmdb).

Those of MaxMind, DB-IP and IPinfo are read, and whatever names its fields as one of them does. Each
of its records is read once, when it is first met; a file holds far fewer of them than addresses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from maxminddb.decoder import Decoder
from maxminddb.errors import InvalidDatabaseError

from access.kernels.systems import leaves_of
from access.site.extents import BITS, levels, written
from access.site.trees import tree_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

METADATA = b"\xab\xcd\xefMaxMind.com"
GAP = 16  # bytes between the tree and the records
SAMPLE = 1_000  # records looked at to see whether a file tells hosters at all
NUMBERS = ("autonomous_system_number", "asn", "as_number")
CLASSES = ("is_hosting_provider", "hosting", "user_type", "as_type", "type", "usage_type")
HOSTING = (True, "true", "hosting", "DCH")  # what such a field says of a hoster


@dataclass(slots=True, eq=False)
class Systems:
    """Answers which system addresses belong to, and which of them rent out machines."""

    tree: NDArray[np.uint32]  # (nodes, 2)
    roots: tuple[int, int]  # nodes at which IPv4 and IPv6 addresses begin
    records: Decoder | None
    hosters: NDArray[np.uint32]  # systems that the operator knows to rent out machines
    # The records met so far: where they stand, sorted, and what they say.
    _leaf: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(1, np.uint32))
    _asn: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(1, np.uint32))
    _hosts: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, np.bool_))

    @classmethod
    def of(cls, data: bytes, hosters: Iterable[int] = ()) -> Self:
        """Take the bytes of a file; ValueError where they are none of that format."""
        known = np.array(sorted(hosters), np.uint32)
        at = data.rfind(METADATA) + len(METADATA)
        if at < len(METADATA):
            msg = f"not in MaxMind's format: no metadata in {len(data):,} bytes"
            raise ValueError(msg)
        try:
            told: Any = Decoder(data[at:]).decode(0)[0]
            tree, roots = tree_of(data, told["node_count"], told["record_size"], told["ip_version"])
        except (InvalidDatabaseError, LookupError, TypeError) as error:
            msg = f"not in MaxMind's format: {error}"
            raise ValueError(msg) from None
        start = told["node_count"] * told["record_size"] // 4 + GAP
        return cls(tree, roots, Decoder(data[start:at], 0), known)

    @classmethod
    def nowhere(cls) -> Self:
        """Make the look-up that knows no address."""
        return cls(np.zeros((0, 2), np.uint32), (0, 0), None, np.zeros(0, np.uint32))

    def asn_of(self, addresses: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """Give the number of the system of each address key, 0 where none is known."""
        rows = self._records(addresses)  # which may learn, so it comes first
        return self._asn[rows]

    def hosted(self, addresses: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Tell which address keys belong to whoever rents out machines."""
        rows = self._records(addresses)
        return self._hosts[rows]

    def networks(self, asn: int) -> list[str]:
        """List the networks of a system as the file has them, IPv4 first; of IPv6 up to a /64.

        It reads all records of the file once: some seconds for one of the whole internet.
        """
        found: list[str] = []
        for version in BITS:
            for leaf, first, width in levels(self.tree, self.roots, version):
                rows = self._rows(leaf)
                its = np.flatnonzero(self._asn[rows] == asn)
                found += [written(version, each, width) for each in first[its].tolist()]
        return found

    @property
    def tells_hosters(self) -> bool:
        """Tell whether it can know of any hoster: from a list, or from its first records."""
        if len(self.hosters) or self.records is None:
            return len(self.hosters) > 0 and self.records is not None
        leaves = np.unique(self.tree[self.tree > len(self.tree)])[:SAMPLE] - len(self.tree)
        return any(set(CLASSES) & set(self._read(leaf)) for leaf in leaves.tolist())

    def _records(self, addresses: NDArray[np.uint64]) -> NDArray[np.intp]:
        """Find what is known of each address, after reading the records that are new."""
        leaves = np.zeros(len(addresses), np.uint32)
        leaves_of(self.tree, *self.roots, addresses, leaves)
        return self._rows(leaves)

    def _rows(self, leaves: NDArray[np.uint32]) -> NDArray[np.intp]:
        fresh = np.setdiff1d(leaves, self._leaf)
        if len(fresh):
            self._learn(fresh)
        return np.searchsorted(self._leaf, leaves)

    def _learn(self, fresh: NDArray[np.uint32]) -> None:
        said = [self._read(leaf) for leaf in fresh.tolist()]
        asn = np.array([_number(record) for record in said], np.uint32)
        hosts = np.array([_rents_out(record) for record in said]) | np.isin(asn, self.hosters)
        leaf = np.append(self._leaf, fresh)
        order = np.argsort(leaf)
        self._leaf = leaf[order]
        self._asn = np.append(self._asn, asn)[order]
        self._hosts = np.append(self._hosts, hosts)[order]

    def _read(self, leaf: int) -> dict[str, Any]:
        """Read one record as a flat table; what is no table says nothing."""
        record: Any = self.records.decode(leaf - GAP)[0] if self.records else {}
        if not isinstance(record, dict):
            return {}
        inner = [value for value in record.values() if isinstance(value, dict)]
        return {key: value for table in (*inner, record) for key, value in table.items()}


def _number(record: dict[str, Any]) -> int:
    """Read a system's number, 64500 or `AS64500`."""
    for name in NUMBERS:
        text = str(record.get(name, "")).upper().removeprefix("AS")
        if text.isascii() and text.isdigit():
            return int(text)
    return 0


def _rents_out(record: dict[str, Any]) -> bool:
    return any(record.get(name) in HOSTING for name in CLASSES)
