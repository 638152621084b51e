"""JSON lines: read access logs of any shipper whose keys stand in `access.aliases`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from access.aliases import ALIASES, Meaning
from access.kernels import json_text, json_value, settle_json, walk_json
from access.kernels.scan_json import scan
from access.key_table import key_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from access.found import Found


@cache
def _table() -> NDArray[np.uint64]:
    """Compile the aliases once, when the first line comes: an import should cost nothing."""
    return key_table(ALIASES)


def _none_of(*meanings: Meaning) -> str:
    return "none of " + ", ".join(name for meaning in meanings for name in ALIASES[meaning])


PROBLEMS: dict[int, str] = {
    walk_json.NO_OBJECT: 'JSON: expected "{"',
    walk_json.NO_KEY: "JSON: expected a key in quotes",
    walk_json.NO_COLON: 'JSON: expected ":" behind a key',
    json_value.NO_VALUE: "JSON: expected a value",
    walk_json.NO_COMMA: 'JSON: expected "," or the closing bracket',
    json_text.NO_TEXT_END: "JSON: a text does not end",
    json_text.CONTROL: "JSON: a control byte inside a text",
    json_text.BAD_ESCAPE: "JSON: no such escape",
    json_value.BAD_NUMBER: "JSON: expected a digit",
    walk_json.TOO_DEEP: f"JSON: more than {walk_json.DEEPEST} brackets inside each other",
    walk_json.BEHIND: "JSON: something follows the object",
    walk_json.CUT: "JSON: the line ends inside the object",
    settle_json.NO_TIME: f"no time: {_none_of(Meaning.TIME)}",
    settle_json.BAD_TIME: "time: expected ISO 8601, day/Mon/year:h:m:s +zone or a count since 1970",
    settle_json.TIME_WITHOUT_ZONE: "time: it has no zone, so it could be any of 24 hours",
    settle_json.NO_TARGET: f"no target: {_none_of(Meaning.TARGET, Meaning.REQUEST, Meaning.PATH)}",
    settle_json.NO_CLIENT: f"no client: {_none_of(Meaning.CLIENT)}",
    settle_json.BAD_STATUS: "status: expected a number from 0 to 999",
}


def scan_json(  # noqa: PLR0913, PLR0917 - the scanner hands over all it has
    buffer: NDArray[np.uint8],
    words: NDArray[np.uint64],
    starts: NDArray[np.int64],
    stops: NDArray[np.int64],
    rows: NDArray[np.int64],
    found: Found,
    arena: int,
    carried: NDArray[np.int64],
) -> tuple[int, int]:
    """Read the JSON objects in `buffer[starts[i]:stops[i]]`, i in *rows*, into rows of *found*.

    `words` is `words_of(buffer)`. Values with escapes are written out from *arena* on, which needs
    as many free bytes as the lines have together, and PAD zero bytes behind. `found.at` holds the
    time of lines that say none, negative where it is not known. Lines that come as a text inside
    these are noted in *carried*, (lines, COLUMNS) of `access.kernels.json_carried`, as long as it
    has room. Returns the first byte still free, and how many were noted. Every row ends complete
    or with a code of PROBLEMS in `found.problem`, or OPEN where all depends on what it carries.
    """
    columns = (
        *(found.spans, found.at, found.status, found.method),
        *(found.size, found.protocol, found.said, found.handshake, found.problem, found.where),
    )
    free, count = scan(buffer, words, _table(), starts, stops, rows, columns, carried, arena)
    return int(free), int(count)
