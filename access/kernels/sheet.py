"""Where the values of a text line are collected while it is read: the places of a sheet (int64).

First the start and stop of each Field, as in Batch.spans, and of the query; then which of them are
still to be decoded, a bit each, %XX in the lower half and #XX in the upper; time, status, method,
size, protocol; a time that was read before, and its answer; last the start and stop of each Header,
and which of them the line tells, a bit each.
"""

from __future__ import annotations

from access.event import HEADERS
from access.variables import Part

QUERY = 2 * int(Part.QUERY)
CODED, AT, STATUS, METHOD, SIZE, PROTOCOL, MEMORY = range(QUERY + 2, QUERY + 9)
HALF = 32  # bits of either half of CODED
SENT = MEMORY + 5
TOLD = SENT + 2 * HEADERS
PLACES = TOLD + 1
