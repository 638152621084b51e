"""Polling: ask `hedgerow serve`, or whoever serves its list, whether there is another by now."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from streams.bouncing.heard import Heard
from streams.bouncing.hearing import CLOCK, for_ever
from streams.bouncing.reading import leased, read_listing, read_whole

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from streams.bouncing.asking import Place
    from streams.bouncing.heard import Mailbox
    from streams.bouncing.knobs import Bouncer

PATIENCE = 10.0  # seconds in which it answers


@dataclass(slots=True)
class Polling:
    """blocklist.json or blocklist.txt by HTTP; what has not changed is not sent."""

    place: Place
    knobs: Bouncer
    tag: str = ""
    _body: bytes = b""
    _lease: float = field(default=0.0)

    def listen(self, box: Mailbox) -> None:
        """Ask, and ask again."""
        for_ever(lambda: self.ask(box), box, self.knobs.poll)

    def ask(self, box: Mailbox) -> None:
        """Ask once."""
        line = self.place.line(PATIENCE)
        try:
            asked = self.place.headers(If_None_Match=self.tag, Accept_Encoding="gzip")
            line.request("GET", self.place.path, headers=asked)
            answer = line.getresponse()
            body = self._read(answer)
        finally:
            line.close()
        now = CLOCK()
        lease = leased(now, self.knobs.lease)
        if body == self._body and lease == self._lease:
            box.beat(now)
            return
        read = read_whole if self.place.path.endswith(".json") else read_listing
        entries = read(body, now, self.knobs.lease)
        self._body, self.tag, self._lease = body, answer.headers.get("ETag", ""), lease
        box.put(Heard(entries, self.tag.strip('"')), now)

    def _read(self, answer: HTTPResponse) -> bytes:
        body = answer.read()
        if answer.status == 304:
            return self._body
        if answer.status != 200:
            msg = f"the source answers {answer.status}"
            raise OSError(msg)
        return gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
