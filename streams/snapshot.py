"""Snapshot: everything a guard needs to go on, in one file that is replaced at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from streams.columns import packed, unpacked
from streams.follow import Position  # noqa: TC001 - msgspec reads the annotation
from streams.outputs import replace_file

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

SHARE = 20  # times as long as a snapshot took is waited before the next: at most 5 % of the work
HEAD = "guard"  # the entry that holds the Bookmark; the others are columns
PRIVATE = 0o600  # it holds addresses and lines that nobody else has to read


@dataclass(frozen=True, slots=True)
class Bookmark:
    """What belongs to the columns of a pipeline: all of it was true at one moment."""

    settings: str  # hash
    site: int  # key of the site's hashes
    logs: tuple[str, ...]
    positions: tuple[Position, ...]  # in these logs
    lengths: dict[str, int] = field(default_factory=dict)  # of the files written, bytes
    newest: int = 0  # event time seen, seconds since 1970 UTC
    blocks: bytes = b""  # BlockList.state()
    railing: bytes = b""  # Railing.state()
    obeyed: int = 0  # orders


def next_at(began: float, ended: float, least: float) -> float:
    """Tell when the next may be taken after one that took from *began* to *ended*, in seconds."""
    return ended + max(least, SHARE * (ended - began))


def save(path: Path, bookmark: Bookmark, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write a snapshot; whoever is killed meanwhile keeps the former one."""
    head = np.frombuffer(msgspec.msgpack.encode(bookmark), np.uint8)
    replace_file(path, packed({HEAD: head, **columns}), mode=PRIVATE)


def load(path: Path) -> tuple[Bookmark, dict[str, NDArray[Any]]] | None:
    """Read a snapshot, None where there is none; ValueError where it is something else."""
    if not path.exists():
        return None
    try:
        columns = unpacked(path.read_bytes())
        bookmark = msgspec.msgpack.decode(columns.pop(HEAD).tobytes(), type=Bookmark)
    except (KeyError, msgspec.DecodeError, ValueError) as error:
        msg = f"{path} is no snapshot of a guard ({error}); move it away to begin anew"
        raise ValueError(msg) from None
    return bookmark, columns


def check(found: Bookmark, wanted: Bookmark) -> None:
    """Refuse a snapshot that was made of other logs, with other settings or for another site."""
    for what in ("logs", "settings", "site"):
        before, now = getattr(found, what), getattr(wanted, what)
        if before != now:
            msg = f"the snapshot has other {what} ({before}, now {now}): choose another folder"
            raise ValueError(msg)
