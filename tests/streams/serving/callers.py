"""Callers: people and machines with a key each, who ask a service; and what they ask of."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from typing import TYPE_CHECKING, Any, NamedTuple

from streams.admission import Admission
from streams.serving.keyring import changing, made
from streams.serving.keys import Role
from tests.services.ports import HOST, until
from tests.streams.serving.served import Answer, clock, serving

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator
    from pathlib import Path

    from streams.serving.service import Serving
    from tests.services.shared import SharedKafka

PEOPLE = {
    "ann": Role.APPROVER,
    "bob": Role.APPROVER,
    "kim": Role.ANALYST,
    "edl": Role.FEED,
    "fw1": Role.BOUNCER,
    "sue": Role.AUDITOR,
}


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks; without a key like anyone."""

    port: int
    key: str = ""
    tls: ssl.SSLContext | None = None

    def ask(self, method: str, path: str, said: object = None) -> Answer:
        """Ask once; what is *said* goes as JSON, bytes as they are."""
        line = (
            HTTPSConnection(HOST, self.port, timeout=10, context=self.tls)
            if self.tls
            else HTTPConnection(HOST, self.port, timeout=10)
        )
        body = said if said is None or isinstance(said, bytes) else json.dumps(said).encode()
        try:
            line.request(method, path, body, {"X-Api-Key": self.key} if self.key else {})
            got = line.getresponse()
            headers = {name.lower(): value for name, value in got.getheaders()}
            return Answer(got.status, headers, got.read())
        finally:
            line.close()

    def order(self, verb: str, target: str, **more: object) -> tuple[int, Any]:
        """Give an order; give the status, and what was answered."""
        said = {"verb": verb, "target": target, "reason": "because", **more}
        got = self.ask("POST", "/orders", said)
        return got.status, json.loads(got.body)

    def approve(self, name: str) -> tuple[int, Any]:
        """Be the second person."""
        got = self.ask("POST", f"/orders/{name}/approval", {"reason": "seen it"})
        return got.status, json.loads(got.body)


class Desk(NamedTuple):
    """A service, and those who ask it."""

    serving: Serving
    people: dict[str, Caller]
    port: int


def keyring(path: Path) -> dict[str, str]:
    """Make a key for each of PEOPLE; give their texts."""
    with changing(path) as kept:
        found = {name: made(name, role, int(clock() * 1000)) for name, role in PEOPLE.items()}
        kept.update({key.id: key for key, _ in found.values()})
    return {name: text for name, (_, text) in found.items()}


@contextmanager
def desk(kafka: SharedKafka, folder: Path, **more: Any) -> Iterator[Desk]:  # noqa: ANN401 - fields of Serving
    """Run a service with topics of its own, keys, and an audit file."""
    texts = keyring(folder / "keys")
    admission = Admission(
        str(folder / "keys"), str(folder / "audit.ndjson"), key_rate=0, address_rate=0
    )
    topics = {name: kafka.fresh(name) for name in ("blocklist", "orders", "audit")}
    with serving(
        kafka.bootstrap, topics["blocklist"], admission=admission,
        orders=topics["orders"], audit=topics["audit"], **more,
    ) as (client, service):  # fmt: skip
        until(lambda: client.ask("/ready").status == 200, "readiness")
        callers = {name: Caller(client.port, text) for name, text in texts.items()}
        yield Desk(service, callers, client.port)
