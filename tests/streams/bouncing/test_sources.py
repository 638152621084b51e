"""A source tells all it knows, soon, and never less for want of knowledge."""

from __future__ import annotations

import asyncio
import socket
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from enforcement.standing import Standing
from feeds.entries import entries
from feeds.listing import listing
from streams.bouncing.fitting import source_of
from streams.bouncing.following import Following
from streams.bouncing.heard import Mailbox
from streams.bouncing.subscribing import Subscribing
from streams.infrastructure import Broker
from streams.settings import Settings
from tests.services.ports import HOST, free_port, until
from tests.streams.bouncing.origin import clock, ending, entry, origin
from tests.streams.serving.served import send, tell

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.bouncing.heard import Heard, Source
    from tests.services.shared import SharedKafka

ONE, TWO = "203.0.113.7", "203.0.113.8"
PATHS = ("", "/events", "/blocklist.json", "/blocklist.txt")


def listened(source: Source) -> Mailbox:
    box = Mailbox()
    Thread(target=source.listen, args=(box,), daemon=True).start()
    return box


@contextmanager
def subscribed(bootstrap: str, topic: str) -> Iterator[Mailbox]:
    """Hear a topic until the test ends."""
    box, loop = Mailbox(), asyncio.new_event_loop()
    keeping = loop.create_task(Subscribing(Broker(bootstrap), topic).keep(box))
    thread = Thread(target=lambda: loop.run_until_complete(asyncio.wait({keeping})))
    thread.start()
    try:
        yield box
    finally:
        loop.call_soon_threadsafe(keeping.cancel)
        thread.join(10)
        loop.close()


def taken(box: Mailbox, *targets: str) -> Heard:
    """Wait until somebody says that these, and nobody else, are in force."""
    found: list[Heard] = []

    def told() -> bool:
        if heard := box.take(0.1):
            found[:] = [heard]
        return bool(found) and sorted(e.target for e, _ in found[0].entries) == sorted(targets)

    until(told, f"{targets} in force")
    return found[0]


@pytest.mark.parametrize("path", PATHS)
def test_a_service_is_heard_through_its_restart(path: str) -> None:
    port = free_port()
    with origin(lambda: socket.create_server((HOST, port))) as said:
        box = listened(source_of(f"http://{HOST}:{port}{path}", Settings()))
        said.say(ending(ONE), ending(TWO))
        taken(box, ONE, TWO)
        said.say(ending(TWO))
        taken(box, TWO)
        said.stop()
        until(lambda: bool(box.trouble), "a loss")
        nothing = box.take(0.1)
        said.start()
        until(lambda: "503" in box.trouble, "a service that knows nothing yet")
        unknown = box.take(0.1)
        said.say(ending(ONE))
        taken(box, ONE)

    assert (nothing, unknown) == (None, None)


def test_a_stream_says_ends_and_a_service_that_ends_entries_is_believed() -> None:
    with origin(lambda: socket.create_server((HOST, 0))) as said:
        box = listened(source_of(f"http://{HOST}:{said.port}", Settings()))
        until_ = ending(ONE, lasts=60)
        said.say(until_, (entry(TWO, until=60), clock() + 1.5))
        ends = {e.target: end for e, end in taken(box, ONE, TWO).entries}
        taken(box, ONE)

    assert ends[ONE] == until_[1]
    assert ends[TWO] > clock() + 1000  # its own end is that of an old log: a lease


def test_what_a_stream_says_wrongly_is_asked_anew() -> None:
    following = source_of("http://127.0.0.1:1", Settings())
    assert isinstance(following, Following)
    following.last = "7"
    with pytest.raises(ValueError, match=r"."):
        following._take("add", b"{}", "8")  # noqa: SLF001 - a service that says so does not exist

    assert following.last == ""


def test_a_file_is_read_whenever_it_changes(tmp_path: Path) -> None:
    for name, render in (("blocklist.txt", listing), ("blocklist.json", entries)):
        path = tmp_path / name
        path.write_bytes(render(Standing.of([entry(ONE)])))
        box = listened(source_of(str(path), Settings()))
        taken(box, ONE)
        path.write_bytes(render(Standing.of([entry(ONE), entry(TWO)]))[:-9])
        until(lambda box=box: bool(box.trouble), "a complaint")  # type: ignore[misc]
        path.write_bytes(render(Standing.of([entry(TWO)])))
        taken(box, TWO)


def test_the_topic_is_told_when_all_of_it_is_known(kafka: SharedKafka) -> None:
    topic = kafka.fresh("blocklist")
    tell(kafka.bootstrap, topic, ONE, TWO)
    with subscribed(kafka.bootstrap, topic) as box:
        heard = taken(box, ONE, TWO)
        send(kafka.bootstrap, topic, (ONE, None))
        taken(box, TWO)

    assert all(500 < end - clock() <= 600 for _, end in heard.entries)


def test_without_a_broker_nothing_is_told() -> None:
    with subscribed(f"{HOST}:{free_port()}", "blocklist") as box:
        until(lambda: "no broker" in box.trouble, "a complaint")

        assert box.take(0.3) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("http://", "expected http://HOST:PORT"),
        ("http://127.0.0.1:8087/other", "expected a path that ends in .txt, .json or /events"),
    ],
)
def test_a_source_that_is_none_is_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        source_of(text, Settings())
