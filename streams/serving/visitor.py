"""Visitor: who a proxy says it asks about, from the headers that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from actors.frame import Scope
from enforcement.cover import Span, holds, joined, span
from enforcement.lookup import harder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from enforcement.lookup import Lookup
    from enforcement.standing import Entry
    from streams.checking import Checking

    Headers = Iterable[tuple[bytes, bytes]]  # names in lower case, as ASGI gives them


class Visitor(NamedTuple):
    """Who asks for a picture; what is not known is empty."""

    address: str
    session: str
    account: str

    def found(self, lookup: Lookup) -> Entry | None:
        """Find the hardest that is done about any of it."""
        entry = lookup.around(self.address) if self.address else None
        if self.session:
            entry = harder(entry, lookup.called(Scope.SESSION, self.session))
        if self.account:
            entry = harder(entry, lookup.called(Scope.ACCOUNT, self.account))
        return entry


class Reading:
    """Reads visitors from headers."""

    def __init__(self, checking: Checking) -> None:
        """Believe the headers that *checking* names."""
        words = (checking.address, checking.session, checking.account)
        self._names = [word.lower().encode("latin-1") for word in words]
        self._proxies = joined(map(span, checking.proxies))

    def visitor(self, headers: Headers) -> Visitor:
        """Read who visits; of a header that comes twice the last is the nearest proxy's."""
        said: dict[bytes, str] = {}
        for name, value in headers:
            if name in self._names:
                text = value.decode("latin-1")
                said[name] = f"{said[name]},{text}" if name in said else text
        address, session, account = (said.get(name, "") for name in self._names)
        return Visitor(nearest(address, self._proxies), session, account)


def nearest(chain: str, proxies: Sequence[Span]) -> str:
    """Name the last address of a chain that is no proxy's; "" where it is no address."""
    for text in reversed(chain.split(",")):
        address = bare(text.strip())
        try:
            place = span(address)
        except ValueError:
            return ""
        if "/" in address:  # a network is nobody
            return ""
        if not (proxies and holds(proxies, place)):
            return address
    return ""


def bare(text: str) -> str:
    """Leave a port out: "203.0.113.7:4242", "[2001:db8::1]:4242"."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
