"""Debian's crowdsec-firewall-bouncer and nftables: the banned are refused, the released let in."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.services.crowdsec import firewall_bouncer
from tests.services.ports import HOST, allowed, until
from tests.services.programs import needs
from tests.services.town import HARVESTER, NEEDS_TOWN, READER, opened_at, town
from tests.streams.bouncing.gated import PATIENCE
from tests.streams.bouncing.gates import nftables
from tests.streams.serving.served import send, serving, tell
from tests.streams.serving.test_bouncers import KEY, place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.services.shared import SharedKafka

AROUND = "203.0.113.0/28"  # the harvester, and not the reader
clock = time.perf_counter  # noqa: TID251 - what is measured is how long it takes


def seconds(true: Callable[[str], bool]) -> float:
    """Wait until something is true of the harvester; tell for how long."""
    begun = clock()
    until(lambda: true(HARVESTER), "a change for the harvester")
    return clock() - begun


@NEEDS_TOWN
@needs("nft", "crowdsec-firewall-bouncer")
def test_the_banned_are_refused_and_the_released_let_in_through_restarts(
    kafka: SharedKafka, tmp_path: Path
) -> None:
    topic, crowdsec, bootstrap = kafka.fresh("blocklist"), place(tmp_path), kafka.bootstrap
    took: dict[str, float] = {}
    with ExitStack() as stack:
        built = stack.enter_context(town())
        gate = stack.enter_context(nftables(built, tmp_path))
        desk = opened_at(built.firewall, HOST, 0)
        with serving(bootstrap, topic, crowdsec, desk) as (client, service):
            until(lambda: service.subscription.knows, "what is in force")
            bouncer = stack.enter_context(
                firewall_bouncer(tmp_path / "bouncer", built.firewall, client.port, KEY)
            )
            before = gate.served(HARVESTER, PATIENCE)
            tell(bootstrap, topic, HARVESTER)
            took["banned"] = seconds(gate.refused)
            reader = gate.served(READER, PATIENCE)
            send(bootstrap, topic, (HARVESTER, None))
            took["released"] = seconds(gate.served)
            tell(bootstrap, topic, AROUND, network=True)
            took["range banned"] = seconds(gate.refused)
            bouncer.stop()
            bouncer.start()
            until(lambda: bouncer.said().count("16 decisions added") == 2, "all of the range again")
            reader &= gate.served(READER, PATIENCE)
        meanwhile = gate.refused(HARVESTER)
        send(bootstrap, topic, (AROUND, None))
        with serving(bootstrap, topic, crowdsec, opened_at(built.firewall, HOST, client.port)):
            took["released, serve restarted"] = seconds(gate.served)
    print({name: round(value, 2) for name, value in took.items()})  # noqa: T201 - see docs/firewalls/crowdsec.md

    assert before
    assert reader
    assert meanwhile
    assert max(took["banned"], took["released"]) < allowed(5)
