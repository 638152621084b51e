"""Rotation: find the files that a log was before, and the one it is now."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ROTATED = re.compile(r"[.-][0-9][0-9.T_-]*")  # what logrotate and its like add to a name


def identity(status: os.stat_result) -> tuple[int, int]:
    """Tell files apart whatever they are called."""
    return status.st_dev, status.st_ino


def relatives(path: Path) -> list[tuple[Path, os.stat_result]]:
    """Find a log and its uncompressed rotations, the one last written to at the end."""
    with os.scandir(path.parent) as entries:
        names = [e.name for e in entries if e.name.startswith(path.name) and e.is_file()]
    kin = [name for name in names if name == path.name or ROTATED.fullmatch(name[len(path.name) :])]
    found = [(path.with_name(name), path.with_name(name).stat()) for name in kin]
    return sorted(found, key=lambda item: item[1].st_mtime_ns)


def successor(path: Path, status: os.stat_result) -> Path | None:
    """Find the file that was begun after the one with *status*: None while that is the log."""
    if not path.exists() or identity(path.stat()) == identity(status):
        return None
    later = [p for p, s in relatives(path) if s.st_mtime_ns > status.st_mtime_ns and p != path]
    return later[0] if later else path
