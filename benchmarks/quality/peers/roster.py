"""Roster: whom Hedgerow is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from benchmarks.quality.peers.crowdsec import Hub
from benchmarks.quality.peers.fail2ban import LimitJail, MissingJail
from benchmarks.quality.peers.nginx import LimitReq

if TYPE_CHECKING:
    from benchmarks.quality.peers.traffic import Traffic
    from tests.cast.outcome import Outcome


class Peer(Protocol):
    """A rule, or some that work together."""

    @property
    def name(self) -> str:
        """What it is called in the report."""

    def outcome(self, traffic: Traffic) -> Outcome:
        """Work out whom it hits, and what it refuses."""


PEERS: tuple[Peer, ...] = (
    LimitReq(),
    LimitReq(rate=5, burst=10),
    LimitJail(),
    MissingJail(),
    Hub(),
)
