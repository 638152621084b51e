"""Running: a source that listens in a thread of its own, and a firewall that is kept at it."""

from __future__ import annotations

from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from streams.bouncing.enforcing import Enforcing
    from streams.bouncing.heard import Source

LOST = "the block list is not heard ({}); what is in force stays until it ends"
BACK = "the block list is heard again"


def run(
    enforcing: Enforcing,
    source: Source | None,
    stopped: Callable[[], bool],
    say: Callable[[str], None],
) -> None:
    """Enforce until *stopped*; without a source somebody else fills the box.

    What is in force stays when it ends: a firewall does not open because a program is restarted.
    OSError tells of a state that cannot be read or written.
    """
    enforcing.begin()
    listening = source and Thread(target=source.listen, args=(enforcing.box,), daemon=True)
    if listening:
        listening.start()
    trouble = ""
    while not stopped():
        enforcing.look()
        if bool(trouble) != bool(enforcing.box.trouble):
            trouble = enforcing.box.trouble
            say(LOST.format(trouble) if trouble else BACK)
        if listening and not listening.is_alive():
            msg = "the source of the block list has ended for good; see above"
            raise ValueError(msg)
    enforcing.save()
