"""ipset: sets that iptables rules match; each is written beside the one in use, then swapped in."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streams.bouncing.plan import REFUSED, WORDS, set_of
from streams.bouncing.target import Refused, ran

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.bouncing.plan import Held, Plan
    from streams.bouncing.slots import Room

FAMILIES = {4: "inet", 6: "inet6"}
LONGEST = 2_147_483  # seconds; the longest timeout that ipset knows
ROOM = 65_536  # entries in a set, or twice as many as there are
ADDED = re.compile(r"^add \S+ (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Ipset:
    """The sets `hedgerow-block4`, `hedgerow-throttle6` …; which rules match them is not ours."""

    prefix: str = "hedgerow"
    ipset: tuple[str, ...] = ("ipset",)
    ends: bool = True
    rest: float = 0.0
    room: Room | None = None

    def apply(self, plan: Plan, now: float) -> None:
        """Write new sets, then swap all of them in."""
        ran([*self.ipset, "restore"], "\n".join(self.script(plan, now, self.there())) + "\n")

    def script(self, plan: Plan, now: float, there: set[str]) -> Iterator[str]:
        """Write what `ipset restore` reads; swaps come last, when all else has worked.

        A set that is there may have other room than a new one, and is not made again.
        """
        for name, version, held in self._sets(plan):
            if f"{name}-new" in there:
                yield f"destroy {name}-new"
            room = max(ROOM, 2 * len(held))
            made = f"hash:net family {FAMILIES[version]} maxelem {room} timeout 0"
            yield f"create {name}-new {made}"
            yield from _elements(f"{name}-new", held, version, now)
            if name not in there:
                yield f"create {name} {made}"
        for name, _, _ in self._sets(plan):
            yield f"swap {name}-new {name}"
        for name, _, _ in self._sets(plan):
            yield f"destroy {name}-new"

    def held(self) -> str | None:
        """Read the sets of the refused back from the kernel."""
        try:
            saved = [ran([*self.ipset, "save", f"{self.prefix}-{REFUSED}{v}"]) for v in FAMILIES]
        except Refused:
            return None
        return set_of(cidr for text in saved for cidr in ADDED.findall(text))

    def there(self) -> set[str]:
        """Name the sets that are there."""
        return set(ran([*self.ipset, "list", "-name"]).split())

    def remove(self) -> None:
        """Destroy the sets; Refused while a rule still matches one: take that away first."""
        there = self.there()
        for name, _, _ in self._sets(None):
            for each in (f"{name}-new", name):
                if each in there:
                    ran([*self.ipset, "destroy", each])

    def _sets(self, plan: Plan | None) -> Iterator[tuple[str, int, tuple[Held, ...]]]:
        for word in WORDS:
            for version in FAMILIES:
                yield f"{self.prefix}-{word}{version}", version, plan.lists[word] if plan else ()


def _elements(name: str, held: Iterable[Held], version: int, now: float) -> Iterator[str]:
    for cidr, end in held:
        if (":" in cidr) == (version == 6):
            left = math.ceil(end - now) if end < math.inf else 0  # 0: for ever
            yield f"add {name} {cidr} timeout {min(max(left, 1), LONGEST) if left else 0}"
