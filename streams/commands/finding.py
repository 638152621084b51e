"""Finding: what `hedgerow doctor` found, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, and what to do about it: empty where all is well."""

    seen: str
    mend: str = ""
    needed: bool = True  # nothing works without it
