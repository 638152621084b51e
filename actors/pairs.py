"""Pairs: which networks were given which pictures by visitors who take few, and how they came.

People share what is popular, so pairs of people meet in pictures; a work queue hands each picture
to one worker, so the pairs of a fleet do not. That is all that is kept of a visitor who takes three
pictures: 32-bit pseudonyms for a day, see `actors.cohorts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntFlag, unique
from typing import TYPE_CHECKING, Self

import numpy as np

from access.addresses import network_of
from access.claims import Flag, browsers, crawler, family, flags, major
from access.event import Kind, Outcome, Referrer, Rendition
from access.kernels.addresses import V4
from actors.features import MINUTE
from actors.kernels import pairs as kernel
from actors.kernels import shapes
from actors.kernels.pairs import mixed
from actors.memory import power, untouched

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from access.batch import Batch

    Placed = Callable[[NDArray[np.uint64]], NDArray[np.uint32]]  # systems of addresses (rows,)
    Fronted = Callable[[NDArray[np.uint64]], NDArray[np.bool_]]  # which (rows,) are a CDN's edges

# Pictures of one visit that are looked at; whoever takes more is judged alone.
QUIET = 64
SPREAD = np.uint64(0x9E3779B97F4A7C15)
CRAWLERS = np.uint32(Flag.CRAWLER)
ASKED = np.uint16(0xF0)  # Habits that one request shows by itself

PAIR = np.dtype(
    [
        ("minute", "i4"),  # since 1970 UTC
        ("habit", "u2"),  # Habits of the visitor by then
        ("picture", "u4"),
        ("network", "u4"),  # v4 /24, v6 /48; of an edge, with the user agent: see `clients_of`
        ("wide", "u4"),  # v4 /16, v6 /32
        ("browser", "u4"),  # family and major version that the user agent claims
        ("agent", "u4"),  # the user agent itself
        ("system", "u4"),  # number of the autonomous system; 0 = not known
        ("handshake", "u4"),  # of the keyed hash of how it began TLS (JA4); 0 = no log tells it
    ]
)


def unplaced(address: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """Know of no address (rows,) in which system it is."""
    return np.zeros(len(address), np.uint32)


def unfronted(address: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Take no address (rows,) for an edge."""
    return np.zeros(len(address), np.bool_)


@unique
class Habits(IntFlag):
    """How a visitor comes by a picture: what it did in this visit, and how it asks."""

    PAGED = shapes.PAGED  # opened a page
    CALLED = shapes.CALLED  # asked an API
    DREW = shapes.DREW  # loaded css, js or fonts
    PREVIEWED = shapes.PREVIEWED  # took a picture that is no original
    WHOLE = 16  # asks for an original
    UNREFERRED = 32  # sends no Referer
    ROOTED = 64  # sends only a host as Referer
    UNNAMED = 128  # names no browser: an app, a player, a library
    EDGED = 256  # came through an edge, so of its visit nothing is known: none of the first four


@dataclass(frozen=True, slots=True)
class Noted:
    """The new pairs of a batch, in the order of the fold."""

    row: NDArray[np.intp]  # (pairs,) of the batch
    again: NDArray[np.bool_]  # (pairs,) the address had a new picture before, within a day
    elsewhere: NDArray[np.bool_]  # (pairs,) … and this one is of another owner, or of nobody known
    pairs: NDArray[np.void]  # (pairs,) PAIR

    @classmethod
    def none(cls) -> Self:
        """Note nothing."""
        flags = np.zeros(0, np.bool_)
        return cls(np.zeros(0, np.intp), flags, flags, np.zeros(0, PAIR))


@dataclass(frozen=True, slots=True)
class Folded:
    """A batch, with what the fold of addresses said of each row."""

    batch: Batch
    order: NDArray[np.int64]  # (rows,) in which they were folded
    at: NDArray[np.int64]  # (rows,) end of the tick, seconds since 1970 UTC
    rank: NDArray[np.uint16]  # (rows,) see Sheet
    habits: NDArray[np.uint8]  # (rows,) see Sheet


class Acquaintance:
    """Remembers for a day who was given what, in a table of fixed size."""

    def __init__(
        self, sights: int, seed: int, asn_of: Placed = unplaced, fronted: Fronted = unfronted
    ) -> None:
        """Remember so many sights (8 bytes each); three a pair. With none nobody is looked at.

        *asn_of* tells the system that each address (rows,) is in, *fronted* which are edges.
        """
        self._asn_of, self._fronted = asn_of, fronted
        self._sights = untouched((power(sights) if sights else 0,), np.uint64)
        self._seed = np.uint64(seed)

    def note(self, folded: Folded, resident: NDArray[np.uint64]) -> Noted:
        """Find the pairs of a batch that are new."""
        if not len(self._sights):
            return Noted.none()
        batch = folded.batch
        looked = (batch.kind == Kind.PICTURE) & (batch.outcome == Outcome.DELIVERED)
        looked &= (resident != 0) & ~batch.own & (batch.picture != 0)
        edged = looked.copy()
        edged[looked] = self._fronted(batch.address[looked])
        looked &= (folded.rank <= QUIET) | edged  # an edge is never quiet: it is many people
        looked &= (flags(batch.claim) & CRAWLERS == 0) & (crawler(batch.claim) == 0)
        order = folded.order[looked[folded.order]]
        told = np.zeros(len(batch), np.uint8)
        network = clients_of(batch, resident, edged)
        columns = batch.at, resident, network, batch.picture, batch.owner
        kernel.note_pairs(order, *columns, self._sights, self._seed, told)
        row = order[told[order] != 0]
        return Noted(
            row,
            told[row] & kernel.AGAIN != 0,
            told[row] & kernel.ELSEWHERE != 0,
            self._pairs(folded, row, network[row], edged[row]),
        )

    def _pairs(
        self,
        folded: Folded,
        row: NDArray[np.intp],
        network: NDArray[np.uint64],
        edged: NDArray[np.bool_],
    ) -> NDArray[np.void]:
        batch = folded.batch
        address, claim = batch.address[row], batch.claim[row]
        pairs = np.zeros(len(row), PAIR)
        pairs["minute"] = (folded.at[row] - 1) // MINUTE
        asked = habits_of(folded, row).astype(np.uint16)
        pairs["habit"] = np.where(edged, (asked & ASKED) | np.uint16(Habits.EDGED), asked)
        pairs["picture"] = batch.picture[row].astype(np.uint32)
        pairs["network"] = self._pseudonym(network)
        pairs["wide"] = self._pseudonym(wide_of(address))
        pairs["browser"] = family(claim) | (major(claim) << np.uint32(8))
        pairs["agent"] = batch.agent[row].astype(np.uint32)
        pairs["system"] = self._asn_of(address)
        pairs["handshake"] = batch.handshake[row].astype(np.uint32)
        return pairs

    def _pseudonym(self, key: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """Name places by 32 bits that say nothing without the platform's key."""
        name: NDArray[np.uint64] = mixed((key ^ self._seed) * SPREAD)
        return (name >> np.uint64(32)).astype(np.uint32)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return {"sights": self._sights.copy()}

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        if len(self._sights) == len(state["sights"]):  # else fleets were switched off, or now are
            self._sights[:] = state["sights"]


def clients_of(
    batch: Batch, resident: NDArray[np.uint64], edged: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """Give whom pairs (rows,) are counted for: a network; behind an edge, with its user agent.

    One person's page comes through many edges of a place, and an edge serves many people: taking
    a user agent in one network for one client is what told them apart (science.md 3a).
    """
    network = network_of(resident)
    row = np.flatnonzero(edged)
    if len(row):
        network[row] = mixed(network[row] ^ mixed(batch.agent[row] * SPREAD))
    return network


def habits_of(folded: Folded, row: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Tell the Habits with which the rows (pairs,) asked."""
    batch = folded.batch
    habits = folded.habits[row].copy()
    habits[batch.rendition[row] == Rendition.ORIGINAL] |= np.uint8(Habits.WHOLE)
    habits[batch.referrer[row] == Referrer.NONE] |= np.uint8(Habits.UNREFERRED)
    habits[batch.referrer[row] == Referrer.ROOT] |= np.uint8(Habits.ROOTED)
    habits[~browsers(batch.claim[row])] |= np.uint8(Habits.UNNAMED)
    return habits


def wide_of(address: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Give the wider place each address lies in, v4 /16 or v6 /32."""
    four = address >> np.uint64(32) == V4 >> np.uint64(32)
    return address & np.where(four, ~np.uint64(0xFFFF), ~np.uint64(0xFFFFFFFF))
