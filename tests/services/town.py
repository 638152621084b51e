"""A small town in network namespaces: a firewall host, and a harvester and a reader behind it."""

from __future__ import annotations

import ctypes
import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.services.programs import found

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

HARVESTER, READER = "203.0.113.7", "198.51.100.20"
DOORS = {HARVESTER: "203.0.113.1", READER: "198.51.100.1"}  # the firewall's address for each
NUMBERS = count()
NEEDS_TOWN = pytest.mark.skipif(
    os.geteuid() != 0 or found("ip") is None, reason="needs root and ip (iproute2)"
)


@dataclass(frozen=True, slots=True)
class Town:
    """The namespaces by name."""

    firewall: str
    harvester: str
    reader: str

    def home(self, address: str) -> str:
        """Name the namespace in which an address lives."""
        return self.reader if address == READER else self.harvester

    def door(self, address: str) -> str:
        """Name the firewall's address for whoever lives there."""
        return DOORS[READER if address == READER else HARVESTER]

    def move_in(self, address: str) -> None:
        """Let one more address live in the harvester's home."""
        ip("-n", self.harvester, "address", "add", f"{address}/32", "dev", "door")
        ip("-n", self.firewall, "route", "add", f"{address}/32", "dev", end(DOORS[HARVESTER]))

    def at_firewall(self, *command: str) -> list[str]:
        """Say how a program is run on the firewall host."""
        return [str(found("ip")), "netns", "exec", self.firewall, *command]

    def ran(self, *command: str) -> str:
        """Run a program on the firewall host."""
        done = subprocess.run(self.at_firewall(*command), capture_output=True, check=True)
        return done.stdout.decode()


@contextmanager
def town() -> Iterator[Town]:
    """Build one, and tear it down: a namespace takes all that is in it along."""
    name = f"hedgerow-{os.getpid()}-{next(NUMBERS)}"
    built = Town(f"{name}-firewall", f"{name}-harvester", f"{name}-reader")
    try:
        for each in (built.firewall, built.harvester, built.reader):
            ip("netns", "add", each)
            ip("-n", each, "link", "set", "lo", "up")
        for address, door in DOORS.items():
            street(built.firewall, built.home(address), address, door)
        yield built
    finally:
        for each in (built.firewall, built.harvester, built.reader):
            subprocess.run([str(found("ip")), "netns", "del", each], check=False)


def street(firewall: str, home: str, address: str, door: str) -> None:
    """Join a home to the firewall host."""
    near = end(door)
    ip("-n", firewall, "link", "add", near, "type", "veth", "peer", "name", "door", "netns", home)
    for space, link, own in ((firewall, near, door), (home, "door", address)):
        ip("-n", space, "address", "add", f"{own}/24", "dev", link)
        ip("-n", space, "link", "set", link, "up")


def end(door: str) -> str:
    """Name the firewall's end of a street."""
    return f"to-{door.partition('.')[0]}"


def ip(*words: str) -> None:
    subprocess.run([str(found("ip")), *words], check=True, capture_output=True)


@contextmanager
def inside(namespace: str) -> Iterator[None]:
    """Let this thread open its sockets in another namespace; they stay there."""
    with (
        Path("/proc/thread-self/ns/net").open() as before,
        Path("/run/netns", namespace).open() as there,
    ):
        setns(there.fileno())
        try:
            yield
        finally:
            setns(before.fileno())


def setns(opened: int) -> None:
    """Move this thread; Python has its own `os.setns` from 3.12 on."""
    if ctypes.CDLL(None, use_errno=True).setns(opened, 0):
        raise OSError(ctypes.get_errno(), "setns")


def opened_at(namespace: str, host: str, port: int) -> socket.socket:
    """Listen in a namespace."""
    import socket  # noqa: PLC0415 - its name is a type above

    with inside(namespace):
        return socket.create_server((host, port))
