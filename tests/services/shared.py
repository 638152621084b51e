"""One broker for all workers of a test run: the first starts it, and it ends after the last.

Whoever uses it holds a shared lock. A keeper (this file, run as a program) waits until it can have
the lock alone: then nobody is left, however they ended, and it stops the broker.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path
from typing import TYPE_CHECKING

from tests.services.kafka import broker
from tests.services.ports import until
from tests.services.topics import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator

USERS, STARTING, WHERE = "users.lock", "starting.lock", "bootstrap"


@dataclass(frozen=True, slots=True)
class SharedKafka:
    """A broker that others use, too: take topics of your own, and leave it running."""

    bootstrap: str

    def fresh(self, prefix: str, partitions: int = 1, **configuration: str) -> str:
        """Create a topic that nobody else uses; see tests/services/topics.py."""
        return fresh(self.bootstrap, prefix, partitions, **configuration)


@contextmanager
def shared(folder: Path) -> Iterator[SharedKafka]:
    """Use the broker of this *folder*; start it where it does not run."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / USERS).open("w") as users:
        flock(users, LOCK_SH)
        with (folder / STARTING).open("w") as starting:
            flock(starting, LOCK_EX)
            if not (folder / WHERE).exists():
                start_keeper(folder)
        yield SharedKafka((folder / WHERE).read_text())


def start_keeper(folder: Path) -> None:
    """Start the keeper in a session of its own, so that Ctrl-C ends the tests before it."""
    with (folder / "keeper.log").open("ab") as said:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tests.services.shared", str(folder)],
            cwd=Path(__file__).parents[2],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    until(lambda: (folder / WHERE).exists() or keeper.poll() is not None, "a shared broker", 200)
    if keeper.poll() is not None:
        raise RuntimeError((folder / "keeper.log").read_text())
    keeper.returncode = 0  # it outlives whoever started it, and that is no resource left behind


def keep(folder: Path) -> None:
    """Run a broker until nobody holds the lock."""
    number = len(list(folder.glob("broker-*")))
    where = folder / WHERE
    with broker(folder / f"broker-{number}") as running, (folder / USERS).open("w") as users:
        where.with_suffix(".part").write_text(running.bootstrap)
        where.with_suffix(".part").rename(where)
        flock(users, LOCK_EX)
        where.unlink()


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
