"""Finding: one row of the table that `make bench` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was measured, in words and units."""

    what: str
    measured: str
    ratio: str = ""  # to the replay of the same log, or of the shorter one
    wanted: str = ""  # what the project has promised itself
