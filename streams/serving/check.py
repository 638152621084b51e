"""Check: a proxy asks about one visitor before it serves; it is answered from memory.

200 lets pass, and a header says whether something milder than a block is in force; 403 refuses.
Who cannot be answered for lack of knowledge lets pass as well: nobody is refused by our troubles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.decision import Action
from enforcement.lookup import Lookup
from streams.metrics import CHECKS
from streams.serving.gate import KEY
from streams.serving.keys import ANYONE, Right, rights
from streams.serving.visitor import Reading
from streams.wire.appeals import opaque

if TYPE_CHECKING:
    from prometheus_client import Counter
    from starlette.types import Receive, Scope, Send

    from enforcement.standing import Entry
    from streams.serving.service import Serving

    Headers = list[tuple[bytes, bytes]]

PLAIN = [(b"cache-control", b"no-store"), (b"content-type", b"text/plain; charset=utf-8")]
ACTION, REFERENCE = b"x-hedgerow-action", b"x-hedgerow-reference"
UNKNOWN = b"x-hedgerow-unknown"  # says why nothing is known: key, list or address
REASONS = {"stranger": b"key", "unready": b"list", "unnamed": b"address"}


class Check:
    """An endpoint that is asked for every visit: ASGI itself, for frameworks take their time."""

    def __init__(self, serving: Serving) -> None:
        """Answer from what *serving* hears."""
        self.serving = serving
        self.lookup = Lookup()
        self._reading = Reading(serving.check)
        self._counts = counts(serving.meters.check_requests)
        self._shown: tuple[int, dict[str, str]] = (-1, {})  # version of the list, → reference
        serving.subscription.hearers.append(self.lookup.hear)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - what is sent along is nobody's business
        """Answer about one visitor."""
        word, entry = self._word(scope)
        self._counts[word].inc()
        headers, body = [*PLAIN, *self._said(word, entry)], b""
        if word == "block":
            body = refusal(headers)
        headers.append((b"content-length", b"%d" % len(body)))
        status = 403 if word == "block" else 200
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def _word(self, scope: Scope) -> tuple[str, Entry | None]:
        """Say what is done about whom a request is about, in a word of CHECKS."""
        serving = self.serving
        known = rights(scope.get(KEY)) if serving.keys else ANYONE
        if Right.FEEDS not in known:
            return "stranger", None
        if not serving.subscription.knows:
            return "unready", None
        visitor = self._reading.visitor(scope["headers"])
        if not any(visitor):
            return "unnamed", None
        entry = visitor.found(self.lookup)
        action = entry and entry.action
        if not entry or not action or action is Action.OBSERVE:
            return "pass", None
        return entry.word, entry

    def _said(self, word: str, entry: Entry | None) -> Headers:
        if word in REASONS:
            return [(ACTION, b"pass"), (UNKNOWN, REASONS[word])]
        if entry is None:
            return [(ACTION, b"pass")]  # Caddy 2.6 would make words of its own of a missing header
        reference = self._reference(entry)
        shown = [(REFERENCE, reference.encode())] if reference else []
        return [(ACTION, word.encode()), *shown]

    def _reference(self, entry: Entry) -> str:
        """Name what is in force for whoever appeals; "" where no appeals are taken."""
        desk = self.serving.appeal_desk
        if not desk.settings.secret_file:
            return ""
        if self._shown[0] != desk.posted.version:
            self._shown = desk.posted.version, {}
        known = self._shown[1]
        if entry.reference not in known:
            try:
                known[entry.reference] = opaque(entry.reference, desk.secret())
            except ValueError:  # the file is gone: who is refused is refused, and cannot appeal
                return ""
        return known[entry.reference]


def counts(requests: Counter) -> dict[str, Counter]:
    """Look the counter of each answer up once; each visit counts."""
    return {word: requests.labels(word) for word in CHECKS}


def refusal(headers: Headers) -> bytes:
    """Say that somebody is refused, and by which reference to appeal."""
    reference = dict(headers).get(REFERENCE, b"")
    return b"refused; reference %s\n" % reference if reference else b"refused\n"
