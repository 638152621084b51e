"""A real Redis on a free loopback port, in a folder of its own."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.services.ports import HOST, answered, free_port
from tests.services.process import Process
from tests.services.programs import found, needs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEEDS_REDIS = needs("redis-server")


@dataclass(slots=True)
class RedisServer:
    """A server that can be stopped, killed, frozen and started again; it keeps nothing on disk."""

    folder: Path
    password: str = ""
    port: int = field(default_factory=free_port)
    process: Process = field(init=False)

    def __post_init__(self) -> None:
        """Lay out its folder."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lines = [f"port {self.port}", f"bind {HOST}", 'save ""', "appendonly no", "daemonize no"]
        lines += [f"requirepass {self.password}"] if self.password else []
        (self.folder / "redis.conf").write_text("\n".join([*lines, ""]))
        self.process = Process([str(found("redis-server")), "redis.conf"], self.folder)

    @property
    def url(self) -> str:
        """Say where it is, as settings do; the password is no part of it."""
        return f"redis://{HOST}:{self.port}/0"

    def start(self) -> None:
        """Start it, or start it again, and wait until it listens."""
        answered(self.port, self.process.start())

    def stop(self) -> None:
        """End it as an init system does."""
        self.process.stop()

    def kill9(self) -> None:
        """End it in mid-air."""
        self.process.kill9()

    def pause(self) -> None:
        """Freeze it: it holds its connections and answers nobody."""
        self.process.pause()

    def resume(self) -> None:
        """Let it go on after a pause."""
        self.process.resume()


@contextmanager
def redis(folder: Path, password: str = "") -> Iterator[RedisServer]:
    """Run a Redis for one test."""
    server = RedisServer(folder, password)
    try:
        server.start()
        yield server
    finally:
        server.stop()
