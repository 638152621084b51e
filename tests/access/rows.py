"""Lay made-up targets out as the columns a parser would hand to a site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.batch import PAD
from access.event import FIELDS, Field
from access.kernels.hashing import words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.site import Site


@dataclass(frozen=True, slots=True)
class Named:
    """What a site made of some targets."""

    kind: NDArray[np.uint8]
    rendition: NDArray[np.uint8]
    picture: NDArray[np.uint64]
    owner: NDArray[np.uint64]
    album: NDArray[np.uint64]
    serial: NDArray[np.int64]
    series: NDArray[np.uint64]


def laid_out(
    targets: Sequence[bytes], hosts: Sequence[bytes] = ()
) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
    """Write targets (and hosts) into one padded buffer; return it and the spans."""
    texts = [*targets, *hosts]
    ends = np.cumsum([0, *map(len, texts)])
    spans = np.zeros((len(targets), 2 * FIELDS), np.int32)
    for field, first in ((Field.TARGET, 0), (Field.HOST, len(targets))):
        if first < len(texts):
            spans[:, 2 * field] = ends[first : first + len(targets)]
            spans[:, 2 * field + 1] = ends[first + 1 : first + len(targets) + 1]
    return np.frombuffer(b"".join(texts) + bytes(PAD), np.uint8).copy(), spans


def named(site: Site, targets: Sequence[bytes], hosts: Sequence[bytes] = ()) -> Named:
    """Let a site name targets that nobody has named yet."""
    buffer, spans = laid_out(targets, hosts)
    n = len(targets)
    numbers = [np.zeros(n, np.uint64) for _ in range(4)]
    out = Named(
        np.full(n, 255, np.uint8),
        np.zeros(n, np.uint8),
        numbers[0],
        numbers[1],
        numbers[2],
        np.full(n, -1, np.int64),
        numbers[3],
    )
    site.name_rows(
        buffer,
        words_of(buffer),
        spans,
        out.kind,
        out.rendition,
        out.picture,
        out.owner,
        out.album,
        out.serial,
        out.series,
    )
    return out
