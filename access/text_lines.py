"""What can be wrong with a text line, in words."""

from __future__ import annotations

from access.kernels.read_piece import (
    EMPTY,
    NO_CLIENT,
    NO_END,
    NO_LEAD,
    NO_LIST,
    NO_NUMBER,
    NO_STATUS,
    NO_TAIL,
    NO_TIME,
)

PROBLEMS = {
    NO_LEAD: "separator: expected the next space, bracket or quote of the log format",
    NO_TIME: "time: expected day/Mon/year:h:m:s +zone",
    NO_STATUS: "status: expected three digits",
    NO_NUMBER: "size: expected digits",
    NO_END: "text: expected a closing quote or a space behind it",
    NO_CLIENT: "client: expected an address or a host name",
    NO_LIST: "forwarded: expected a list of addresses",
    NO_TAIL: "extra fields: expected a space and closed quotes",
    EMPTY: "empty line",
}
