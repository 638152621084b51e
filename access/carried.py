"""Carried lines: read what shippers send as a text inside JSON, `{"message": "<the log line>"}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from access.found import Found
from access.json_lines import scan_json
from access.kernels.headers import unwrap
from access.kernels.json_carried import COLUMNS, OPEN, ROW, START, STOP, places
from access.kernels.scan_text import scan_text
from access.wrapped import keep_whole, settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.plan import Plan

BRACE = ord("{")
UNKNOWN = -1  # milliseconds; the time of a line that says none
NONE = np.empty((0, COLUMNS), np.int64)


def scan_objects(  # noqa: PLR0913, PLR0917 - the scanner hands over all it has
    buffer: NDArray[np.uint8],
    words: NDArray[np.uint64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    rows: NDArray[np.int64],
    text: tuple[Plan, NDArray[np.int64]],
    own: Plan,
    found: Found,
    arena: int,
) -> int:
    """Read JSON lines as `scan_json` does, and those that are no requests by what they carry.

    A carried line is text or JSON, read by the layouts of *text* (a plan, and memory for a line's
    values) or by its keys, and carries nothing itself. A header in front of it is stepped over,
    unless the site's *own* layouts read it. Its carrier's time counts where it has none. A carrier
    is a reject if neither can be read, for the reason of the carried line unless it names a client
    and a target itself. *arena* needs twice the room of `scan_json`.
    """
    found.at[rows] = UNKNOWN
    noted = np.empty((len(rows), COLUMNS), np.int64)
    lines = (starts, stops)
    arena, count = scan_json(buffer, words, *lines, rows, found, arena, noted)
    if count == 0:
        return arena
    noted = noted[:count]
    inner, arena = _read(buffer, words, noted, text, own, found.at[noted[:, ROW]], arena)
    _believe(buffer, stops, noted, inner, found)
    return arena


def _read(  # noqa: PLR0913, PLR0917 - as above
    buffer: NDArray[np.uint8],
    words: NDArray[np.uint64],
    noted: NDArray[np.int64],
    text: tuple[Plan, NDArray[np.int64]],
    own: Plan,
    at: NDArray[np.int64],
    arena: int,
) -> tuple[Found, int]:
    """Read the carried lines, each ended by a newline, as if they were lines of a log."""
    found, starts, stops = Found.of(len(noted)), noted[:, START].copy(), noted[:, STOP].copy()
    opens = buffer[starts]
    heads, wrapped = unwrap(buffer, words, starts, stops, opens)
    if wrapped and len(own.chains):
        keep_whole(buffer, words, starts, heads, stops, opens, (own, text[1]), arena)
    found.at[:], lines = at, (heads, stops)
    arena = scan_text(buffer, words, *lines, opens, *text, found, arena)
    objects = np.flatnonzero(opens == BRACE)
    if len(objects):
        arena, _ = scan_json(buffer, words, *lines, objects, found, arena, NONE)
    if wrapped:
        settle(found, starts, heads, stops)
        found.where[:] = found.where + heads - starts
    return found, arena


def _believe(
    buffer: NDArray[np.uint8],
    stops: NDArray[np.int64],
    noted: NDArray[np.int64],
    inner: Found,
    found: Found,
) -> None:
    """Let what was carried count for its carrier, which stays the line that came."""
    rows = noted[:, ROW]
    fine = inner.problem == 0
    found.spans[rows[fine], 2:] = inner.spans[fine, 2:]
    theirs: tuple[NDArray[Any], ...] = inner[1:]
    columns: tuple[NDArray[Any], ...] = found[1:]
    for column, said in zip(columns, theirs, strict=True):
        column[rows[fine]] = said[fine]
    worse = np.flatnonzero(~fine & (found.problem[rows] == OPEN))
    where = inner.where[worse].astype(np.int64)
    rows = rows[worse]
    places(buffer, noted[worse], stops[rows], where)
    found.problem[rows] = inner.problem[worse]
    found.where[rows] = where - found.spans[rows, 0]
