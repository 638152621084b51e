"""Plan: the layouts of a site as arrays of small numbers, for the kernel that reads by them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from access.layouts import LEAD_MOST, Layout, Piece, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LEAD, MASK, WIDTH, SHAPE, FIELD, ENDS = range(6)  # columns of Plan.pieces
SPACE = Piece(b" ", Shape.NOTHING)  # what may follow a whole layout


class Plan(NamedTuple):
    """Chains of pieces; a layout that is the beginning of a longer one shares its chain.

    The longest chain is tried first and the first that fits is taken, whatever the line before
    was, so that a line means the same wherever the stream is cut. A tuple, as numba takes one.
    """

    chains: NDArray[np.int64]  # (chains, 2) first piece, and the one behind the last
    pieces: NDArray[np.int64]  # (pieces, 6) lead as a little-endian word, which bits of it count,
    #                            its bytes; Shape; Field or -1; 1 where a layout ends behind it.
    #                            A lone SPACE stands behind every chain.

    @classmethod
    def of(cls, layouts: Sequence[Layout]) -> Plan:
        """Lay the pieces of all *layouts* end to end."""
        bounds: list[tuple[int, int]] = []
        rows: list[tuple[int, ...]] = []
        for chain, ends in _chains([layout.pieces for layout in layouts]):
            bounds.append((len(rows), len(rows) + len(chain)))
            rows.extend(_rows((*chain, SPACE), ends))
        return cls(
            np.array(bounds, np.int64).reshape(-1, 2), np.array(rows, np.int64).reshape(-1, 6)
        )


def _rows(chain: Sequence[Piece], ends: set[int]) -> Iterator[tuple[int, ...]]:
    for i, piece in enumerate(chain, 1):
        lead = int.from_bytes(piece.lead.ljust(LEAD_MOST, b"\0"), "little", signed=True)
        mask = int.from_bytes((b"\xff" * len(piece.lead)).ljust(8, b"\0"), "little", signed=True)
        field = -1 if piece.field is None else int(piece.field)
        yield lead, mask, len(piece.lead), int(piece.shape), field, int(i in ends)


def _chains(layouts: list[tuple[Piece, ...]]) -> list[tuple[tuple[Piece, ...], set[int]]]:
    """Join each layout to the first longer one that begins with it; the longest come first."""
    chains: list[tuple[tuple[Piece, ...], set[int]]] = []
    for pieces in sorted(layouts, key=len, reverse=True):
        open_ended = pieces[-1].shape in (Shape.WORD, Shape.WORDS)
        for chain, ends in chains:
            if chain[: len(pieces)] == pieces and not open_ended:
                ends.add(len(pieces))
                break
        else:
            chains.append((pieces, {len(pieces)}))
    return chains
