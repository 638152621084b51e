"""A real Docker engine on folders of its own, and stand-ins for public images made from Debian.

No image is pulled. The base of Hedgerow's own image is made from Debian's Python, and gets this
machine's certificates and settings of pip, so that its Dockerfile builds as it is. Kafka, Redis and
Prometheus are the real programs in other clothes; of Grafana there is a health page only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from tests.services.java import JARS, LACKING
from tests.services.ports import until
from tests.services.process import Process
from tests.services.programs import found

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PROGRAMS = ("dockerd", "docker", "docker-compose", "mmdebstrap")
TIMEOUT = 1800  # seconds; an image takes two minutes to build, and on a busy machine much longer
STANDINS = Path(__file__).parent / "standins"
MAKE = 'mmdebstrap --quiet --variant=apt "$@" bookworm - | docker import - "$0"'
CLEAN = 'rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/* "$1"/usr/share/doc/*'
PYTHON = (
    "--include=python3,python3-venv,ca-certificates",
    '--customize-hook=cp /etc/ssl/certs/ca-certificates.crt "$1"/etc/ssl/certs/',
    '--customize-hook=if [ -e /etc/pip.conf ]; then cp /etc/pip.conf "$1"/etc/; fi',
    '--customize-hook=ln -s /usr/bin/python3 "$1"/usr/local/bin/python3',
)
SERVICES = (
    "--include=openjdk-17-jre-headless,redis-server,prometheus,python3-minimal,libpython3-stdlib",
    "--include=wget",
)


def lacking() -> str:
    """Say why there can be no engine here; "" where there can."""
    missing = [program for program in PROGRAMS if found(program) is None]
    if missing:
        return f"{', '.join(missing)} not installed: make services"
    return LACKING or ("a Docker engine needs root" if os.geteuid() else "")


NEEDS_DOCKER = pytest.mark.skipif(bool(lacking()), reason=lacking())


@dataclass(frozen=True, slots=True)
class Engine:
    """A running engine."""

    folder: Path

    @property
    def log(self) -> Path:
        """Name the file that tells how images were made."""
        return self.folder / "images.log"

    @property
    def environment(self) -> dict[str, str]:
        """Say to clients where it is; the classic builder, for this engine has no other."""
        where = {"DOCKER_HOST": f"unix://{self.folder}/docker.sock", "DOCKER_BUILDKIT": "0"}
        return {**os.environ, **where}

    @property
    def ready(self) -> bool:
        """Tell whether it answers."""
        with suppress(RuntimeError):
            return bool(self.docker("info"))
        return False

    def docker(self, *words: str) -> str:
        """Run `docker`, and give what it printed; RuntimeError says what went wrong."""
        return said(["docker", *words], self.environment)

    def make(self, image: str, *options: str) -> subprocess.Popen[bytes]:
        """Begin to make an image of Debian packages; `made` waits for it."""
        command = ["bash", "-euo", "pipefail", "-c", MAKE, image, f"--customize-hook={CLEAN}"]
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [*command, *options], env=self.environment, stdout=log, stderr=log
            )

    def made(self, making: subprocess.Popen[bytes]) -> None:
        """Wait until an image is made; RuntimeError says what went wrong."""
        if making.wait(TIMEOUT):
            raise RuntimeError(self.log.read_text())

    def stand_in(self, images: Mapping[str, str]) -> None:
        """Build stand-ins, by name: {"kafka": "apache/kafka:4.1.1", …}."""
        context = self.folder / "standins"
        shutil.copytree(STANDINS, context)
        shutil.copytree(JARS, context / "libs")
        for name, image in images.items():
            file = context / f"{name}.Dockerfile"
            words = ("--quiet", "--network=host", f"--file={file}", f"--tag={image}")
            self.docker("build", *words, str(context))


def said(command: list[str], environment: Mapping[str, str], folder: Path | None = None) -> str:
    """Run a command and give what it printed; RuntimeError says what went wrong."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT,
    )
    if done.returncode:
        msg = f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        raise RuntimeError(msg)
    return done.stdout


@contextmanager
def engine() -> Iterator[Engine]:
    """Run an engine beside any other.

    Its folder has a short name, because a socket's path may have 107 bytes. Nothing of it is left
    behind. A machine that lets no engine start skips the test, and says why.
    """
    folder = Path(mkdtemp(prefix="engine-"))
    places = [f"--data-root={folder}/data", f"--exec-root={folder}/exec", f"--pidfile={folder}/pid"]
    network = "--bridge=none"  # nothing runs in it
    socket = f"--host=unix://{folder}/docker.sock"
    daemon = Process([str(found("dockerd")), *places, network, socket], folder)
    running = Engine(folder)
    try:
        started = daemon.start()
        until(lambda: running.ready or started.poll() is not None, "a Docker engine", 60)
        if not running.ready:
            pytest.skip(f"no Docker engine starts here: {daemon.said().splitlines()[-1]}")
        yield running
    finally:
        daemon.stop(30)
        clear(folder)


def clear(folder: Path) -> None:
    """Remove an engine's folder, and what the kernel still holds mounted in it."""
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text().splitlines()]
    for place in reversed([place for place in mounted if place.startswith(f"{folder}/")]):
        subprocess.run(["umount", "--lazy", place], check=False, capture_output=True)
    shutil.rmtree(folder)
