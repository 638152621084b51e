"""nginx: a file that a `geo` block includes; nginx tries it before it is asked to read it.

Entries of a file never end by themselves; the bouncer takes them out when they do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.bouncing.mapping import pairs
from streams.bouncing.plan import REFUSED, Plan, set_of
from streams.bouncing.target import Refused, ran
from streams.outputs import replace_file

if TYPE_CHECKING:
    from pathlib import Path

    from streams.bouncing.slots import Room

LISTED = re.compile(r"^(\S+) (\w+);$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Nginx:
    """The included file, and how nginx is called."""

    include: Path
    nginx: tuple[str, ...] = ("nginx",)
    ends: bool = False
    # Each reload starts new workers, and the former stay until their last client has gone; chosen.
    rest: float = 1.0
    room: Room | None = None

    def apply(self, plan: Plan, now: float) -> None:  # noqa: ARG002 - files know no time
        """Write the file, let nginx try it, and have it read; the former comes back otherwise."""
        former = self.include.read_bytes() if self.include.exists() else b""
        self._write("".join(f"{cidr} {word};\n" for cidr, word in pairs(plan)).encode())
        try:
            ran([*self.nginx, "-t"])
        except Refused:
            self._write(former)
            raise
        ran([*self.nginx, "-s", "reload"])

    def held(self) -> str | None:
        """Read the file back; that nginx has read it too is only as sure as its reload."""
        if not self.include.exists():
            return None
        found = LISTED.findall(self.include.read_text("utf-8"))
        return set_of(cidr for cidr, word in found if word == REFUSED)

    def remove(self) -> None:
        """Empty the file; it stays, or nginx would not start."""
        self.apply(Plan(), 0.0)

    def _write(self, text: bytes) -> None:
        try:
            replace_file(self.include, text)
        except OSError as error:
            msg = f"cannot write {self.include}: {error.strerror}"
            raise Refused(msg) from None
