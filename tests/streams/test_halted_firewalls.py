"""A halt empties firewalls that hear of it from the service, and these say so themselves."""

from __future__ import annotations

import sys
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from streams.bouncing.command import Command
from streams.bouncing.fitting import source_of
from streams.bouncing.knobs import Bouncer
from streams.bouncing.running import run
from streams.commands.emptied import troubles_of
from streams.commands.enforced import enforcing_of
from streams.deciding import Deciding
from streams.infrastructure import Service
from streams.settings import Settings
from streams.wire.orders import Verb
from tests.services.ports import HOST, until
from tests.streams.bouncing.origin import clock
from tests.streams.deciders import ONE, decided, wished
from tests.streams.serving.served import send, serving

if TYPE_CHECKING:
    from pathlib import Path

    from tests.services.shared import SharedKafka

KEEP = "import sys; open(sys.argv[1], 'w').write(sys.stdin.read())"


@pytest.mark.parametrize("path", ["/events", "/blocklist.json"])
def test_a_halt_empties_a_firewall_and_is_acknowledged(
    kafka: SharedKafka, tmp_path: Path, path: str
) -> None:
    topic, deciding, stopped = kafka.fresh("blocklist"), Deciding(), Event()
    now, listed = int(clock()), tmp_path / "list"
    knobs = replace(Bouncer(check=1), name="edge", state=str(tmp_path))
    with serving(kafka.bootstrap, topic) as (client, _):
        service = Service(host=HOST, port=client.port)
        url = f"http://{HOST}:{client.port}"
        command = Command((sys.executable, "-c", KEEP, str(listed)))
        enforcing = enforcing_of(("command", command), knobs, url, None)
        source = source_of(f"{url}{path}", replace(Settings(), bouncer=knobs))
        bouncer = Thread(target=run, args=(enforcing, source, stopped.is_set, lambda _: None))
        bouncer.start()
        try:
            send(kafka.bootstrap, topic, *deciding.decide(decided(at=now), now * 1000))
            until(lambda: listed.exists() and ONE in listed.read_text(), "a block")
            before = troubles_of(service, knobs)
            halt = wished(Verb.HALT, "everything", at=now)
            send(kafka.bootstrap, topic, *deciding.order(halt, now * 1000 + 1))
            until(lambda: not troubles_of(service, knobs), "acknowledged")
        finally:
            stopped.set()
            bouncer.join(10)

    assert before == ["not acknowledged: the service does not know of the halt yet"]
    assert ONE not in listed.read_text()
