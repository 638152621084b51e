"""A name server on the loopback that knows what it is told, and can be silent or broken."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dnslib import AAAA, PTR, QTYPE, RCODE, RR, A, DNSRecord
from dnslib.server import DNSLogger, DNSServer

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {"PTR": PTR, "A": A, "AAAA": AAAA}


@dataclass
class Names:
    """What is known, by name and kind; of a broken name only SERVFAIL is said."""

    known: dict[tuple[str, str], tuple[str, ...]]
    broken: frozenset[str] = frozenset()
    place: str = ""  # host:port
    asked: list[str] = field(default_factory=list)

    def resolve(self, request: DNSRecord, _: object) -> DNSRecord:
        """Answer one question; `dnslib` calls it."""
        reply, name = request.reply(), str(request.q.qname).rstrip(".")
        kind = QTYPE[request.q.qtype]
        self.asked.append(name)
        for text in self.known.get((name, kind), ()):
            reply.add_answer(RR(name, request.q.qtype, rdata=KINDS[kind](text)))
        if name in self.broken:
            reply.header.rcode = RCODE.SERVFAIL
        elif name not in {known for known, _ in self.known}:
            reply.header.rcode = RCODE.NXDOMAIN
        return reply


@contextmanager
def name_server(names: Names) -> Iterator[Names]:
    """Serve names over UDP for a while."""
    server = DNSServer(names, address="127.0.0.1", port=0, logger=DNSLogger("-request,-reply"))
    server.start_thread()
    names.place = f"127.0.0.1:{server.server.server_address[1]}"
    try:
        yield names
    finally:
        server.stop()
        server.server.server_close()
        server.thread.join()
