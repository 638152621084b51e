"""Chaos: a platform under load whose parts are killed, frozen and fed rubbish; `make chaos`.

Afterwards every line is an event or a reject, and what was decided is what a replay decides.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from tests.streams.platform import HEDGEROW
from tests.streams.poison import put_lines, put_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.services.redis import RedisServer
    from tests.streams.platform import Platform, Worker

FEWEST, MOST = 1, 4  # workers
CAUSED = (-9, -15, 0)  # how a worker ends that was told to


@dataclass(slots=True)
class Chaos:
    """A platform, and what is done to it."""

    running: Platform
    redis: RedisServer | None
    chance: Random
    workers: list[Worker] = field(default_factory=list)  # those that are started again
    frozen: list[tuple[float, Worker]] = field(default_factory=list)  # until when
    deaths: list[str] = field(default_factory=list)  # nobody meant these
    done: list[str] = field(default_factory=list)

    def supervise(self) -> None:
        """Start again what has ended, as an init system does; wake up what was frozen."""
        now = time.monotonic()  # noqa: TID251 - faults last for some time
        for end, worker in [pair for pair in self.frozen if pair[0] <= now]:
            worker.process.send_signal(18)
            self.frozen.remove((end, worker))
        broker = self.running.broker.process
        if broker.running is not None and broker.running.poll() is not None:
            self.done.append(f"kafka ended with {broker.running.poll()}")
            self.restart_kafka()
        for worker in [w for w in self.workers if w.process.poll() is not None]:
            self.workers.remove(worker)
            if worker.process.returncode not in CAUSED:
                self.deaths.append(f"{worker.process.returncode} {worker.log}")
            self.workers.append(self.running.start())

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        end = time.monotonic() + seconds  # noqa: TID251 - as above
        while time.monotonic() < end:  # noqa: TID251
            self.supervise()
            time.sleep(0.2)

    def one(self) -> Worker:
        """Choose a worker that runs."""
        asleep = [worker for _, worker in self.frozen]
        awake = [worker for worker in self.workers if worker not in asleep]
        return self.chance.choice(awake or self.workers)

    def restart_kafka(self) -> None:
        """Kill the broker, and start it again."""
        broker = self.running.broker
        broker.kill9()
        broker.start()

    def calm(self) -> None:
        """Wake up everybody, and start what has ended."""
        while self.frozen:
            self.rest(0.5)
        self.supervise()


def kill(chaos: Chaos) -> None:
    chaos.one().process.kill()


def terminate(chaos: Chaos) -> None:
    chaos.one().process.terminate()


def freeze(chaos: Chaos) -> None:
    worker = chaos.one()
    worker.process.send_signal(19)
    end = time.monotonic() + chaos.chance.uniform(3, 10)  # noqa: TID251 - as above
    chaos.frozen.append((end, worker))


def join(chaos: Chaos) -> None:
    if len(chaos.workers) < MOST:
        chaos.workers.append(chaos.running.start())


def leave(chaos: Chaos) -> None:
    if len(chaos.workers) > FEWEST:
        worker = chaos.one()
        chaos.workers.remove(worker)
        worker.process.terminate()


def kill_kafka(chaos: Chaos) -> None:
    chaos.restart_kafka()


def stop_kafka(chaos: Chaos) -> None:
    chaos.running.broker.stop()
    chaos.rest(2)
    chaos.running.broker.start()


def freeze_kafka(chaos: Chaos) -> None:
    chaos.running.broker.pause()
    chaos.rest(10)
    chaos.running.broker.resume()


def lose_kafka(chaos: Chaos) -> None:
    chaos.running.broker.kill9()
    chaos.rest(60)
    chaos.running.broker.start()


def kill_redis(chaos: Chaos) -> None:
    if chaos.redis:
        chaos.redis.kill9()
        chaos.rest(chaos.chance.uniform(0, 3))
        chaos.redis.start()


def poison_lines(chaos: Chaos) -> None:
    put_lines(chaos.running.broker.open_bootstrap, chaos.chance, 6)


def poison_records(chaos: Chaos) -> None:
    chaos.done.append(put_records(chaos.running.broker.open_bootstrap, chaos.chance))


def fill_disk(chaos: Chaos) -> None:
    """Fill the folder that the broker writes to; it must be a file system of its own."""
    data = chaos.running.broker.folder / "data"
    rest = data / "filler"
    with rest.open("wb", 0) as file:
        try:
            while file.write(b"\0" * (1 << 20)):
                pass
        except OSError:
            chaos.done.append("disk full")
    chaos.rest(5)
    rest.unlink()


USUAL: dict[Callable[[Chaos], None], int] = {
    kill: 8,
    terminate: 2,
    freeze: 4,
    join: 2,
    leave: 1,
    kill_kafka: 2,
    stop_kafka: 1,
    freeze_kafka: 1,
    kill_redis: 1,
    poison_lines: 2,
    poison_records: 3,
}


def faults(chance: Random, count: int) -> Iterator[Callable[[Chaos], None]]:
    """Choose faults."""
    yield from chance.choices(list(USUAL), list(USUAL.values()), k=count)


def pieces(log: Path, count: int) -> Iterator[Path]:
    """Cut a log into so many pieces."""
    lines = log.read_bytes().splitlines(keepends=True)
    for number in range(count):
        piece = log.with_name(f"piece{number}.log")
        piece.write_bytes(
            b"".join(lines[number * len(lines) // count : (number + 1) * len(lines) // count])
        )
        yield piece


def shipped(chaos: Chaos, piece: Path, during: Callable[[Chaos], None], seconds: float) -> None:
    """Ship a piece, while something happens."""
    lines = piece.read_bytes().count(b"\n")
    words = ("ship", str(piece), "--lines-a-message=20", f"--rate={max(1, int(lines / seconds))}")
    with (chaos.running.folder / "ship.log").open("ab") as out:
        shipping = subprocess.Popen(
            [*HEDGEROW, *words], env=chaos.running.environment, stdout=out, stderr=out
        )
        chaos.rest(chaos.chance.uniform(0.5, seconds))
        chaos.done.append(during.__name__)
        during(chaos)
        while shipping.poll() is None:
            chaos.rest(0.2)
    if shipping.returncode:
        sys.exit(f"ship ended with {shipping.returncode}")


def nothing(chaos: Chaos) -> None:
    """Let all be well, to see what the load alone does."""
