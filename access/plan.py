"""Plan: the layouts of a site as arrays of small numbers, for the kernel that reads by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.layouts import LEAD_MOST, Layout, Piece
from access.variables import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LEAD, MASK, WIDTH, SHAPE, SAYS, ENDS = range(6)  # columns of Plan.pieces
SPACE = Piece(b" ", Shape.NOTHING)  # what may follow a whole layout
OPEN = range(Shape.WORD, Shape.QUOTED)  # texts of which only what follows says where they end


class Plan(NamedTuple):
    """Chains of pieces; a layout that is the beginning of a longer one shares its chain.

    The first chain that fits is taken, whatever the line before was, so that a line means the same
    wherever the stream is cut. A tuple, as numba takes one.
    """

    chains: NDArray[np.int64]  # (chains, 2) first piece, and the one behind the last
    pieces: NDArray[np.int64]  # (pieces, 6) lead as a little-endian word, which bits of it count,
    #                            its bytes; Shape; Says or -1; where a layout ends behind it 1,
    #                            2 if nothing may follow. A lone SPACE stands behind every chain.

    @classmethod
    def of(cls, *groups: Sequence[Layout]) -> Plan:
        """Lay the pieces of all layouts end to end: group by group, in each the longest first."""
        bounds: list[tuple[int, int]] = []
        rows: list[tuple[int, ...]] = []
        for group in groups:
            for chain, ends in _chains(group):
                bounds.append((len(rows), len(rows) + len(chain)))
                rows.extend(_rows((*chain, SPACE), ends))
        return cls(
            np.array(bounds, np.int64).reshape(-1, 2), np.array(rows, np.int64).reshape(-1, 6)
        )


def _rows(chain: Sequence[Piece], ends: dict[int, int]) -> Iterator[tuple[int, ...]]:
    for i, piece in enumerate(chain, 1):
        lead = int.from_bytes(piece.lead.ljust(LEAD_MOST, b"\0"), "little", signed=True)
        mask = int.from_bytes((b"\xff" * len(piece.lead)).ljust(8, b"\0"), "little", signed=True)
        says = -1 if piece.says is None else int(piece.says)
        yield lead, mask, len(piece.lead), int(piece.shape), says, ends.get(i, 0)


def _chains(layouts: Sequence[Layout]) -> list[tuple[tuple[Piece, ...], dict[int, int]]]:
    """Join each layout to the first longer one that begins with it; the longest come first.

    With each chain goes how a layout ends behind so many of its pieces, as in `Plan.pieces`.
    """
    chains: list[tuple[tuple[Piece, ...], dict[int, int]]] = []
    for layout in sorted(layouts, key=lambda layout: len(layout.pieces), reverse=True):
        pieces = layout.pieces
        for chain, ends in chains:
            if chain[: len(pieces)] == pieces and pieces[-1].shape not in OPEN:
                ends.setdefault(len(pieces), 1 + layout.exact)
                break
        else:
            chains.append((pieces, {len(pieces): 1 + layout.exact}))
    return chains
