"""Hosts: ranges written out address by address, for machines that know no ranges."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import TYPE_CHECKING

from enforcement.cover import span
from enforcement.rungs import Rung

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 4096  # addresses of a range; chosen: a /20, sixteen of the networks that are judged
ROOM = 1_000_000  # addresses in all; chosen: ten times the list that must be had


def is_host(cidr: str) -> bool:
    """Tell whether a CIDR is a single IPv4 address; of IPv6 nobody has a single one."""
    return cidr.endswith("/32") and ":" not in cidr


def hosts(rungs: Iterable[Rung]) -> tuple[list[Rung], int]:
    """Write ranges out, the narrowest first while there is room; count those left out."""
    found: list[Rung] = []
    left_out = 0
    for rung in sorted(rungs, key=width):
        if ":" in rung.cidr or width(rung) > min(WIDEST, ROOM - len(found)):
            left_out += 1
        elif is_host(rung.cidr):
            found.append(rung)
        else:
            found += [Rung(f"{host}/32", rung.action) for host in IPv4Network(rung.cidr)]
    return sorted(found, key=lambda rung: span(rung.cidr)), left_out


def width(rung: Rung) -> int:
    """Count the addresses of a rung."""
    return 1 << ((128 if ":" in rung.cidr else 32) - int(rung.cidr.rpartition("/")[2]))
