"""Following: hear from `hedgerow serve` by server-sent events, and go on where one was cut off."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec

from actors.frame import Scope
from enforcement.targets import key_of
from feeds.entries import Told
from streams.bouncing.heard import Heard
from streams.bouncing.hearing import CLOCK, for_ever
from streams.bouncing.reading import ending, leased, read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse

    from streams.bouncing.asking import Place
    from streams.bouncing.heard import Ending, Mailbox
    from streams.bouncing.knobs import Bouncer

PATH = "/events"
SLACK = 5.0  # seconds that the source may take to say that an entry has ended


class Gone(msgspec.Struct):
    """What an event says of an entry that is no more."""

    target: str
    scope: str


@dataclass(slots=True)
class Following:
    """The entries as told so far; the number of the last event is where one goes on."""

    place: Place
    knobs: Bouncer
    last: str = ""
    _held: dict[str, Ending] = field(default_factory=dict)
    _leased: set[str] = field(default_factory=set)  # keys whose end is only a lease
    _lease: float = 0.0  # until when

    def listen(self, box: Mailbox) -> None:
        """Follow, and follow again."""
        for_ever(lambda: self.follow(box), box)

    def follow(self, box: Mailbox) -> None:
        """Hear one stream to its end, which is an OSError: it has none while all is well."""
        line = self.place.line(self.knobs.silence)
        try:
            asked = self.place.headers(Last_Event_ID=self.last, Accept="text/event-stream")
            line.request("GET", self.place.path.removesuffix(PATH) + PATH, headers=asked)
            answer = line.getresponse()
            if answer.status != 200:
                msg = f"the source answers {answer.status}"
                raise OSError(msg)
            for event, data, number in heard(answer):
                self._take(event, data, number)
                self._tell(box, changed=bool(event))
        finally:
            line.close()
        msg = "the source ended the stream"
        raise OSError(msg)

    def _take(self, event: str, data: bytes, number: str) -> None:
        """Take one event; ValueError where it is not what was promised, and all is asked anew."""
        now = CLOCK()
        former, self.last = self.last, ""
        if event == "snapshot":
            endings = read_whole(data, now, self.knobs.lease)
            self._held = {entry.key: (entry, end) for entry, end in endings}
            self._leased = {entry.key for entry, _ in endings if is_leased(entry.until, now)}
        elif event == "add":
            entry, end = ending(msgspec.json.decode(data, type=Told), now, self.knobs.lease)
            self._held[entry.key] = entry, end
            self._leased.discard(entry.key)
            self._leased |= {entry.key} if is_leased(entry.until, now) else set()
        elif event == "remove":
            gone = msgspec.json.decode(data, type=Gone)
            self._held.pop(key_of(Scope(gone.scope), gone.target), None)
        self.last = number or former

    def _tell(self, box: Mailbox, *, changed: bool) -> None:
        now = CLOCK()
        renewed = not changed and self._renew(now)
        if not (changed or renewed):
            box.beat(now)
            return
        box.put(Heard(tuple(self._held.values()), self.last), now)

    def _renew(self, now: float) -> bool:
        """Renew the leases, also of what has ended by its own word and not by the source's."""
        lease = leased(now, self.knobs.lease)
        overdue = {key for key, (_, end) in self._held.items() if end + SLACK <= now}
        if not overdue and lease == self._lease:
            return False
        self._leased, self._lease = (self._leased & self._held.keys()) | overdue, lease
        self._held |= {key: (self._held[key][0], lease) for key in self._leased}
        return bool(self._leased)


def is_leased(until: int | None, now: float) -> bool:
    """Tell whether an entry's own end is past, so that it holds for as long as we hear of it."""
    return until is not None and until <= now


def heard(answer: HTTPResponse) -> Iterator[tuple[str, bytes, str]]:
    """Read events: name, data, id; a comment is an event without a name."""
    event, data, number = "", b"", ""
    for line in iter(answer.readline, b""):
        name, _, value = line.rstrip(b"\r\n").partition(b": ")
        if name == b"event":
            event = value.decode()
        elif name == b"data":
            data = value
        elif name == b"id":
            number = value.decode()
        elif not line.strip() or line.startswith(b":"):
            if event or line.startswith(b":"):
                yield event, data, number
            event, data, number = "", b"", ""
