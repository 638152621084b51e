"""Parser: a chunk of lines becomes a Batch, and what could not be read becomes Rejects."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from access.agents import Agents
from access.batch import Batch
from access.claims import Flag
from access.clients import Clients
from access.event import Field, Protocol, Referrer
from access.headers import bearings, keyed_by, signer_of
from access.kernels.captures import UNDECIDED
from access.kernels.hashing import hash_bytes, words_of
from access.kernels.texts import hashes_of
from access.outcomes import outcomes_of
from access.paths import name_by_default
from access.referrers import referrers_of
from access.scanner import Scanner
from access.things import name_things

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from access.headers import Signers
    from access.lines import Chunk, Lines, Reject
    from access.paths import Names
    from access.site import Site

HTTP_1 = np.uint32(Flag.HTTP_1 << 18)
WORKED_OUT = ("protocol", "said", "handshake")  # what of lines is no column of a batch as it stands
NOBODY = (b"0", b"anonymous", b"guest")  # how platforms log that nobody is logged in


class Parser:
    """Reads lines the way one platform writes them."""

    __slots__ = ("_agents", "_clients", "_nobody", "_scanner", "_signers", "_site")

    def __init__(self, site: Site, tokens: Sequence[str] = ()) -> None:
        """Take what the platform says of itself, and the agent *tokens* to look for."""
        self._site = site
        self._scanner = Scanner(site.formats)
        self._clients = Clients(site.trusted_proxies, site.own_machines)
        self._agents = Agents(tokens)
        self._signers = _signers(site, tokens)
        self._nobody = [np.uint64(hash_bytes(text, site.key)) for text in NOBODY]

    def parse(self, chunk: Chunk) -> tuple[Batch, list[Reject]]:
        """Read every line of *chunk*: each is a row of the batch or a reject, never both."""
        lines, rejects = self._scanner.scan(chunk)
        return self._batch(lines, chunk.source), rejects

    def _batch(self, lines: Lines, source: int) -> Batch:
        """Add to what stands in the lines what it means."""
        buffer, spans = lines.buffer, lines.spans
        words = words_of(buffer)
        kind, rendition, picture, owner, album, serial, series = self._names(buffer, words, spans)
        session, account = self._people(buffer, words, spans)
        agent, claim = self._agents.of(buffer, words, spans, self._site.key)
        named = (f.name for f in fields(lines) if f.name not in WORKED_OUT)
        batch = Batch(
            **{name: getattr(lines, name) for name in named},
            source=np.full(len(spans), source, np.int32),
            address=self._clients.of(buffer, spans),
            kind=kind,
            rendition=rendition,
            outcome=outcomes_of(lines.method, lines.status),
            referrer=self._referrers(buffer, words, spans),
            picture=picture,
            owner=owner,
            album=album,
            serial=serial,
            series=series,
            agent=agent,
            claim=claim | np.where(lines.protocol == Protocol.HTTP_1, HTTP_1, np.uint32(0)),
            bearing=bearings(lines.said, lines.handshake, claim, self._signers),
            handshake=keyed_by(lines.handshake, self._site.key),
            session=session,
            account=account,
            own=(owner != 0) & (self._site.accounts.owner_of(account) == owner),
        )
        name_things(batch, words, self._site.key)
        return batch

    def _referrers(
        self, buffer: NDArray[np.uint8], words: NDArray[np.uint64], spans: NDArray[np.int32]
    ) -> NDArray[np.uint8]:
        """Take an origin for a page where that is all browsers say: between two hosts."""
        shapes = referrers_of(buffer, words, spans)
        if self._site.split_hosts:
            shapes[shapes == Referrer.ROOT] = Referrer.PAGE
        return shapes

    def _names(
        self, buffer: NDArray[np.uint8], words: NDArray[np.uint64], spans: NDArray[np.int32]
    ) -> Names:
        """Ask the site's patterns and tables first, the default naming for what is left."""
        rows = len(spans)
        kind, rendition = np.full(rows, UNDECIDED, np.uint8), np.zeros(rows, np.uint8)
        picture, owner, album, series = np.zeros((4, rows), np.uint64)
        serial = np.full(rows, -1, np.int64)
        out = (kind, rendition, picture, owner, album, serial, series)
        self._site.name_rows(buffer, words, spans, *out)
        name_by_default(buffer, words, spans, self._site.key, out)
        return out

    def _people(
        self, buffer: NDArray[np.uint8], words: NDArray[np.uint64], spans: NDArray[np.int32]
    ) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Hash sessions and accounts; a known session tells its account."""
        seed = np.uint64(self._site.key)
        session = hashes_of(buffer, words, spans, 2 * Field.SESSION, seed)
        account = hashes_of(buffer, words, spans, 2 * Field.ACCOUNT, seed)
        account[np.isin(account, self._nobody)] = 0
        self._site.accounts.fill(session, account)
        return session, account


def _signers(site: Site, tokens: Sequence[str]) -> Signers | None:
    """List whose signature is which crawler's, by its number in a claim; None: believe no edge."""
    if not site.edge_signatures:
        return None
    number = {token.lower(): place for place, token in enumerate(tokens, start=1)}
    pairs = ((number.get(each.agent.lower(), 0), signer_of(each.host)) for each in site.signers)
    return tuple((place, host) for place, host in pairs if place)
