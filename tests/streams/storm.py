"""Storm: many faults in a row on a platform of its own, and what is left afterwards."""

from __future__ import annotations

import argparse
import subprocess
import sys
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random  # noqa: TID251 - from a seed, to be had again
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import msgspec

from streams.records import DecisionRecord
from streams.wire.summaries import read_summary
from tests.cast.world import World
from tests.services.redis import redis
from tests.streams import faults, reckoning
from tests.streams.chaos import Chaos, pieces, shipped
from tests.streams.faults import fill_disk, lose_kafka
from tests.streams.platform import platform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.streams.chaos import Fault
    from tests.streams.platform import Platform

PATIENCE = 180  # seconds until all is judged
SETTLING = 20  # … and until the block list says so
DISK = 512  # MiB; what a storm writes fits, with what fills it up it does not
MANY = 20  # faults; a storm of so many has a full disk and a long outage in it


@dataclass(frozen=True, slots=True)
class Found:
    """What is said of some lines."""

    decisions: dict[str, DecisionRecord]
    signals: set[bytes]
    refused: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found afterwards, and what a replay of the same lines finds."""

    lines: reckoning.Lines
    found: Found
    expected: Found
    chaos: Chaos

    def __str__(self) -> str:
        """Say it in some lines."""
        pairs = ((getattr(self.found, n), getattr(self.expected, n), n) for n in Found.__slots__)
        return "\n".join(
            [
                f"{len(self.chaos.done)} faults: {', '.join(self.chaos.done)}",
                f"deaths that nobody meant: {', '.join(self.chaos.deaths) or 'none'}",
                str(self.lines),
                *(
                    f"{name}: {len(a)} of {len(b)}, {'equal' if a == b else a}"
                    for a, b, name in pairs
                ),
            ]
        )


@contextmanager
def disk(folder: Path) -> Iterator[None]:
    """Mount a small file system where the broker keeps what it has; root can."""
    data = folder / "kafka/data"
    data.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}m", "none", str(data)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(data)], check=True)


def storm(
    folder: Path, world: World, chance: Random, some: Sequence[Fault], seconds: float
) -> Outcome:
    """Ship a world's log in as many pieces as there are faults, each of so many seconds; reckon."""
    small = disk(folder) if fill_disk in some else nullcontext()
    with redis(folder / "redis") as cache, small:
        knobs: Any = {"redis_url": cache.url, "flow_checkpoint": 1, "flow_stalled": 30}
        with platform(folder, world, **knobs) as running:
            log = folder / "access.log"
            world.write(log)
            chaos = Chaos(running, cache, chance)
            chaos.workers += [running.start() for _ in range(3)]
            for piece, fault in zip(pieces(log, len(some)), some, strict=True):
                shipped(chaos, piece, fault, seconds)
            chaos.calm()
            return reckoned(chaos, int(world.requests.at.max()) // 1000)


def reckoned(chaos: Chaos, newest: int) -> Outcome:
    """Wait until all is judged; compare it with a replay."""
    running = chaos.running
    second = running.close_ticks(newest)
    chaos.until(lambda: judged(running) >= second, PATIENCE)
    came = reckoning.logs(running)
    expected = of_replay(running, came, second)
    chaos.until(lambda: reckoning.refused(running, second) == expected.refused, SETTLING)
    found = Found(
        reckoning.decided(running),
        reckoning.signalled(running),
        reckoning.refused(running, second),
    )
    return Outcome(reckoning.counted(running, came), found, expected, chaos)


def of_replay(running: Platform, came: Sequence[Path], second: int) -> Found:
    """Say what a replay finds."""
    out = reckoning.replayed(running, came)
    decoder = msgspec.json.Decoder(DecisionRecord)
    decisions = decoder.decode_lines((out / "decisions.ndjson").read_bytes())
    return Found(
        {decision.id: decision for decision in decisions},
        set((out / "signals.ndjson").read_bytes().splitlines()),
        reckoning.refused_by(running, out, second),
    )


def judged(running: Platform) -> int:
    """Tell the second of event time up to which the site is judged, whatever else stands there."""
    closed = 0
    for record in running.read("summaries"):
        with suppress(ValueError):
            closed = max(closed, read_summary(record.value).closed if record.key == b"site" else 0)
    return (closed + 1) * 60


def main() -> None:
    """Say what a storm did; end with 1 where it changed anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20, help="how many faults")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5, help="of load around each")
    parser.add_argument("--only", help="these, by name, commas between")
    given = parser.parse_args()
    chance = Random(given.seed)  # noqa: S311 - a seed is the point
    some = list(faults.chosen(chance, given.kills))
    if given.kills >= MANY:
        some[len(some) // 2], some[len(some) // 3] = fill_disk, lose_kafka
    if given.only:
        some = [getattr(faults, name) for name in given.only.split(",")]
    world = World(20_000 + given.seed, people=300, hours=2)
    outcome = storm(Path(mkdtemp(prefix="chaos-")), world, chance, some, given.seconds)
    print(f"seed {given.seed}, in {outcome.chaos.running.folder}\n{outcome}")  # noqa: T201
    sys.exit(outcome.found != outcome.expected or not outcome.lines.whole)


if __name__ == "__main__":
    main()
