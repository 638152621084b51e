"""`hedgerow serve` over a real broker: never an empty list for want of knowledge."""

from __future__ import annotations

import gzip
import json
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from feeds.roster import FEEDS
from streams.serving import application, feeding
from tests.services.ports import free_port, until
from tests.streams.serving.served import send, serving, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streams.serving.service import Serving
    from tests.services.kafka import KafkaBroker
    from tests.services.shared import SharedKafka
    from tests.streams.serving.served import Client

ONE, TWO = "203.0.113.7", "203.0.113.99"
SIX = "2001:db8:1:2::/64"
LISTED = ["203.0.113.7/32", "203.0.113.99/32"]


@contextmanager
def told(kafka: SharedKafka, *targets: str) -> Iterator[tuple[Client, Serving, str]]:
    """Serve a topic of our own that holds blocks of *targets*, as soon as it is known."""
    topic = kafka.fresh("blocklist")
    tell(kafka.bootstrap, topic, *targets)
    with serving(kafka.bootstrap, topic) as (client, service):
        until(lambda: client.ask("/ready").status == 200, "readiness")
        yield client, service, topic


def test_every_feed_is_served_whole_with_its_set_and_its_tag(kafka: SharedKafka) -> None:
    with told(kafka, ONE, TWO) as (client, service, _):
        for feed in FEEDS:
            answer, again = client.ask(f"/{feed.name}"), client.ask(f"/{feed.name}", "HEAD")
            packed = client.ask(f"/{feed.name}", accept_encoding="gzip")

            assert answer.body == feed.render(service.posted.standing())
            assert gzip.decompress(packed.body) == answer.body
            assert packed.headers["etag"] != answer.headers["etag"]
            assert answer.headers["x-hedgerow-count"] == "2"
            assert answer.headers["x-hedgerow-set"] == service.posted.standing().name
            assert answer.headers["content-type"] == feed.media
            assert (again.status, again.body) == (200, b"")
            assert again.headers == answer.headers | {"date": again.headers["date"]}


def test_a_client_is_told_the_part_it_wishes_for(kafka: SharedKafka) -> None:
    with told(kafka, ONE, "203.0.113.9", SIX) as (client, _, _):
        four = client.ask("/blocklist.txt?ipv4only&most=1")
        six = client.ask("/blocklist.edl?ipv6only")
        slow = client.ask("/blocklist.txt?action=throttle")

    assert four.body.splitlines()[-1] == b"203.0.113.7/32"
    assert (four.headers["x-hedgerow-count"], four.headers["x-hedgerow-left-out"]) == ("1", "1")
    assert six.body == f"{SIX}\n".encode()
    assert slow.body.startswith(b"# Hedgerow throttle list\n# entries: 0\n")
    assert len({answer.headers["etag"] for answer in (four, six, slow)}) == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("blocklist.txt?most=many", "most: expected a number of entries from 1 to 10000000"),
        ("blocklist.txt?ip4only", "'ip4only': unknown parameter; known here: action, most"),
        ("blocklist.nft?ipv4only", "'ipv4only': unknown parameter; known here: action, most"),
        ("blocklist.json?action=block", "'action': unknown parameter; known here: none"),
    ],
)
def test_a_wish_that_cannot_be_read_is_refused_and_no_list_sent(asked: str, said: str) -> None:
    with serving(f"127.0.0.1:{free_port()}", "blocklist") as (client, _):
        until(lambda: client.ask("/health").status == 200, "an answer")
        answer = client.ask(f"/{asked}")

    assert answer.status == 400
    assert said in answer.body.decode()


def test_who_has_it_is_not_sent_it_again_until_a_byte_changes(kafka: SharedKafka) -> None:
    with told(kafka, ONE) as (client, _, topic):
        had = client.ask("/blocklist.txt").headers
        tag, since = had["etag"], had["last-modified"]
        by_tag = client.ask("/blocklist.txt", if_none_match=f'"x", {tag}')
        by_time = client.ask("/blocklist.txt", if_modified_since=since)
        tell(kafka.bootstrap, topic, TWO)
        until(lambda: client.entries() == LISTED, "two entries")

        assert [(a.status, a.body) for a in (by_tag, by_time)] == [(304, b"")] * 2
        assert client.ask("/blocklist.txt", if_none_match=tag).status == 200


def test_an_entry_ends_by_the_clock_without_a_tombstone_and_with_one_at_once(
    kafka: SharedKafka,
) -> None:
    with told(kafka, ONE) as (client, _, topic):
        tell(kafka.bootstrap, topic, TWO)
        until(lambda: client.entries() == LISTED, "two entries")
        tell(kafka.bootstrap, topic, TWO, lasts=1)
        until(lambda: client.entries() == LISTED[:1], "one entry")
        send(kafka.bootstrap, topic, (ONE, None))
        until(lambda: client.entries() == [], "none")


def test_while_nobody_knows_what_is_in_force_it_sends_no_list() -> None:
    with serving(f"127.0.0.1:{free_port()}", "blocklist") as (client, _):
        until(lambda: client.ask("/health").status == 200, "an answer")
        answers = [client.ask(path) for path in ("/ready", "/blocklist.txt", "/events")]

        assert [(a.status, a.headers["retry-after"]) for a in answers] == [(503, "1")] * 3
        assert all(answer.body for answer in answers)


def test_events_tell_all_then_each_change_and_go_on_where_one_left(kafka: SharedKafka) -> None:
    with told(kafka, ONE) as (client, _, topic):
        with client.events() as heard:
            first = next(heard)
            tell(kafka.bootstrap, topic, TWO)
            added = next(heard)
        send(kafka.bootstrap, topic, (ONE, None))
        until(lambda: client.entries() == LISTED[1:], "one entry")
        with client.events(last_event_id=added["id"]) as heard:
            removed = next(heard)
        with client.events(last_event_id="0-1") as heard:
            anew = next(heard)

        assert [e["event"] for e in (first, added, removed, anew)] == [
            "snapshot", "add", "remove", "snapshot",
        ]  # fmt: skip
        assert json.loads(first["data"])["refused"] == LISTED[:1]
        assert json.loads(added["data"])["target"] == TWO
        assert json.loads(removed["data"]) == {"target": ONE, "scope": "address"}
        assert json.loads(anew["data"])["refused"] == LISTED[1:]


def test_who_goes_is_forgotten(kafka: SharedKafka) -> None:
    with told(kafka, ONE) as (client, service, _):
        with client.events() as heard:
            next(heard)
            during = len(service.hub)
        until(lambda: len(service.hub) == 0, "nobody left")

    assert during == 1


def test_the_broker_gone_what_is_in_force_is_served_and_its_age_said(
    own_kafka: KafkaBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeding, "STALE", 2.0)
    topic = own_kafka.fresh("blocklist")
    tell(own_kafka.bootstrap, topic, ONE)
    with serving(own_kafka.bootstrap, topic) as (client, _):
        until(lambda: client.ask("/ready").status == 200, "readiness")
        own_kafka.kill9()
        until(lambda: "x-hedgerow-stale" in client.ask("/blocklist.txt").headers, "its age")
        during = client.entries()
        own_kafka.start()
        tell(own_kafka.bootstrap, topic, TWO)
        until(lambda: client.entries() == LISTED, "two entries")
        until(lambda: "x-hedgerow-stale" not in client.ask("/blocklist.txt").headers, "news")

        assert during == LISTED[:1]


def test_an_answer_is_not_kept_back_until_its_head_is_acknowledged() -> None:
    with serving(f"127.0.0.1:{free_port()}", "blocklist") as (client, _):
        until(lambda: client.ask("/health").status == 200, "an answer")
        line, took = HTTPConnection("127.0.0.1", client.port), []
        for _ in range(20):  # the first ones of a connection are acknowledged at once
            began = time.monotonic()  # noqa: TID251 - measures a program
            line.request("GET", "/health")
            line.getresponse().read()
            took.append(time.monotonic() - began)  # noqa: TID251
        line.close()

    assert min(took[10:]) < 0.03  # else 40 ms each


def test_metrics_say_how_it_is(kafka: SharedKafka) -> None:
    with told(kafka, ONE) as (client, _, _):
        client.ask("/blocklist.txt")
        text = client.ask("/metrics").body.decode()

    assert 'hedgerow_feed_requests_total{feed="blocklist.txt",status="2xx"} 1.0' in text
    assert 'hedgerow_projection_entries{projection="serve"} 1.0' in text


def test_its_contract_names_every_path(kafka: SharedKafka) -> None:
    with told(kafka, ONE) as (client, service, _):
        contract = json.loads(client.ask("/openapi.json").body)
        routes = {r.path.replace(":path", "") for r in application.application(service).routes}  # type: ignore[attr-defined]

    assert contract["paths"].keys() == routes
    assert contract["openapi"] == "3.1.0"
