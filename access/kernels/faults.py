"""What can be wrong with a text line, by number; `access.problems` has the words."""

from __future__ import annotations

NO_LEAD, NO_STATUS, NO_NUMBER, NO_END, NO_QUOTE, NO_CLIENT, NO_LIST, NO_NAME = range(1, 9)
NO_TAIL, NO_LAYOUT, EMPTY, TOO_LONG, COMMENT, PARTIAL, SHIFTED = range(9, 16)
NO_CLF, NO_ISO, NO_EPOCH, NO_UTC, NO_MS = range(16, 21)  # in the order of their shapes
