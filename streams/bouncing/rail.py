"""Rail: whom no firewall is made to refuse, whatever it is told; the last check before it is."""

from __future__ import annotations

from pathlib import Path
from socket import gaierror, getaddrinfo
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from access.addresses import NEVER_ACTORS
from enforcement.cover import Span, joined, span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Addresses in the widest entry that is taken: nothing Hedgerow decides is wider than /24 or /48,
# and a wider one is a slip of somebody's hand.
WIDEST = {4: 1 << (32 - 16), 6: 1 << (128 - 32)}
FOUR, SIX = Path("/proc/net/fib_trie"), Path("/proc/net/if_inet6")


def too_wide(place: Span) -> bool:
    """Tell whether somebody's slip would refuse a part of the internet."""
    return place.last - place.first + 1 > WIDEST[place.version]


def untouchable(own: Iterable[str]) -> list[Span]:
    """List what is never refused: private space, and this host: of IPv6 its /64, as everywhere."""
    return joined(map(span, (*NEVER_ACTORS, *own)))


def own_addresses() -> list[str]:
    """List the addresses of this host, as its kernel says them."""
    return [*_four(_read(FOUR)), *_six(_read(SIX))]


def addresses_of(url: str) -> list[str]:
    """List the addresses of the source: refused, it could never say that this was wrong."""
    host = urlsplit(url).hostname
    try:
        found = getaddrinfo(host, None) if host else []
    except gaierror:
        return []
    return sorted({str(each[4][0]).partition("%")[0] for each in found})


def _four(text: str) -> Iterator[str]:
    """Read the kernel's routing tree: an address, then "/32 host LOCAL" where it is ours."""
    address = ""
    for line in text.splitlines():
        words = line.split()
        if len(words) == 2 and words[0] in {"|--", "+--"}:
            address = words[1]
        elif words[-2:] == ["host", "LOCAL"]:
            yield address


def _six(text: str) -> Iterator[str]:
    for line in text.splitlines():
        digits = line.split()[0]
        yield ":".join(digits[at : at + 4] for at in range(0, 32, 4))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # a kernel without IPv6 has no such file
        return ""
