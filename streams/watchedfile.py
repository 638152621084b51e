"""Watched file: a file that others replace while one runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeAlias

if TYPE_CHECKING:
    from pathlib import Path

    Look: TypeAlias = tuple[int, int, int] | None  # inode, size, time; None: not there


@dataclass(slots=True)
class WatchedFile:
    """Remembers what a file looked like; without a path nothing ever changes."""

    path: Path | None
    seen: Look

    @classmethod
    def of(cls, path: Path | None) -> Self:
        """Begin to watch."""
        return cls(path, look(path))

    def changed(self) -> bool:
        """Tell whether the file is another one than when it was last asked."""
        before, self.seen = self.seen, look(self.path)
        return before != self.seen


def look(path: Path | None) -> Look:
    """See which file is there."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found else None
