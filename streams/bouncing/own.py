"""Own: the addresses of this host and of whoever it hears from, which are never refused.

The kernel is asked by netlink (RTM_GETADDR): its tables in /proc hold every route, of which a
router may have a million.
"""

from __future__ import annotations

import socket
from ipaddress import ip_address
from struct import Struct
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HEADER = Struct("=LHHLL")  # of a message: length, type, flags, sequence, port
ADDRESS = Struct("=BBBBL")  # what it says of an address: family, prefix, flags, scope, interface
ATTRIBUTE = Struct("=HH")  # length, type
ASK, DONE, ERROR = 22, 3, 2  # RTM_GETADDR, NLMSG_DONE, NLMSG_ERROR
DUMP = 0x301  # NLM_F_REQUEST | NLM_F_DUMP
NAMED = {1, 2}  # IFA_ADDRESS, IFA_LOCAL; where they differ, one is the other end of a tunnel
PIECE = 1 << 16  # bytes; the kernel sends less at once


def own_addresses() -> list[str]:
    """List the addresses of this host, as its kernel says them; OSError where it does not."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as line:
        line.send(HEADER.pack(HEADER.size + 1, ASK, DUMP, 1, 0) + b"\0")
        found: set[str] = set()
        while True:
            for kind, body in _cut(line.recv(PIECE)):
                if kind in {DONE, ERROR}:
                    return sorted(found)
                found |= set(_addresses(body))


def addresses_of(place: str) -> list[str]:
    """List the addresses of a URL, or of host:port; none where its name is not known now."""
    host = urlsplit(place if "//" in place else f"//{place}").hostname
    try:
        found = socket.getaddrinfo(host, None) if host else []
    except OSError:
        return []
    return sorted({str(each[4][0]).partition("%")[0] for each in found})


def never_refused(*places: str) -> Callable[[], list[str]]:
    """Say how to find out whom this host must not refuse: itself, and where it hears from.

    Refused, its source could never say that this was wrong.
    """
    known: dict[str, list[str]] = {}

    def find() -> list[str]:
        for place in places:
            known[place] = known.get(place) or addresses_of(place)
        return [*own_addresses(), *(each for found in known.values() for each in found)]

    return find


def _cut(text: bytes) -> Iterator[tuple[int, bytes]]:
    """Cut what the kernel sent into messages."""
    while len(text) >= HEADER.size:
        length, kind, *_ = HEADER.unpack_from(text)
        yield kind, text[HEADER.size : length]
        text = text[_padded(length) :]


def _addresses(body: bytes) -> Iterator[str]:
    """Read the addresses in one message."""
    text = body[ADDRESS.size :]
    while len(text) >= ATTRIBUTE.size:
        length, kind = ATTRIBUTE.unpack_from(text)
        if kind in NAMED:
            yield str(ip_address(text[ATTRIBUTE.size : length]))
        text = text[_padded(length) :]


def _padded(length: int) -> int:
    return max((length + 3) & ~3, 4)
