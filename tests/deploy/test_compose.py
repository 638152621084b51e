"""The compose file brings up all of it, guarded; public images have stand-ins (services/docker)."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
import yaml
from redis import Redis

from streams.infrastructure import Metrics, Service
from streams.topics import TOPICS
from tests.cast.world import World
from tests.services.docker import NEEDS_DOCKER, PYTHON, SERVICES, Engine, engine, said
from tests.services.ports import HOST, free_ports, until
from tests.services.programs import needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HOME = Path(__file__).parents[2]
COMPOSE = (HOME / "docker-compose.yml").read_text("utf-8")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "out", "demo-out", "build")
PORTS = ("KAFKA", "REDIS", "SERVE", "PROMETHEUS", "GRAFANA")
LASTING = {"kafka": 1, "redis": 1, "prometheus": 1, "grafana": 1, "worker": 2, "serve": 1}
SCRAPED = {"hedgerow": 2, "hedgerow-faust": 2, "hedgerow-serve": 1, "prometheus": 1}
SECRETS = ("redis", "grafana")


def services() -> dict[str, Any]:
    listed: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    return listed


def image(name: str) -> str:
    return str(services()[name]["image"])


def asked(url: str) -> Any:  # noqa: ANN401 - as many shapes as services
    with urlopen(url, timeout=10) as answer:  # noqa: S310 - on loopback
        return json.load(answer)


@dataclass(frozen=True, slots=True)
class Stack:
    """What the compose file runs, in a folder that a clone could be."""

    engine: Engine
    folder: Path
    ports: Mapping[str, int]

    def compose(self, *words: str) -> str:
        """Run docker-compose there."""
        published = {f"HEDGEROW_{name}_PORT": str(port) for name, port in self.ports.items()}
        environment = {**self.engine.environment, **published, "HEDGEROW_TRAFFIC_HOURS": "0.05"}
        command = ["docker-compose", "--project-name=hedgerow", "--profile=demo", *words]
        return said(command, environment, self.folder)

    def containers(self) -> list[dict[str, Any]]:
        """Say all that the engine knows of each container."""
        names = self.engine.docker("ps", "--all", "--quiet").split()
        found: list[dict[str, Any]] = json.loads(self.engine.docker("inspect", *names))
        return found

    def healthy(self) -> bool:
        """Tell whether all that should last is well, and nobody was restarted."""
        well = Counter(
            container["Config"]["Labels"]["com.docker.compose.service"]
            for container in self.containers()
            if container["State"].get("Health", {}).get("Status") == "healthy"
        )
        return dict(well) == LASTING

    def blocked(self) -> list[str]:
        """Ask the service who is blocked."""
        with urlopen(f"http://{HOST}:{self.ports['SERVE']}/blocklist.txt", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        return [line for line in lines if line and not line.startswith("#")]

    def in_redis(self) -> int:
        """Count the entries an edge would find."""
        password = (self.folder / "deploy/secrets/redis").read_text()
        with Redis(HOST, self.ports["REDIS"], password=password) as client:
            return sum(1 for _ in client.scan_iter("hedgerow:block:*"))

    def scraped(self) -> dict[str, int]:
        """Ask Prometheus how many of each job it reaches."""
        query = urlencode({"query": "sum by (job) (up)"})
        url = f"http://{HOST}:{self.ports['PROMETHEUS']}/api/v1/query?{query}"
        series = asked(url)["data"]["result"]
        return {one["metric"]["job"]: int(one["value"][1]) for one in series}


@contextmanager
def stack(running: Engine, folder: Path) -> Iterator[Stack]:
    """Bring all of it up from what a clone holds, and tear it down."""
    made = Stack(running, folder, dict(zip(PORTS, free_ports(len(PORTS)), strict=True)))
    try:
        made.compose("up", "--detach", "--no-build", "--scale", "worker=2")
        until(made.healthy, "all services healthy", 300)
        yield made
    except TimeoutError as error:
        error.add_note(made.compose("logs", "--no-color", "--tail=30"))
        raise
    finally:
        made.compose("down", "--volumes", "--remove-orphans", "--timeout", "20")


def clone(folder: Path) -> None:
    """Copy what is in the repository."""
    shutil.copytree(HOME, folder, ignore=LEFT_OUT)
    shutil.copy(HOME / ".dockerignore", folder)
    for name in SECRETS:
        (folder / "deploy/secrets" / name).unlink(missing_ok=True)
    subprocess.run([folder / "deploy/secrets/create"], check=True, capture_output=True)


def build(running: Engine, folder: Path) -> None:
    """Build Hedgerow's image as its Dockerfile says, and stand-ins for the others."""
    base = re.findall(r"^FROM (\S+)", (HOME / "deploy/Dockerfile").read_text(), re.MULTILINE)[0]
    with (  # whatever goes wrong: no process is left to trouble the tests that come after
        running.make(base, *PYTHON) as python,
        running.make("hedgerow-standin", *SERVICES) as others,
    ):
        running.made(python)
        words = ("--network=host", "--file=deploy/Dockerfile", f"--tag={image('worker')}")
        said(["docker", "build", "--quiet", *words, "."], running.environment, folder)
        running.made(others)
    running.stand_in({name: image(name) for name in ("kafka", "redis", "prometheus", "grafana")})


@NEEDS_DOCKER
def test_from_a_clone_all_comes_up_guarded_and_the_demo_ends_with_blocks(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    clone(folder)

    with engine() as running:
        build(running, folder)
        with stack(running, folder) as up:
            until(lambda: bool(up.blocked()) and up.in_redis() > 0, "somebody is blocked", 300)
            until(lambda: up.scraped() == SCRAPED, "all of them are scraped", 120)
            loose = [c["Name"] for c in up.containers() if not guarded(c)]

        assert [] == loose
        assert running.docker("ps", "--all", "--quiet") == ""
        assert running.docker("volume", "ls", "--quiet") == ""


def guarded(container: dict[str, Any]) -> bool:
    """Tell whether a container can do little more than its work, and nobody else reaches it."""
    host, config = container["HostConfig"], container["Config"]
    bindings = [place for places in (host["PortBindings"] or {}).values() for place in places]
    return (
        host["ReadonlyRootfs"]
        and host["CapDrop"] == ["ALL"]
        and host["SecurityOpt"] == ["no-new-privileges:true"]
        and host["Memory"] > 0
        and host["PidsLimit"] > 0
        and config["User"].split(":")[0] not in {"", "0", "root"}
        and all(place["HostIp"] == HOST for place in bindings)
    )


@needs("docker-compose")
def test_the_compose_file_is_one() -> None:
    checked = ["docker-compose", "--profile=demo", "config", "--services"]

    assert {"topics", "traffic", *LASTING} == set(said(checked, os.environ, HOME).split())


def test_images_are_pinned_to_a_version() -> None:
    images = [service["image"] for service in services().values()]
    images += re.findall(r"^FROM (\S+)", (HOME / "deploy/Dockerfile").read_text(), re.MULTILINE)

    assert [name for name in images if not re.fullmatch(r"[a-z/]+:v?\d+\.\d+\.\d+\S*", name)] == []


@pytest.mark.parametrize(("name", "port"), [("serve", Service().port), ("worker", Metrics().port)])
def test_health_is_asked_where_it_is_told(name: str, port: int) -> None:
    assert services()[name]["healthcheck"]["test"] == ["CMD", "health", str(port)]


def test_the_demo_site_is_the_site_of_its_traffic() -> None:
    described = World(1, people=20, hours=0.05).site_toml()

    assert (HOME / "deploy/demo/site.toml").read_text("utf-8").endswith(described)


def test_kafka_takes_the_largest_message_of_any_topic() -> None:
    properties = (HOME / "deploy/kafka/server.properties").read_text("utf-8")

    assert f"\nmessage.max.bytes={max(topic.largest for topic in TOPICS)}\n" in properties


def test_passwords_are_made_once_and_are_the_operators_own(tmp_path: Path) -> None:
    create = Path(shutil.copy(HOME / "deploy/secrets/create", tmp_path))

    subprocess.run([create], check=True, capture_output=True)
    made = [(tmp_path / name).read_text() for name in SECRETS]
    subprocess.run([create], check=True, capture_output=True)

    assert made == [(tmp_path / name).read_text() for name in SECRETS]
    assert len(set(made)) == 2
    assert [text for text in made if not re.fullmatch(r"[\w-]{32}", text)] == []
    assert tmp_path.stat().st_mode & 0o077 == 0
