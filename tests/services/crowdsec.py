"""CrowdSec: Debian's firewall bouncer in a network namespace, and a local API of our own."""

from __future__ import annotations

import json
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.deploy.documented import block
from tests.services.ports import HOST, answered, free_port
from tests.services.process import Process
from tests.services.programs import found

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = "firewalls/crowdsec.md"
SHIPPED = Path("/etc/crowdsec/bouncers/crowdsec-firewall-bouncer.yaml")  # by its package
FOREGROUND = "daemonize: false\nlog_mode: stdout\nprometheus: {enabled: false}\n"
LOCAL_API = """
common: {{daemonize: false, log_media: stdout, log_level: info, working_dir: .}}
config_paths:
  config_dir: {folder}
  data_dir: {folder}
  hub_dir: {folder}
  index_path: {folder}/.index.json
  notification_dir: {folder}
  plugin_dir: {folder}
  simulation_path: {folder}/simulation.yaml
db_config: {{type: sqlite, db_path: {folder}/crowdsec.db, use_wal: true}}
api:
  client: {{credentials_path: {folder}/credentials.yaml}}
  server:
    listen_uri: {host}:{port}
    profiles_path: {folder}/profiles.yaml
prometheus: {{enabled: false}}
"""
FILES = {
    ".index.json": "{}",
    "simulation.yaml": "simulation: false",
    "profiles.yaml": 'name: nothing\nfilters: ["false"]\non_success: break\n',
    "credentials.yaml": "",
}
MACHINE, PASSWORD, KEY = "hedgerow", "a-password-of-the-test", "a-key-of-the-test"


@contextmanager
def firewall_bouncer(folder: Path, namespace: str, port: int, key: str) -> Iterator[Process]:
    """Run the bouncer, set up as docs/ say, against an API in the same namespace."""
    folder.mkdir(exist_ok=True)
    copied = block(DOCUMENT, "api_key").replace("8087", str(port))
    copied = copied.replace("what stands in bouncer.key", key)
    (folder / "bouncer.yaml").write_text(SHIPPED.read_text())
    (folder / "bouncer.yaml.local").write_text(copied + FOREGROUND)
    program = str(found("crowdsec-firewall-bouncer"))
    process = Process(["ip", "netns", "exec", namespace, program, "-c", "bouncer.yaml"], folder)
    process.start()
    try:
        yield process
    finally:
        process.stop()


@dataclass(slots=True)
class LocalApi:
    """CrowdSec's own API, which one machine may tell and one bouncer ask."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: Process = field(init=False)

    def __post_init__(self) -> None:
        """Lay out its folder, and make the machine and the bouncer known."""
        self.folder.mkdir()
        for name, text in FILES.items():
            (self.folder / name).write_text(text)
        (self.folder / "config.yaml").write_text(
            LOCAL_API.format(folder=self.folder, host=HOST, port=self.port)
        )
        self.process = Process(["crowdsec", "-c", "config.yaml", "-no-cs"], self.folder)
        self.enrol()

    @property
    def url(self) -> str:
        """Say where it is."""
        return f"http://{HOST}:{self.port}/"

    def enrol(self) -> None:
        """Make the machine and the bouncer known."""
        credentials = str(self.folder / "credentials.yaml")
        self.command("machines", "add", MACHINE, "--password", PASSWORD, "-f", credentials)
        self.command("bouncers", "add", "test", "--key", KEY)

    def start(self) -> None:
        """Start it, or start it again, and wait until it listens."""
        answered(self.port, self.process.start(), 20)

    def stop(self) -> None:
        """End it."""
        self.process.stop()

    def forget(self) -> None:
        """Lose all that it knew, while it does not run."""
        for path in self.folder.glob("crowdsec.db*"):
            path.unlink()
        self.enrol()

    def command(self, *words: str) -> None:
        """Tell it something, as its operator does."""
        command = ["cscli", "-c", str(self.folder / "config.yaml"), *words]
        subprocess.run(command, check=True, capture_output=True, timeout=60)

    def decisions(self) -> dict[str, dict[str, Any]]:
        """Read what a bouncer is told, by "origin value"."""
        line = HTTPConnection(HOST, self.port, timeout=5)
        line.request("GET", "/v1/decisions", headers={"X-Api-Key": KEY})
        told = json.loads(line.getresponse().read()) or []
        line.close()
        return {f"{each['origin']} {each['value']}": each for each in told}


@contextmanager
def local_api(folder: Path) -> Iterator[LocalApi]:
    """Run CrowdSec's API for one test."""
    api = LocalApi(folder)
    try:
        api.start()
        yield api
    finally:
        api.stop()
