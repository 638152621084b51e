"""CrowdSec: how long a bouncer waits for a hundred thousand decisions, and for what has changed."""

from __future__ import annotations

import asyncio
import time
from hashlib import sha256
from typing import TYPE_CHECKING

from actors.frame import Scope
from benchmarks.finding import Finding
from enforcement.decision import Action
from enforcement.standing import Entry
from streams.crowdsec.asked import Asked
from streams.crowdsec.place import CrowdSec
from streams.posted import Posted
from streams.serving.desk import Desk
from streams.wire.entries import written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.bench import Bench

MANY = 100_000
LASTS = 36_000  # seconds


def measure(bench: Bench) -> Iterator[Finding]:
    """Fill a desk, and ask it as crowdsec-firewall-bouncer does."""
    keys, count = bench.folder / "keys", round(MANY * bench.size)
    keys.write_text(f"{sha256(b'key').hexdigest()}  -\n")
    place = CrowdSec(keys_file=str(keys), memory_file=str(bench.folder / "told"))
    desk = Desk(place, Posted(), time.time)
    now = int(time.time())
    for number in range(count):
        hear(desk, f"198.{18 + (number >> 16)}.{number >> 8 & 255}.{number & 255}", now)
    for what, whole in (("all, the first time", True), ("all", True), ("what changed", False)):
        took, size = asyncio.run(asked(desk, whole=whole))
        said = f"{took:.2f} s, {size / 1e6:.1f} MB"
        yield Finding(f"CrowdSec's stream of {count:,}: {what}", said, "", "2 s" if whole else "")


def hear(desk: Desk, target: str, now: int) -> None:
    """Let a block be posted."""
    entry = Entry(target, Scope.ADDRESS, Action.BLOCK, now, now + LASTS, "made up")
    record = written(entry, now)
    desk.board.hear(desk.board.posted.hear(target.encode(), record, now * 1000, now))


async def asked(desk: Desk, *, whole: bool) -> tuple[float, int]:
    """Ask once; give seconds and bytes."""
    begun = time.perf_counter()
    desk.open()
    everything = Asked.of({}, desk.place.types)
    body = await desk.told("bouncer", "crowdsec-firewall-bouncer/1", everything, whole=whole)
    return time.perf_counter() - begun, len(body)
