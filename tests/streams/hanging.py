"""Run a `hedgerow` whose consumer can be made to hang, as a client that is stuck does: SIGALRM."""

from __future__ import annotations

import gc
import signal
import time
from typing import TYPE_CHECKING

from faust.transport.drivers.aiokafka import AIOKafkaConsumerThread

from streams.commands import main

if TYPE_CHECKING:
    from types import FrameType

HOURS = 36_000.0  # seconds


def hang(_signal: int, _frame: FrameType | None) -> None:
    """Let the thread that fetches, commits and answers do none of it any more."""
    for thread in gc.get_objects():
        if type(thread) is AIOKafkaConsumerThread:
            thread.thread_loop.call_soon_threadsafe(time.sleep, HOURS)


if __name__ == "__main__":
    signal.signal(signal.SIGALRM, hang)
    main(prog_name="hedgerow")
