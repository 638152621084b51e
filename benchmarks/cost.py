"""Cost: run a command to its end and say what it took, all its threads and children included."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TIMES = 3  # runs, the same for Hedgerow and for its peers
HEDGEROW = str(Path(sys.executable).with_name("hedgerow"))


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    cpu: float  # seconds, user and system
    wall: float  # seconds
    peak: int  # bytes of memory at most


def cost_of(*command: str, fed: Iterable[bytes] = ()) -> Cost:
    """Run *command* with *fed* on its standard input; ValueError tells what it said if it fails."""
    began = time.perf_counter()
    with TemporaryFile() as said:
        child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said
        )
        with child.stdin or said as feeding:
            feeding.writelines(fed)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            msg = f"{' '.join(command)}: exit code {child.returncode}\n{said.read().decode()}"
            raise ValueError(msg)
    wall = time.perf_counter() - began
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * 1024)


def undisturbed(*command: str, times: int = TIMES) -> Cost:
    """Run *command* some times, and take the run that other work on the machine disturbed least."""
    return min((cost_of(*command) for _ in range(times)), key=lambda cost: cost.cpu)
