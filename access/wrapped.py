"""Lines that come behind a header of a container engine or of syslog, see `kernels.headers`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.found import Found
from access.kernels.faults import PARTIAL
from access.kernels.scan_text import scan_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.plan import Plan


def keep_whole(  # noqa: PLR0913, PLR0917 - the scanner hands over all it has
    buffer: NDArray[np.uint8],
    words: NDArray[np.uint64],
    starts: NDArray[np.int64],
    heads: NDArray[np.int64],
    stops: NDArray[np.int64],
    opens: NDArray[np.uint8],
    own: tuple[Plan, NDArray[np.int64]],
    arena: int,
) -> None:
    """Take no header off lines that the site's *own* layouts read as they stand.

    Otherwise a visitor could write a header, and a line behind it, into what the site logs. *own*
    is a plan, and memory for a line's values; *heads* and *opens* are corrected in place.
    """
    rows = np.flatnonzero(heads != starts)
    found, begins = Found.of(len(rows)), starts[rows]
    scan_text(buffer, words, begins, stops[rows], buffer[begins], *own, found, arena)
    whole = rows[found.problem == 0]
    heads[whole], opens[whole] = starts[whole], buffer[starts[whole]]


def settle(
    found: Found,
    starts: NDArray[np.int64],
    heads: NDArray[np.int64],
    stops: NDArray[np.int64],
) -> None:
    """Let lines begin where they came, not behind their headers; refuse the pieces of lines.

    *heads* says where each line was read from, for a piece a place behind its stop; those are
    corrected in place.
    """
    found.spans[:, 0] = starts
    pieces = np.flatnonzero(heads > stops)
    heads[pieces] = starts[pieces]
    found.problem[pieces], found.where[pieces] = PARTIAL, 0
