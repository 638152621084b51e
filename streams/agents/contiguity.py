"""Contiguity: notice records that were passed over, so that they are fetched again.

Where partitions are dealt out anew while a fetch is under way, what comes may lie behind records
that nobody has seen. An agent would take it for all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from faust.types import TP

    from streams.agents.bulk import Bulk


class Contiguity:
    """Knows by partition which offset comes next."""

    def __init__(self) -> None:
        """Expect nothing yet."""
        self._next: dict[TP, int] = {}
        self._doubted: dict[TP, int] = {}  # offset at which records began that were not believed

    def sought(self, offsets: Mapping[TP, int]) -> None:
        """Know from which offsets partitions are read from now on."""
        self._next = dict(offsets)
        self._doubted.clear()

    def missing(self, tp: TP, bulk: Bulk) -> int | None:
        """Tell the offset from which to fetch again, None where nothing is missing.

        What begins at the same offset when it was fetched again is all there is: a broker leaves
        out what is too old, what was compacted, and the marks of transactions.
        """
        expected, first = self._next.get(tp), int(bulk.records[0].offset)
        if expected is not None and first > expected and self._doubted.get(tp) != first:
            self._doubted[tp] = first
            return expected
        self._doubted.pop(tp, None)
        self._next[tp] = max(expected or 0, int(bulk.records[-1].offset) + 1)
        return None
