"""Gated: a site on a town's firewall host, who is let in, and who is refused."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Thread
from typing import TYPE_CHECKING

from tests.services.town import inside, opened_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streams.bouncing.target import Target
    from tests.services.town import Town

PORT = 8080
PATIENCE = 5.0  # seconds for an answer that has to come, on a busy machine
KERNELS = {"nftables", "ipset", "crowdsec"}  # drop, and say nothing


@dataclass(slots=True)
class Gate:
    """A site in a town behind one kind of firewall."""

    town: Town
    folder: Path
    kind: str
    target: Target
    settings: str  # of [bouncer], and tables after it
    lose: Callable[[], None] = field(default=lambda: None)  # forget all, as a reboot does
    environment: tuple[str, ...] = ()  # of the bouncer

    def status(self, address: str, patience: float = 0.3) -> int:
        """Ask for the site from an address; 0 where nobody answers within *patience* seconds."""
        with inside(self.town.home(address)):
            door = self.town.door(address)
            line = HTTPConnection(door, PORT, timeout=patience, source_address=(address, 0))
            try:
                line.request("GET", "/")
                return line.getresponse().status
            except OSError:
                return 0
            finally:
                line.close()

    def served(self, address: str, patience: float = 0.3) -> bool:
        """Tell whether it gets what it asked for; a proxy answers either way, however late."""
        return self.status(address, patience if self.kind in KERNELS else PATIENCE) == 200

    def refused(self, address: str, patience: float = 0.3) -> bool:
        """Tell whether it is refused, and not just unanswered: a proxy says so, a kernel drops."""
        if self.kind in KERNELS:
            return self.status(address, patience) == 0
        return self.status(address, PATIENCE) == 403


@contextmanager
def site(town: Town, refused: Callable[[], set[str]] = set) -> Iterator[None]:
    """Answer whoever gets through on the firewall host; a cloud at its edge refuses some."""
    opened = opened_at(town.firewall, "0.0.0.0", PORT)  # noqa: S104 - in a namespace of its own

    def answer() -> None:
        while True:
            try:
                line, (asking, _) = opened.accept()
            except OSError:
                return
            with line:
                line.recv(4096)
                said = b"403 no" if f"{asking}/32" in refused() else b"200 OK"
                line.sendall(b"HTTP/1.0 " + said + b"\r\nContent-Length: 0\r\n\r\n")

    thread = Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield
    finally:
        opened.shutdown(socket.SHUT_RDWR)
        opened.close()
        thread.join(5)
