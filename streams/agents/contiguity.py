"""Contiguity: notice records that were passed over, so that they are fetched again.

Where partitions are dealt out anew while a fetch is under way, what comes may lie behind records
that nobody has seen. An agent would take it for all there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faust.types import TP

    from streams.agents.bulk import Bulk


class Contiguity:
    """Compares what comes of a partition with what its agent has to have next."""

    def __init__(self) -> None:
        """Doubt nothing yet."""
        self._doubted: dict[TP, int] = {}  # offset at which records began that were not believed

    def broken(self, tp: TP, bulk: Bulk, expected: int) -> bool:
        """Tell whether records from *expected* on are missing, and have to be fetched again.

        What begins at the same offset when it was fetched again is all there is: a broker leaves
        out what is too old, what was compacted, and the marks of transactions.
        """
        first = int(bulk.records[0].offset)
        if first > expected and self._doubted.get(tp) != first:
            self._doubted[tp] = first
            return True
        self._doubted.pop(tp, None)
        return False
