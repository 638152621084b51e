"""Ends: names that each end at some time; what has ended is found without looking at the rest."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Ends:
    """When each of many names ends, in seconds since 1970 UTC."""

    __slots__ = ("_order", "until")

    def __init__(self, until: Mapping[str, int] | None = None) -> None:
        """Know of names and their ends."""
        self.until = dict(until or {})
        # A heap: what was put off stands in it with its former end, too, until then.
        self._order = [(end, name) for name, end in self.until.items()]
        heapify(self._order)

    def __len__(self) -> int:
        """Count the names held."""
        return len(self.until)

    def __contains__(self, name: str) -> bool:
        """Tell whether a name is held."""
        return name in self.until

    def add(self, name: str, end: int) -> None:
        """Hold a name until its end, or until a later one that was known before."""
        if end > self.until.get(name, end - 1):
            self.until[name] = end
            heappush(self._order, (end, name))

    def expire(self, now: int) -> None:
        """Let go of what has ended."""
        while self._order and self._order[0][0] <= now:
            end, name = heappop(self._order)
            if self.until.get(name) == end:
                del self.until[name]
