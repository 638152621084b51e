"""Chaos: a platform under load whose parts are killed, frozen and fed rubbish; `make chaos`.

Afterwards every line is an event or a reject, and what was decided is what a replay decides.
"""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from tests.streams.platform import HEDGEROW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from random import Random  # noqa: TID251 - from a seed, to be had again

    from tests.services.redis import RedisServer
    from tests.streams.platform import Platform, Worker

Fault: TypeAlias = "Callable[[Chaos], None]"
CAUSED = (-9, -15, 0)  # how a worker ends that was told to


@dataclass(slots=True)
class Chaos:
    """A platform, and what is done to it."""

    running: Platform
    redis: RedisServer
    chance: Random
    workers: list[Worker] = field(default_factory=list)  # those that are started again
    frozen: list[tuple[float, Worker]] = field(default_factory=list)  # until when
    deaths: list[str] = field(default_factory=list)  # nobody meant these
    done: list[str] = field(default_factory=list)

    def supervise(self) -> None:
        """Start again what has ended, as an init system does; wake up what was frozen."""
        now = time.monotonic()  # noqa: TID251 - faults last for some time
        for end, worker in [pair for pair in self.frozen if pair[0] <= now]:
            worker.process.send_signal(signal.SIGCONT)
            self.frozen.remove((end, worker))
        broker = self.running.broker.process
        if broker.running is not None and broker.running.poll() is not None:
            self.done.append(f"kafka ended with {broker.running.poll()}")
            with suppress(RuntimeError):  # it cannot start while its disk is full: another time
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

    def until(self, true: Callable[[], bool], within: float) -> None:
        """Wait until something is *true*; what is not will show in the outcome."""
        end = time.monotonic() + within  # noqa: TID251 - as above
        while not true() and time.monotonic() < end:  # noqa: TID251
            self.rest(0.5)

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


def pieces(log: Path, count: int) -> Iterator[Path]:
    """Cut a log into so many pieces."""
    lines = log.read_bytes().splitlines(keepends=True)
    for number in range(count):
        piece = log.with_name(f"piece{number}.log")
        piece.write_bytes(
            b"".join(lines[number * len(lines) // count : (number + 1) * len(lines) // count])
        )
        yield piece


def shipped(chaos: Chaos, piece: Path, during: Fault, seconds: float) -> None:
    """Ship a piece, while something happens; a shipper that found no broker is started again."""
    with (chaos.running.folder / "ship.log").open("ab") as out:
        shipping = shipper(chaos, piece, seconds, out)
        chaos.rest(chaos.chance.uniform(0.5, seconds))
        chaos.done.append(during.__name__)
        during(chaos)
        while shipping.poll() != 0:
            chaos.rest(0.2)
            if shipping.poll():
                shipping = shipper(chaos, piece, seconds, out)


def shipper(chaos: Chaos, piece: Path, seconds: float, out: BinaryIO) -> subprocess.Popen[bytes]:
    """Start to ship a piece, in about so many seconds."""
    rate = max(1, int(piece.read_bytes().count(b"\n") / seconds))
    words = ("ship", str(piece), "--lines-a-message=20", f"--rate={rate}")
    environment = chaos.running.environment
    return subprocess.Popen([*HEDGEROW, *words], env=environment, stdout=out, stderr=out)
