"""Faults: what may happen to a platform while it works; each leaves it to mend itself."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from tests.streams.poison import put_lines, put_records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random  # noqa: TID251 - from a seed, to be had again

    from tests.streams.chaos import Chaos, Fault

FEWEST, MOST = 1, 4  # workers


def kill(chaos: Chaos) -> None:
    chaos.one().process.kill()


def terminate(chaos: Chaos) -> None:
    chaos.one().process.terminate()


def freeze(chaos: Chaos) -> None:
    worker = chaos.one()
    worker.process.send_signal(signal.SIGSTOP)
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


USUAL: dict[Fault, int] = {
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


def chosen(chance: Random, count: int) -> Iterator[Fault]:
    """Choose faults."""
    yield from chance.choices(list(USUAL), list(USUAL.values()), k=count)


def nothing(chaos: Chaos) -> None:
    """Let all be well, to see what the load alone does."""
