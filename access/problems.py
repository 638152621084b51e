"""What can be wrong with a line, in words."""

from __future__ import annotations

from access import json_lines
from access.kernels.faults import (
    COMMENT,
    EMPTY,
    NO_CLF,
    NO_CLIENT,
    NO_END,
    NO_EPOCH,
    NO_ISO,
    NO_LAYOUT,
    NO_LEAD,
    NO_LIST,
    NO_MS,
    NO_NAME,
    NO_NUMBER,
    NO_QUOTE,
    NO_STATUS,
    NO_TAIL,
    NO_UTC,
    PARTIAL,
    SHIFTED,
    TOO_LONG,
)

SAW = 40  # bytes of a reject that its reason quotes
WHOLE = {
    EMPTY: "empty line",
    TOO_LONG: "longer than 8 MiB",
    COMMENT: "comment: a remark of the log itself, no request",
    PARTIAL: "partial: the container engine cut this line (P); join the parts before shipping",
}
PROBLEMS = json_lines.PROBLEMS | {
    NO_LEAD: "separator: expected the next space, bracket or quote of the log format",
    NO_CLF: "time: expected day/Mon/year:h:m:s +zone",
    NO_ISO: "time: expected ISO 8601 with its zone",
    NO_EPOCH: "time: expected seconds since 1970",
    NO_UTC: "time: expected year-month-day, a tab, h:m:s",
    NO_MS: "time: expected day/Mon/year:h:m:s.milliseconds",
    NO_STATUS: "status: expected three digits",
    NO_NUMBER: "size: expected digits",
    NO_END: "text: expected the separator behind it",
    NO_QUOTE: "text: expected its closing quote",
    NO_CLIENT: "client: expected an address or a host name",
    NO_LIST: "forwarded: expected a list of addresses",
    NO_NAME: "two addresses: say in site.toml, formats, which is the client's",
    NO_TAIL: "extra fields: expected a space and closed quotes",
    SHIFTED: "more fields than the format has: a client may have written quotes into one",
    NO_LAYOUT: "expected JSON, for no log format is known",
}


def reason(problem: int, where: int, line: bytes) -> str:
    """Say what was expected in *line*, what was seen instead, and at which byte."""
    if problem in WHOLE:
        return WHOLE[problem]
    saw = repr(line[where : where + SAW])[1:]
    return f"{PROBLEMS[problem]}, saw {saw} at byte {where}"
