"""Debian's crowdsec-firewall-bouncer and nftables: the banned are refused, the released let in."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.services.crowdsec import firewall_bouncer
from tests.services.namespaces import HERE, VISITORS, apart, inside, namespaced
from tests.services.ports import HOST, until
from tests.streams.serving.served import send, serving, tell
from tests.streams.serving.test_bouncers import KEY, place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.shared import SharedKafka

HARVESTER, READER = VISITORS
AROUND = "203.0.113.0/28"  # the harvester, and not the reader
ROOM = 4096  # visitors: with a full house nobody is let in, firewall or not
PATIENCE = 0.2  # seconds until a connection is held to be refused; here it takes a millisecond
clock = time.perf_counter  # noqa: TID251 - what is measured is how long it takes


@dataclass(frozen=True, slots=True)
class Gate:
    """A site behind the firewall."""

    away: str
    port: int

    def lets_in(self, visitor: str) -> bool:
        """Let a visitor come from outside."""

        def come() -> bool:
            try:
                line = socket.create_connection((HERE, self.port), PATIENCE, (visitor, 0))
            except OSError:
                return False
            line.close()
            return True

        return inside(self.away, come)

    def refuses(self, visitor: str) -> bool:
        """Let nothing of a visitor come through."""
        return not self.lets_in(visitor)


def opened(host: str, address: str, port: int = 0) -> socket.socket:
    """Listen in a namespace; nobody takes the site's visitors in, so there is room for many."""
    return inside(host, lambda: socket.create_server((address, port), backlog=ROOM))


def seconds(what: str, gate: Gate) -> float:
    """Wait until the harvester is let in, or refused; tell how long that took."""
    begun = clock()
    look = gate.lets_in if what == "let in" else gate.refuses
    until(lambda: look(HARVESTER), f"the harvester is {what}", 10)
    return clock() - begun


@namespaced("crowdsec-firewall-bouncer")
def test_the_banned_are_refused_and_the_released_let_in_through_restarts(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic, crowdsec, bootstrap = kafka.fresh("blocklist"), place(tmp_path), kafka.bootstrap
    took: dict[str, float] = {}
    with ExitStack() as stack:
        host, away = stack.enter_context(apart())
        site = stack.enter_context(opened(host, HERE))
        gate = Gate(away, site.getsockname()[1])
        with serving(bootstrap, topic, crowdsec, opened(host, HOST)) as (client, service):
            until(lambda: service.subscription.knows, "what is in force")
            bouncer = stack.enter_context(
                firewall_bouncer(tmp_path / "bouncer", host, client.port, KEY)
            )
            before = gate.lets_in(HARVESTER)
            tell(bootstrap, topic, HARVESTER)
            took["banned"] = seconds("refused", gate)
            reader = gate.lets_in(READER)
            send(bootstrap, topic, (HARVESTER, None))
            took["released"] = seconds("let in", gate)
            tell(bootstrap, topic, AROUND, network=True)
            took["range banned"] = seconds("refused", gate)
            bouncer.stop()
            bouncer.start()
            until(lambda: bouncer.said().count("16 decisions added") == 2, "all of the range again")
            reader &= gate.lets_in(READER)
        meanwhile = gate.refuses(HARVESTER)
        send(bootstrap, topic, (AROUND, None))
        with serving(bootstrap, topic, crowdsec, opened(host, HOST, client.port)):
            took["released, serve restarted"] = seconds("let in", gate)
    print({name: round(value, 2) for name, value in took.items()})  # noqa: T201 - see docs/firewalls/crowdsec.md

    assert before
    assert reader
    assert meanwhile
    assert max(took["banned"], took["released"]) < 5
