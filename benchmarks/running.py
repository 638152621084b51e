"""Running: what a process that goes on has taken so far."""

from __future__ import annotations

import os
import re
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
FIELD = re.compile(r"^(\w+):\s+(\d+) kB$", re.MULTILINE)


def cpu_of(pid: int) -> float:
    """Tell its CPU time so far, user and system, all its threads, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory_of(pid: int) -> tuple[int, int]:
    """Tell its memory now, and at most so far, in bytes."""
    said = dict(FIELD.findall(Path(f"/proc/{pid}/status").read_text()))
    return int(said["VmRSS"]) * 1024, int(said["VmHWM"]) * 1024
