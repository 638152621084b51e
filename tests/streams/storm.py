"""Storm: many faults in a row on a platform of its own, and what is left afterwards."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import msgspec

from streams.records import DecisionRecord
from tests.cast.world import World
from tests.services.ports import until
from tests.services.redis import redis
from tests.streams import reckoning
from tests.streams.chaos import Chaos, faults, fill_disk, lose_kafka, pieces, shipped
from tests.streams.platform import platform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.streams.chaos import Chaos as Whole
    from tests.streams.platform import Platform

    Fault = Callable[[Whole], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found afterwards, beside what a replay of the same lines finds."""

    lines: reckoning.Lines
    decisions: dict[str, DecisionRecord]
    expected: dict[str, DecisionRecord]
    signals: set[bytes]
    expected_signals: set[bytes]
    refused: str
    expected_refused: str
    done: list[str]
    deaths: list[str]

    def told(self) -> str:
        """Say it in some lines."""
        return "\n".join(
            [
                f"{len(self.done)} faults: {self.done}",
                f"{self.lines}",
                f"decisions {len(self.decisions)} of {len(self.expected)}, equal {self.decisions == self.expected}",
                f"signals {len(self.signals)} of {len(self.expected_signals)}, equal {self.signals == self.expected_signals}",
                f"refused {len(self.refused.splitlines())}, equal {self.refused == self.expected_refused}",
                f"deaths {self.deaths}",
                ""
                if self.refused == self.expected_refused
                else f"{self.refused}---\n{self.expected_refused}",
                f"{[self.decisions.get(i, i) for i in self.expected if self.decisions.get(i) != self.expected[i]][:4]}",
                f"{[d for i, d in self.decisions.items() if i not in self.expected][:4]}",
            ]
        )


@contextmanager
def disk(folder: Path, megabytes: int) -> Iterator[None]:
    """Mount a file system of that size where the broker keeps what it has."""
    data = folder / "kafka/data"
    data.mkdir(parents=True)
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(data)], check=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(data)], check=True)


def storm(
    folder: Path,
    world: World,
    chance: Random,
    some: Sequence[Fault],
    seconds: float,
    workers: int = 3,
) -> Outcome:
    """Do all that, and reckon."""
    settings = {"flow_checkpoint": 1, "flow_stalled": 30}
    small = disk(folder, 512) if fill_disk in some else nullcontext()
    with (
        redis(folder / "redis") as cache,
        small,
        platform(folder, world, redis_url=cache.url, **settings) as running,
    ):
        log = folder / "access.log"
        world.write(log)
        chaos = Chaos(running, cache, chance)
        chaos.workers += [running.start() for _ in range(workers)]
        chaos.rest(8)
        for piece, fault in zip(pieces(log, len(some)), some, strict=True):
            shipped(chaos, piece, fault, seconds)
        chaos.calm()
        return reckoned(chaos, int(world.requests.at.max()) // 1000)


def reckoned(chaos: Chaos, newest: int) -> Outcome:
    """Wait until all is judged; compare."""
    running = chaos.running
    second = running.close_ticks(newest)
    began = time.monotonic()
    while judged(running) < second:
        chaos.rest(0.5)
        if time.monotonic() - began > 120:
            print("not judged", judged(running), second)
            break
    print("judged after", time.monotonic() - began)
    came = reckoning.logs(running)
    out = reckoning.replayed(running, came)
    expected = {
        d.id: d
        for d in msgspec.json.Decoder(DecisionRecord).decode_lines(
            (out / "decisions.ndjson").read_bytes()
        )
    }
    until_ = reckoning.refused_by(running, out, second)
    try:
        until(lambda: reckoning.refused(running, second) == until_, "block list", 20)
    except TimeoutError as e:
        print(e)
        for r in running.read("blocklist")[-12:]:
            print(r.key, r.value)
    return Outcome(
        reckoning.counted(running, came),
        reckoning.decided(running),
        expected,
        reckoning.signalled(running),
        set((out / "signals.ndjson").read_bytes().splitlines()),
        reckoning.refused(running, second),
        until_,
        chaos.done,
        chaos.deaths,
    )


def judged(running: Platform) -> int:
    closed = [0]
    for r in running.read("summaries"):
        if r.key == b"site":
            try:
                closed.append(msgspec.json.decode(r.value or b"")["closed"])
            except Exception:
                pass
    return (max(closed) + 1) * 60


def main() -> None:
    """Run by `make chaos`."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--folder", default="")
    given = parser.parse_args()
    chance = Random(given.seed)
    import tests.streams.chaos as c

    some = [getattr(c, n) for n in given.only.split(",") if n] or list(faults(chance, given.kills))
    if given.kills >= 20 and not given.only:
        some[len(some) // 2] = fill_disk
        some[len(some) // 3] = lose_kafka
    folder = Path(given.folder or mkdtemp(prefix="chaos-"))
    shutil.rmtree(folder, ignore_errors=True)
    outcome = storm(
        folder, World(given.seed + 20_000, people=300, hours=2), chance, some, given.seconds
    )
    print(outcome.told())


if __name__ == "__main__":
    main()
