"""What can be wrong with a text line, by number; `access.problems` has the words."""

from __future__ import annotations

NO_LEAD, NO_CLF, NO_ISO, NO_EPOCH, NO_STATUS, NO_NUMBER, NO_END, NO_QUOTE = range(1, 9)
NO_CLIENT, NO_LIST, NO_NAME, NO_TAIL, NO_LAYOUT, EMPTY, TOO_LONG = range(9, 16)
