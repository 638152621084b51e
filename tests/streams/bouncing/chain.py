"""Chain: the whole way of a log's line to a firewall, by Kafka, in a town of its own."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from streams.wire.orders import Verb
from tests.services.crowdsec import firewall_bouncer
from tests.services.ports import until
from tests.services.process import Process
from tests.services.town import READER, inside, town
from tests.streams.bouncing.crowd import harvest, look_in
from tests.streams.bouncing.gated import PATIENCE as PATIENT
from tests.streams.bouncing.gated import Gate
from tests.streams.bouncing.gates import PROGRAMS, gate, nftables
from tests.streams.bouncing.origin import clock
from tests.streams.platform import HEDGEROW, PATIENCE, platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.services.town import Town
    from tests.streams.platform import Platform, Worker

HOME = Path(__file__).parents[3]
PICTURES = 450  # that decide it, all of them at once
OFTEN = 0.02  # seconds between two lines of others
KEY = "a-key-of-the-test"
# Each firewall, with the programs it takes; CrowdSec's bouncer keeps nftables in its own way.
CHAINS = {kind: PROGRAMS[kind] for kind in ("nftables", "haproxy", "nginx")} | {
    "crowdsec": ("nft", "crowdsec-firewall-bouncer")
}


class Site:
    """What the operator says of the photos that `crowd` asks for."""

    def site_toml(self) -> str:
        """Name them."""
        return 'name = "town"\npictures = [{pattern = "/i/{rendition}/{picture}.jpg"}]\n'


@dataclass(slots=True)
class Chain:
    """All that stands on the firewall's host, but for the firewall itself."""

    town: Town
    folder: Path
    running: Platform
    worker: Worker
    service: Worker

    @property
    def log(self) -> Path:
        """Name the log that is shipped while it is written."""
        return self.folder / "access.log"

    @property
    def client(self) -> Client:
        """Ask the service; from inside of the firewall's namespace."""
        return Client(self.service.port)

    def come(self, address: str) -> None:
        """Let somebody harvest, who is decided on as soon as that is seen."""
        harvest(self.log, address, PICTURES, clock(), 0.0, fine=True)

    def release(self, address: str) -> None:
        """Let somebody go, by order of a person."""
        with inside(self.town.firewall):
            self.running.order(Verb.RELEASE, address)

    def restart_worker(self) -> None:
        """Kill it, and start another."""
        self.worker.kill9()
        with inside(self.town.firewall):
            self.worker = self.running.start()
            self.running.await_held(self.worker)

    def restart_service(self) -> None:
        """Kill it, and start another at the same port."""
        self.service.kill9()
        with inside(self.town.firewall):
            self.service = self.running.serve(self.service.port)

    def restart_broker(self) -> None:
        """Kill it, and start it on what it kept."""
        self.running.broker.kill9()
        with inside(self.town.firewall):
            self.running.broker.start()

    def published(self) -> str:
        """Name the set that the service publishes; nothing while it does not know."""
        with inside(self.town.firewall):
            return self.client.ask("/blocklist.txt").headers.get("x-hedgerow-set", "")


@contextmanager
def chain(folder: Path) -> Iterator[Chain]:
    """Run Kafka, a worker, a service and a shipper in the namespace of a town's firewall."""
    (folder / "keys").write_text(f"{sha256(KEY.encode()).hexdigest()}  bouncer\n")
    crowdsec: dict[str, Any] = {
        "crowdsec_keys_file": folder / "keys",
        "crowdsec_memory_file": folder / "told",
    }
    with (
        town() as built,
        inside(built.firewall),
        platform(folder, Site(), partitions=1, shards=2, **crowdsec) as running,
    ):
        worker = running.start()
        made = Chain(built, folder, running, worker, running.serve())
        made.log.touch()
        running.await_held(worker)
        until(lambda: made.client.ask("/ready").status == 200, "a block list", PATIENCE)
        with shipping(made), others(made.log):
            yield made


@contextmanager
def shipping(made: Chain) -> Iterator[None]:
    """Ship the log while it is written."""
    words = [*HEDGEROW, "ship", str(made.log), "--follow"]
    environment = [f"{name}={value}" for name, value in made.running.environment.items()]
    process = Process(["env", *environment, *words], made.folder, "ship.log")
    process.start()
    try:
        yield
    finally:
        process.stop()


@contextmanager
def others(log: Path) -> Iterator[None]:
    """Let somebody else look around all the time: time goes on."""
    over = Event()

    def look() -> None:
        while not over.wait(OFTEN):
            look_in(log, clock(), fine=True)

    thread = Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@contextmanager
def firewall(kind: str, made: Chain) -> Iterator[tuple[Gate, Process]]:
    """Set up a firewall and its bouncer, as its operator would."""
    folder = made.folder / kind
    folder.mkdir()
    if kind == "crowdsec":
        with nftables(made.town, folder) as held:
            port, place = made.service.port, made.town.firewall
            with firewall_bouncer(folder / "bouncer", place, port, KEY) as bouncer:
                yield Gate(made.town, folder, kind, held.target, ""), bouncer
        return
    with gate(kind, made.town, folder) as held:
        (folder / "settings.toml").write_text(f"[bouncer]\ncheck = 1\n{held.settings}")
        url = f"http://127.0.0.1:{made.service.port}"
        words = ["bouncer", "--to", kind, "--from", url, "--name", kind, "--state", str(folder)]
        program = [sys.executable, "-m", "streams.commands", *words, "--settings", "settings.toml"]
        env = ("env", f"PYTHONPATH={HOME}")
        bouncer = Process(made.town.at_firewall(*env, *program), folder, "bouncer.log")
        bouncer.start()
        try:
            yield held, bouncer
        finally:
            bouncer.stop()


def looked_at(held: Gate, address: str) -> tuple[bool, bool]:
    """Tell whether somebody is refused, and whether a reader is served."""
    return held.refused(address), held.served(READER, PATIENT)
