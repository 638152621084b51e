"""Kept: the last list that was good, in a file, so that a restart begins with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec

from enforcement.moments import moment, seconds
from feeds.entries import Told, told
from streams.bouncing.heard import Heard
from streams.bouncing.reading import ending
from streams.outputs import replace_file

if TYPE_CHECKING:
    from pathlib import Path

PRIVATE = 0o600  # it holds addresses, and names sessions and accounts


class Lasts(msgspec.Struct, frozen=True):
    """An entry, and when it ends by this machine's clock."""

    entry: Told
    end: float | None  # seconds since 1970; null: never


class Kept(msgspec.Struct, frozen=True):
    """What was heard last, and when."""

    heard: str  # ISO 8601, UTC
    version: str
    entries: tuple[Lasts, ...]


def keep(path: Path, heard: Heard, alive: float) -> None:
    """Write down a list that was heard whole, in the place of the former one."""
    lasts = tuple(
        Lasts(told(entry), None if end == math.inf else end) for entry, end in heard.entries
    )
    kept = Kept(moment(int(alive)), heard.version, lasts)
    replace_file(path, msgspec.json.encode(kept), mode=PRIVATE)


def recall(path: Path) -> tuple[Heard, float] | None:
    """Read it back, and when it was heard; None where there is none. ValueError: not ours."""
    if not path.exists():
        return None
    try:
        return recalled(path.read_bytes())
    except ValueError as error:
        msg = f"{path} holds no last good list: {error}"
        raise ValueError(msg) from None


def recalled(text: bytes) -> tuple[Heard, float]:
    """Read what `keep` wrote."""
    kept = msgspec.json.decode(text, type=Kept)
    entries = tuple(
        (ending(lasts.entry, 0.0, 1.0)[0], math.inf if lasts.end is None else lasts.end)
        for lasts in kept.entries
    )
    return Heard(entries, kept.version), float(seconds(kept.heard))
