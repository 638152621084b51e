"""What each kind of request adds to the statistics: a table, so that the fold needs no policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.event import Kind, Outcome, Referrer, Rendition
from actors.features import Statistic
from actors.kernels.shapes import STATISTICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.batch import Batch

CODES = len(Kind) * len(Outcome) * len(Rendition) * len(Referrer)
SEEN = CODES  # the code of a request that is only counted as such
SMALL = (Rendition.THUMBNAIL, Rendition.POSTER, Rendition.FRAME)
DELIVERED = {
    Kind.PAGE: Statistic.PAGES,
    Kind.API: Statistic.CALLS,
    Kind.ASSET: Statistic.ASSETS,
    Kind.PICTURE: Statistic.TAKEN,
}
WITHHELD = {Outcome.MISSING: Statistic.MISSING, Outcome.REFUSED: Statistic.REFUSED}
SHAPES = {Referrer.NONE: Statistic.UNREFERRED, Referrer.ROOT: Statistic.ROOTED}


def _marks(
    kind: Kind, outcome: Outcome, rendition: Rendition, referrer: Referrer
) -> set[Statistic]:
    """List what one kind of request adds one to."""
    marks = {Statistic.REQUESTS}
    if outcome is Outcome.DELIVERED and kind in DELIVERED:
        marks.add(DELIVERED[kind])
    if kind is Kind.TRAP:
        marks.add(Statistic.TRAPS)
    if kind is not Kind.PICTURE:
        return marks
    marks.add(Statistic.ASKED)
    if outcome in WITHHELD:
        marks.add(WITHHELD[outcome])
    if outcome is Outcome.DELIVERED and rendition is Rendition.ORIGINAL:
        marks.add(Statistic.ORIGINALS)
    if outcome is Outcome.DELIVERED and rendition in SMALL:
        marks.add(Statistic.THUMBNAILS)
    if referrer in SHAPES:
        marks.add(SHAPES[referrer])
    return marks


def _table() -> NDArray[np.uint32]:
    table = np.zeros((CODES + 1, STATISTICS), np.uint32)
    combinations = (
        (kind, outcome, rendition, referrer)
        for kind in Kind
        for outcome in Outcome
        for rendition in Rendition
        for referrer in Referrer
    )
    for code, combination in enumerate(combinations):
        table[code, sorted(_marks(*combination))] = 1
    table[SEEN, Statistic.REQUESTS] = 1
    return table


MARKS = _table()  # uint32 (CODES + 1, STATISTICS)


def codes(batch: Batch) -> NDArray[np.int32]:
    """Say which row of MARKS each request is: (rows,). One's own pictures count for nothing."""
    code = batch.kind.astype(np.int32)
    code = code * len(Outcome) + batch.outcome
    code = code * len(Rendition) + batch.rendition
    code = code * len(Referrer) + batch.referrer
    return np.where(batch.own, np.int32(SEEN), code)
