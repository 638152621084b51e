"""nftables: a table of our own, in which one transaction replaces all sets at once.

Its sets do not overlap and `auto-merge` is off: with it the kernel mixes up when entries end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from ipaddress import ip_address, summarize_address_range
from typing import TYPE_CHECKING, Any

import msgspec

from streams.bouncing.plan import REFUSED, WORDS, set_of
from streams.bouncing.target import Refused, ran

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from streams.bouncing.plan import Held, Plan
    from streams.bouncing.slots import Room

KINDS = {4: "ipv4_addr", 6: "ipv6_addr"}
FIELDS = {4: "ip", 6: "ip6"}
# Before connections are tracked, for this host and those behind it alike.
CHAIN = "type filter hook prerouting priority -300; policy accept;"


@dataclass(frozen=True, slots=True)
class Nftables:
    """The sets `block4`, `block6`, `throttle4` … of one table; the refused are dropped."""

    table: str = "hedgerow"
    nft: tuple[str, ...] = ("nft",)
    ends: bool = True
    rest: float = 0.0
    room: Room | None = None

    def apply(self, plan: Plan, now: float) -> None:
        """Replace all sets in one transaction."""
        ran([*self.nft, "-f", "-"], "\n".join(self.script(plan, now)) + "\n")

    def script(self, plan: Plan, now: float) -> Iterator[str]:
        """Write what `nft -f` reads; what is there already is added without harm."""
        yield f"add table inet {self.table}"
        for word in WORDS:
            for version, kind in KINDS.items():
                name = f"inet {self.table} {word}{version}"
                yield f"add set {name} {{ type {kind}; flags interval, timeout; }}"
                yield f"flush set {name}"
                if elements := ", ".join(_elements(plan.lists[word], version, now)):
                    yield f"add element {name} {{ {elements} }}"
        yield f"add chain inet {self.table} refuse {{ {CHAIN} }}"
        yield f"flush chain inet {self.table} refuse"
        for version, field in FIELDS.items():
            counted = f"{REFUSED}ed{version}"  # outlasts the rule, which is written anew
            yield f"add counter inet {self.table} {counted}"
            matched = f"{field} saddr @{REFUSED}{version} counter name {counted} drop"
            yield f"add rule inet {self.table} refuse {matched}"

    def held(self) -> str | None:
        """Read the sets of the refused back from the kernel."""
        try:
            listed = [
                ran([*self.nft, "-j", "list", "set", "inet", self.table, f"{REFUSED}{version}"])
                for version in KINDS
            ]
        except Refused:
            return None
        return set_of(cidr for text in listed for cidr in _cidrs(text))

    def remove(self) -> None:
        """Delete the table, whether it is there or not."""
        ran(
            [*self.nft, "-f", "-"],
            f"add table inet {self.table}\ndelete table inet {self.table}\n",
        )


def _elements(held: Iterable[Held], version: int, now: float) -> Iterator[str]:
    for cidr, end in held:
        if (":" in cidr) == (version == 6):
            text = cidr.removesuffix("/32") if version == 4 else cidr
            left = max(math.ceil((end - now) * 1000), 1) if end < math.inf else 0
            yield f"{text} timeout {left}ms" if left else text


def _cidrs(text: str) -> Iterator[str]:
    """Read the elements of `nft -j list set`."""
    found: list[dict[str, Any]] = msgspec.json.decode(text)["nftables"]
    listed = next(each["set"] for each in found if "set" in each)
    for element in listed.get("elem", ()):
        value = (
            element["elem"]["val"] if isinstance(element, dict) and "elem" in element else element
        )
        yield from _written(value)


def _written(value: Any) -> Iterator[str]:  # noqa: ANN401 - as JSON has it
    if isinstance(value, str):
        yield value
    elif "prefix" in value:
        yield f"{value['prefix']['addr']}/{value['prefix']['len']}"
    else:
        first, last = map(ip_address, value["range"])
        yield from map(str, summarize_address_range(first, last))
