"""A TAXII client reads what is in force, page by page, and that it is in force no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taxii2client.v21 import Collection, Server, as_pages

from tests.services.ports import HOST, free_port, until
from tests.streams.serving.served import send, serving, tell

if TYPE_CHECKING:
    from tests.services.shared import SharedKafka

ONE, TWO = "203.0.113.7", "203.0.113.99"


def patterns(collection: Collection) -> list[str]:
    pages = as_pages(collection.get_objects, per_request=1)
    found = [each for page in pages for each in page.get("objects", ())]
    return [each["pattern"].split("'")[1] for each in found if each["type"] == "indicator"]


def test_a_client_discovers_reads_and_lets_go(kafka: SharedKafka) -> None:
    topic = kafka.fresh("blocklist")
    tell(kafka.bootstrap, topic, ONE, TWO)
    with serving(kafka.bootstrap, topic) as (client, service):
        until(lambda: client.ask("/ready").status == 200, "readiness")
        # A root has a connection of its own.
        with Server(f"http://{HOST}:{client.port}/taxii2/") as server, server.default as root:
            found = {each.title: each for each in root.collections}
            blocked = found.pop("Hedgerow: block")
            first, milder = patterns(blocked), [patterns(each) for each in found.values()]
            manifest = blocked.get_manifest()["objects"]
            send(kafka.bootstrap, topic, (ONE, None))
            until(lambda: len(service.posted) == 1, "one entry")
            since = max(each["date_added"] for each in manifest)
            (revoked,) = blocked.get_objects(added_after=since)["objects"]

    assert first == [f"{ONE}/32", f"{TWO}/32"]
    assert len(manifest) == 3
    assert (revoked["pattern"], revoked["revoked"]) == (f"[ipv4-addr:value = '{ONE}/32']", True)
    assert milder == [[]] * 3


def test_a_collection_that_is_not_there_and_a_wish_that_cannot_be_read_are_refused(
    kafka: SharedKafka,
) -> None:
    with serving(kafka.bootstrap, kafka.fresh("blocklist")) as (client, _):
        until(lambda: client.ask("/ready").status == 200, "readiness")
        listed = client.ask("/taxii2/hedgerow/collections/").body.decode()
        name = listed.split('"id":"')[1].partition('"')[0]
        place = "/taxii2/hedgerow/collections"
        answers = [
            client.ask(f"{place}/none/objects/"),
            client.ask(f"{place}/{name}/objects/?limit=all"),
        ]

    assert [answer.status for answer in answers] == [404, 400]
    assert b"limit: expected a number from 1 up, saw 'all'" in answers[1].body


def test_while_nobody_knows_what_is_in_force_it_sends_no_objects() -> None:
    with serving(f"127.0.0.1:{free_port()}", "blocklist") as (client, _):
        until(lambda: client.ask("/health").status == 200, "an answer")

        assert client.ask("/taxii2/").status == 503
