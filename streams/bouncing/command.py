"""Command: a program of the operator's that reads the list and puts it in force, somehow."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.bouncing.plan import Plan
from streams.bouncing.target import ran

if TYPE_CHECKING:
    from streams.bouncing.slots import Room


@dataclass(slots=True)
class Command:
    """A program that is given the whole list each time, and ends with 0 once it is in force."""

    command: tuple[str, ...]
    ends: bool = False
    rest: float = 0.0
    room: Room | None = None
    _taken: str | None = field(default=None, init=False)

    def apply(self, plan: Plan, now: float) -> None:
        """Give it the list: CIDR, action and seconds left (or -) on each line, with tabs between.

        The first line names the set and its size, so that the program can tell empty from cut off.
        """
        lines = [f"# set {plan.set} {sum(plan.sizes().values())}"]
        for word, held in plan.lists.items():
            lines += [f"{cidr}\t{word}\t{left(end, now)}" for cidr, end in held]
        ran(self.command, "\n".join(lines) + "\n")
        self._taken = plan.set

    def held(self) -> str | None:
        """Name what it took last; only the program knows more."""
        return self._taken

    def remove(self) -> None:
        """Give it an empty list."""
        self.apply(Plan(), 0.0)


def left(end: float, now: float) -> str:
    """Say how many seconds are left."""
    return "-" if end == math.inf else str(max(math.ceil(end - now), 1))
