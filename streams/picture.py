"""Picture: how a live platform stands at one moment, as `hedgerow watch` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enforcement.standing import Entry


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody about whom something is in force."""

    entry: Entry
    left: float  # seconds; may be infinite
    because: str  # families of evidence, or who ordered it and why; "" where that is long ago


@dataclass(frozen=True, slots=True)
class Picture:
    """How things stand."""

    judged: int | None  # second of event time up to which the whole site is judged
    behind: float | None  # seconds from the end of a minute until all of it is judged
    force: Mapping[str, int]  # action, or pardon → entries
    decided: Mapping[str, int]  # action → decisions of the last minute
    rejects: int  # lines of the last minute that could not be read
    arriving: float  # messages that come to access-log, a second
    pictures: int  # gone before those who are blocked now were blocked
    owners: tuple[int, int]  # … of how many: at least, at most; two may have hit the same
    rows: Sequence[Row]  # the newest first
    firewalls: str = ""  # how those stand that acknowledge, if any do
