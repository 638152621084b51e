"""A real Kafka: one KRaft node on free loopback ports, in a folder of its own."""

from __future__ import annotations

import subprocess
from base64 import urlsafe_b64encode
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from os import urandom
from typing import TYPE_CHECKING

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from tests.services.guarded import OPEN, Guarded
from tests.services.java import java
from tests.services.kraft import CONFIGURATION, LOGGING
from tests.services.ports import HOST, answered, free_ports, until
from tests.services.process import Process
from tests.services.topics import fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What formatting wrote, by who may come: it takes a JVM once, and all others are given a copy.
FORMATTED: dict[tuple[str, ...], dict[str, bytes]] = {}


@dataclass(slots=True)
class KafkaBroker:
    """A broker that can be stopped, killed, frozen and started again with what it held."""

    folder: Path
    guarded: Guarded = OPEN
    ports: list[int] = field(default_factory=lambda: free_ports(3))
    process: Process = field(init=False)

    def __post_init__(self) -> None:
        """Lay out its folder, and format it where that was not done before."""
        self.folder.mkdir(parents=True, exist_ok=True)
        logging, server = self.folder / "log4j2.properties", self.folder / "server.properties"
        places = (f"-Dkafka.logs.dir={self.folder}", f"-Dlog4j2.configurationFile={logging}")
        command = java(*places, "kafka.Kafka", str(server), memory="512m")
        self.process = Process(command, self.folder)
        if not server.exists():
            logging.write_text(LOGGING)
            server.write_text(self._configuration())
            self._format(server)

    @property
    def bootstrap(self) -> str:
        """Say where clients find it, as host:port."""
        return f"{HOST}:{self.ports[0]}"

    @property
    def open_bootstrap(self) -> str:
        """Say where it asks for no password: the listener of its own, for what tests arrange."""
        return f"{HOST}:{self.ports[1]}"

    def start(self) -> None:
        """Start it, or start it again, and wait until it answers clients."""
        self.launch()
        self.await_ready()

    def launch(self) -> None:
        """Start it and wait for nothing."""
        self.process.start()

    def await_ready(self, within: float = 180) -> None:
        """Wait until a client is told of a broker."""
        for port in self.ports[:2]:
            answered(port, self.process.running, within)
        until(lambda: serves(self.open_bootstrap), f"a broker at {self.bootstrap}", within)

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

    def fresh(self, prefix: str, partitions: int = 1, **configuration: str) -> str:
        """Create a topic that nobody else uses; see tests/services/topics.py."""
        return fresh(self.open_bootstrap, prefix, partitions, **configuration)

    def _configuration(self) -> str:
        client, internal, controller = self.ports
        filled = CONFIGURATION.format(
            host=HOST,
            client=client,
            internal=internal,
            controller=controller,
            protocol=self.guarded.protocol,
            folder=self.folder,
        )
        return filled + self.guarded.configuration(self.folder)

    def _format(self, server: Path) -> None:
        users = tuple(self.guarded.scram())
        data = self.folder / "data"
        if users in FORMATTED:
            data.mkdir()
            for file, held in FORMATTED[users].items():
                (data / file).write_bytes(held)
            return
        name = urlsafe_b64encode(urandom(16)).rstrip(b"=").decode()
        words = ("kafka.tools.StorageTool", "format", f"--cluster-id={name}", "-c", str(server))
        command = java(*words, *users, memory="128m")
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        FORMATTED[users] = {path.name: path.read_bytes() for path in data.iterdir()}


def serves(bootstrap: str) -> bool:
    """Tell whether a broker answers there."""
    with suppress(KafkaError):
        admin = KafkaAdminClient(bootstrap_servers=bootstrap)
        try:
            return bool(admin.describe_cluster()["brokers"])
        finally:
            admin.close()
    return False


@contextmanager
def broker(folder: Path, guarded: Guarded = OPEN) -> Iterator[KafkaBroker]:
    """Run a broker for a test of its own, with Hedgerow's topic names free."""
    running = KafkaBroker(folder, guarded)
    try:
        running.start()
        yield running
    finally:
        running.stop()
