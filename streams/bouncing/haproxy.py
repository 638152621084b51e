"""HAProxy: a map of networks to actions, replaced in the running process at once, and on disk.

What the runtime API changes is gone with the process: the file is what the next one begins with.
Entries of a map never end by themselves; the bouncer takes them out when they do.
"""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.bouncing.mapping import pairs
from streams.bouncing.plan import REFUSED, Plan, set_of
from streams.bouncing.target import Refused
from streams.outputs import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from streams.bouncing.slots import Room

PATIENCE = 10.0  # seconds in which HAProxy answers
PIECE = 250  # entries in one command, which has to fit its buffer of 16 KiB
CREATED = re.compile(r"New version created: (\d+)")
LISTED = re.compile(r"^0x[0-9a-f]+ (\S+) (\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Haproxy:
    """One map file that HAProxy has read, and its admin socket."""

    admin: str  # path of the socket, of level admin
    map: Path
    ends: bool = False
    rest: float = 0.0
    room: Room | None = None

    def apply(self, plan: Plan, now: float) -> None:  # noqa: ARG002 - maps know no time
        """Fill a new version of the map, commit it, and write the file."""
        listed = list(pairs(plan))
        said = self.told(f"prepare map {self.map}")
        made = CREATED.search(said)
        if not made:
            msg = f"HAProxy has no map {self.map} for us ({said[:200]}): name it in its settings"
            raise Refused(msg)
        for start in range(0, len(listed), PIECE):
            lines = "".join(f"{cidr} {word}\n" for cidr, word in listed[start : start + PIECE])
            self.quiet(f"add map @{made[1]} {self.map} <<\n{lines}")
        self.quiet(f"commit map @{made[1]} {self.map}")
        self.write(listed)

    def held(self) -> str | None:
        """Read the map back from the running process."""
        try:
            said = self.told(f"show map {self.map}")
        except Refused:
            return None
        found = LISTED.findall(said)
        return set_of(cidr for cidr, word in found if word == REFUSED)

    def remove(self) -> None:
        """Empty the map, in the process and on disk; its file stays, or HAProxy would not start."""
        self.apply(Plan(), 0.0)

    def write(self, listed: list[tuple[str, str]]) -> None:
        """Keep the map for the next process."""
        text = "".join(f"{cidr} {word}\n" for cidr, word in listed)
        try:
            replace_file(self.map, text.encode())
        except OSError as error:
            msg = f"in force, but not kept for a restart: cannot write {self.map}: {error.strerror}"
            raise Refused(msg) from None

    def quiet(self, command: str) -> None:
        """Tell HAProxy something to which it has nothing to say."""
        if said := self.told(command):
            msg = f"HAProxy: {said[:200]}"
            raise Refused(msg)

    def told(self, command: str) -> str:
        """Send one command; give what HAProxy says."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(PATIENCE)
                line.connect(self.admin)
                line.sendall(command.encode() + b"\n")
                line.shutdown(socket.SHUT_WR)
                pieces = iter(lambda: line.recv(1 << 16), b"")
                return b"".join(pieces).decode().strip()
        except OSError as error:
            msg = f"HAProxy does not answer at {self.admin}: {error.strerror or error}"
            raise Refused(msg) from None
