"""What can be wrong with a text line, in words."""

from __future__ import annotations

from access.kernels.read_piece import (
    EMPTY,
    NO_CLIENT,
    NO_END,
    NO_LAYOUT,
    NO_LEAD,
    NO_LIST,
    NO_NUMBER,
    NO_QUOTE,
    NO_STATUS,
    NO_TAIL,
    NO_TIME,
)

PROBLEMS = {
    NO_LEAD: "separator: expected the next space, bracket or quote of the log format",
    NO_TIME: "time: expected day/Mon/year:h:m:s +zone",
    NO_STATUS: "status: expected three digits",
    NO_NUMBER: "size: expected digits",
    NO_END: "text: expected the separator behind it",
    NO_QUOTE: "text: expected its closing quote",
    NO_CLIENT: "client: expected an address or a host name",
    NO_LIST: "forwarded: expected a list of addresses",
    NO_TAIL: "extra fields: expected a space and closed quotes",
    NO_LAYOUT: "expected JSON, for no log format is known",
    EMPTY: "empty line",
}
