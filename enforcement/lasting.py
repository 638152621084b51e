"""Lasting: blocks that overlap, as disjoint pieces of which each has one end."""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, TypeAlias

from enforcement.cover import Span, cidrs, without

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Lease: TypeAlias = tuple[Span, float]  # a span, and when it ends: seconds, infinite for never


def lasting(leases: Iterable[Lease], holes: Sequence[Span]) -> Iterator[tuple[str, float]]:
    """Write CIDRs that do not overlap; each ends when the last of what covered it ends.

    *holes*, which are joined, are left out.
    """
    for piece, end in _merged(_pieces(leases)):
        for left in without([piece], holes):
            for cidr in cidrs([left]):
                yield cidr, end


def _pieces(leases: Iterable[Lease]) -> Iterator[Lease]:
    """Sweep from the first address to the last; of what covers a place, the latest end counts."""
    covering: list[tuple[float, int]] = []  # a heap: (-end, last address)
    version, at = 0, 0
    for span, end in sorted(leases):
        limit = span.first if span.version == version else 1 << 128
        yield from _until(limit, version, at, covering)
        if span.version != version:
            covering.clear()
        version, at = span.version, span.first
        heappush(covering, (-end, span.last))
    yield from _until(1 << 128, version, at, covering)


def _until(limit: int, version: int, start: int, covering: list[tuple[float, int]]) -> list[Lease]:
    """Give the pieces from *start* to before *limit*, and forget what ends on the way."""
    pieces: list[Lease] = []
    at = start
    while covering and at < limit:
        end, last = covering[0]
        if last < at:
            heappop(covering)
            continue
        stop = min(last, limit - 1)
        pieces.append((Span(version, at, stop), -end))
        at = stop + 1
    return pieces


def _merged(pieces: Iterable[Lease]) -> Iterator[Lease]:
    """Join neighbours that end together."""
    former: Lease | None = None
    for span, end in pieces:
        if former and former[1] == end and _follows(former[0], span):
            former = (former[0]._replace(last=span.last), end)
            continue
        if former:
            yield former
        former = (span, end)
    if former:
        yield former


def _follows(before: Span, after: Span) -> bool:
    return before.version == after.version and before.last + 1 == after.first
