"""Exact: read the target of an order only in the spellings that nobody can mistake.

What is blocked by order has to be what whoever reads the order thinks of. So here is refused what
`aimed` forgives: other notations of IPv4, netmasks, zones, IPv4 inside IPv6, hidden characters.
"""

from __future__ import annotations

import re
from ipaddress import IPv6Network, ip_network
from typing import TYPE_CHECKING

from enforcement.targets import NAMED, aimed

if TYPE_CHECKING:
    from actors.frame import Scope

LONGEST = 512  # characters of a session or an account; chosen: what a header line holds many times
FOUR = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}(/(0|[1-9][0-9]?))?")
SIX = re.compile(r"[0-9A-Fa-f:]*:[0-9A-Fa-f:]*(/(0|[1-9][0-9]{0,2}))?")
AUTONOMOUS = re.compile(r"(as|asn)[:\s]?[0-9]+", re.IGNORECASE)
EMBEDDING = IPv6Network("::/64")  # of IPv6 the first: mapped and compatible IPv4, loopback


def exact(text: str) -> tuple[Scope, str]:
    """Read a target as `aimed` does; ValueError shows it, and says what is not exact about it."""
    flaw = hidden(text) or (unnamed(text) if named(text) else misspelt(text))
    if flaw:
        msg = f"not a target that orders take: {text[:LONGEST]!r} ({flaw})"
        raise ValueError(msg)
    return aimed(text)


def check_ground(text: str) -> None:
    """Refuse a ground to undo by (rules, a detector) that names nothing, or hides something."""
    if flaw := hidden(text) or unnamed(text):
        msg = f"not a ground that orders take: {text[:LONGEST]!r} ({flaw})"
        raise ValueError(msg)


def named(text: str) -> bool:
    """Tell whether a session, an account or a cohort is meant."""
    return text.startswith(tuple(NAMED))


def hidden(text: str) -> str:
    """Say what stands there that one cannot see."""
    if not text.isprintable():
        return "it holds line ends, control or invisible characters"
    return "it has white space around it" if text != text.strip() else ""


def unnamed(text: str) -> str:
    """Say what is wrong with the name of a session, an account, a cohort, or of a ground."""
    if len(text) > LONGEST:
        return f"longer than {LONGEST} characters"
    return "" if text.partition(":")[2].strip() else "it names nobody"


def misspelt(text: str) -> str:
    """Say what is wrong with an address or CIDR, as far as its spelling goes."""
    if AUTONOMOUS.fullmatch(text):
        return "an autonomous system is many networks: only block and release take it, as AS64500"
    if not text.isascii():
        return "digits other than 0 to 9 look like those, and are none"
    if "%" in text:
        return "a zone names a network card of one machine"
    if "." in text and ":" in text:
        return "IPv4 inside IPv6: write the IPv4 address alone"
    if not (FOUR.fullmatch(text) or SIX.fullmatch(text)):
        return "not an address or CIDR; four decimal numbers, or IPv6, with /bits if anything"
    return embedded(text)


def embedded(text: str) -> str:
    """Say if it is everybody, or an IPv4 address in disguise."""
    try:
        network = ip_network(text)
    except ValueError as error:
        return f"not an address or CIDR: {error}"
    if network.prefixlen == 0:
        return "that is everybody"
    if isinstance(network, IPv6Network) and network.overlaps(EMBEDDING):
        return "it holds IPv4 inside IPv6: write the IPv4 address alone"
    return ""
