"""Hearing: go on asking a source for ever, sooner after a short trouble than after a long one."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from streams.bouncing.asking import TROUBLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.bouncing.heard import Mailbox

CLOCK = time.time  # noqa: TID251 - entries end by the clock
SOON, SLOWEST = 0.25, 5.0  # seconds between two attempts, the first and the longest


def for_ever(once: Callable[[], None], box: Mailbox, pause: float = 0.0) -> None:
    """Do something again and again, *pause* seconds apart; what goes wrong is told to the box."""
    waited = SOON
    while True:
        try:
            once()
        except TROUBLES as error:
            box.lose(f"{type(error).__name__}: {error}")
            time.sleep(waited)
            waited = min(2 * waited, SLOWEST)
        else:
            waited = SOON
            time.sleep(pause)
