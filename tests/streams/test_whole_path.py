"""The whole path with real programs: from requests that nginx answers to requests it refuses."""

from __future__ import annotations

import time
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from tests.services.java import NEEDS_KAFKA
from tests.services.nginx import Server, harvest, look_around, serving
from tests.services.ports import until
from tests.services.programs import needs
from tests.services.rsyslog import NEEDS_RSYSLOG, configuration, rsyslog
from tests.streams.platform import PATIENCE, platform
from tests.streams.serving.served import Client

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [NEEDS_KAFKA, NEEDS_RSYSLOG, needs("nginx")]

HARVESTER, READER = "203.0.113.7", "198.51.100.20"
FETCH = 0.2  # seconds between two looks at the block list, as a timer would do


class Photos:
    """What the operator of this nginx says of it."""

    def site_toml(self) -> str:
        """Name its pictures, pages and assets."""
        return """
name = "photos on loopback"
pages = [{pattern = "/photo/{picture}.html"}]
pictures = [{pattern = "/i/{rendition}/{picture}.jpg"}]
assets = [{pattern = "/site.css"}]
"""


class Visitor:
    """Somebody who comes again and again, and remembers what was answered."""

    def __init__(self, once: Callable[[], list[int]]) -> None:
        """Do that for ever."""
        self.answers: list[int] = []
        self._once, self._left = once, Event()
        self._thread = Thread(target=self._come)
        self._thread.start()

    def _come(self) -> None:
        while not self._left.is_set():
            with suppress(ConnectionError):  # nginx was just told to read its list again
                self.answers += self._once()

    def leave(self) -> None:
        """Come no more."""
        self._left.set()
        self._thread.join()


def obey(server: Server, feed: Client, visitor: Visitor) -> None:
    """Hand the block list to nginx whenever it changes, until it refuses a visitor."""
    tag, end = "", time.monotonic() + PATIENCE  # noqa: TID251 - a test waits for a program
    while 403 not in visitor.answers:
        assert time.monotonic() < end, "nobody is refused"  # noqa: TID251
        time.sleep(FETCH)
        answer = feed.ask("/blocklist.txt", If_None_Match=tag)
        if answer.status == 200:
            tag = answer.headers["etag"]
            server.refuse(answer.body)


def test_the_nginx_whose_log_is_streamed_refuses_the_harvester_while_a_reader_goes_on(
    tmp_path: Path,
) -> None:
    with (
        platform(tmp_path, Photos(), flow_idle=2000) as running,
        serving(tmp_path / "nginx") as server,
        rsyslog(
            tmp_path / "rsyslog",
            configuration(running.broker.bootstrap, "access-log", server.log),
        ),
    ):
        workers = [running.start() for _ in range(3)]
        feed = Client(running.serve().port)
        for worker in workers:
            running.await_held(worker)
        until(lambda: feed.ask("/ready").status == 200, "a block list", PATIENCE)
        harvester = Visitor(lambda: harvest(server, HARVESTER, 50, 0.02))
        reader = Visitor(lambda: look_around(server, READER, 3, 0.2))
        try:
            obey(server, feed, harvester)
            seen = len(reader.answers)
            until(lambda: len(reader.answers) > seen + 20, "the reader goes on", PATIENCE)
        finally:
            harvester.leave()
            reader.leave()

        assert [f"{HARVESTER}/32"] == feed.entries()
        assert set(harvester.answers[-20:]) == {403}
        assert set(reader.answers) == {200}
        assert all(worker.process.poll() is None for worker in workers)
