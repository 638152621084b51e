"""The service knows which firewall holds which set, as long as they say so."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import pytest

from streams.bouncing.knobs import Bouncer
from streams.bouncing.overview import Overview, summed
from streams.infrastructure import Service
from streams.serving.acks import MOST, SILENT, Acked, Acks
from tests.services.ports import HOST, until
from tests.streams.bouncing.origin import ending, origin
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.streams.bouncing.origin import Origin

ONE, OTHER = "1" * 16, "2" * 16


def acked(name: str = "gate", held: str = ONE) -> Acked:
    return Acked(name, "nftables", "v", held)


def stand(acks: Acks, published: str, now: float) -> list[tuple[str, float]]:
    return [(each.state, each.drift) for each in acks.standings(published, now)]


def test_who_holds_what_is_published_is_current_and_else_behind_since_then() -> None:
    acks = Acks()
    acks.take(acked(held=ONE), ONE, 100.0)

    assert stand(acks, ONE, 105.0) == [("current", 0.0)]
    acks.take(acked(held=ONE), OTHER, 107.0)
    assert stand(acks, OTHER, 109.0) == [("behind", 4.0)]
    acks.take(acked(held=OTHER), OTHER, 110.0)
    assert stand(acks, OTHER, 111.0) == [("current", 0.0)]


def test_who_says_nothing_any_more_is_silent_and_its_drift_goes_on() -> None:
    acks = Acks()
    acks.take(acked(), ONE, 100.0)

    assert stand(acks, ONE, 101.0 + SILENT) == [("silent", 1.0 + SILENT)]


def test_firewalls_have_a_bound() -> None:
    acks = Acks()
    taken = [acks.take(acked(f"gate-{n}"), ONE, 1.0) for n in range(MOST + 1)]

    assert taken == [True] * MOST + [False]
    assert acks.take(acked("gate-0", OTHER), ONE, 2.0)


@pytest.fixture
def served() -> Iterator[tuple[Client, Origin]]:
    with origin(lambda: socket.create_server((HOST, 0))) as said:
        yield Client(said.port), said


def post(port: int, body: bytes) -> int:
    with socket.create_connection((HOST, port), timeout=5) as line:
        head = f"POST /v1/acks HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
        line.sendall(head.encode() + body)
        return int(line.recv(1000).split()[1])


def test_an_acknowledgement_is_taken_listed_and_counted(served: tuple[Client, Origin]) -> None:
    client, said = served
    name = said.say(ending("203.0.113.7"))
    until(lambda: client.ask("/ready").status == 200, "a list")
    body = {"bouncer": "gate", "target": "nftables", "version": "v", "set": name, "count": 1}
    status = post(client.port, json.dumps(body).encode())
    listed = json.loads(client.ask("/v1/acks").body)
    metrics = client.ask("/metrics").body.decode()

    assert status == 204
    assert listed["set"] == name
    assert [(each["bouncer"], each["state"]) for each in listed["firewalls"]] == [
        ("gate", "current")
    ]
    assert 'hedgerow_bouncers{state="current"} 1.0' in metrics
    assert "hedgerow_bouncers_drift_seconds 0.0" in metrics


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"bouncer":"","target":"t","version":"v","set":""}',
        b'{"bouncer":"a b","target":"t","version":"v","set":""}',
        b'{"bouncer":"a","target":"t","version":"v","set":"203.0.113.7"}',
        b'{"bouncer":"a","target":"t","version":"v","set":"","more":1}',
        b'{"bouncer":"a","target":"%s","version":"v","set":""}' % (b"t" * 201),
        b" " * 5000,
    ],
)
def test_what_is_no_acknowledgement_is_refused(served: tuple[Client, Origin], body: bytes) -> None:
    client, _ = served

    assert post(client.port, body) == 400
    assert json.loads(client.ask("/v1/acks").body)["firewalls"] == []


def test_who_watches_is_told_how_the_firewalls_stand(served: tuple[Client, Origin]) -> None:
    client, said = served
    name = said.say(ending("203.0.113.7"))
    until(lambda: client.ask("/ready").status == 200, "a list")
    for gate, held in (("one", name), ("two", ONE)):
        body = {"bouncer": gate, "target": "nftables", "version": "v", "set": held}
        post(client.port, json.dumps(body).encode())
    overview = Overview.begin(Service(port=client.port), Bouncer())
    until(lambda: bool(overview.said), "an overview")

    assert overview.said.startswith("1 as published, 1 behind (for ")
    assert summed([]) == ""


def test_who_holds_as_much_as_there_is_room_for_is_current_as_long_as_it_is_of_that_set() -> None:
    acks = Acks()
    cut = Acked("edge", "fastly", "v", OTHER, count=1, without_room=7, whole=ONE)
    acks.take(cut, ONE, 100.0)

    assert stand(acks, ONE, 105.0) == [("current", 0.0)]
    assert [each.without_room for each in acks.standings(ONE, 105.0)] == [7]
    assert [state for state, _ in stand(acks, "3" * 16, 106.0)] == ["behind"]
