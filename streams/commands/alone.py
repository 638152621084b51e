"""Alone: a folder that one program writes has no second writer."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from streams.commands import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold a folder, and make it if need be; the system lets go of it even after kill -9.

    Raises OSError where it cannot be made, and Failure where somebody else holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder, os.O_RDONLY)
    try:
        hold(held, folder)
        yield
    finally:
        os.close(held)


def hold(opened: int, folder: Path) -> None:
    """Lock an open folder, or say who has it."""
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        msg = f"{folder} is kept by a guard that is running: stop it, or choose another with --out"
        raise Failure(msg) from None
