"""Decision: what is done about one actor, why, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, unique
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actors.frame import Scope


@unique
class Action(IntEnum):
    """The ladder: each rung costs the visitor more."""

    OBSERVE = 0  # written down, nothing else
    DEGRADE = 1  # small or watermarked pictures
    THROTTLE = 2  # slower
    CHALLENGE = 3  # prove you are a person
    BLOCK = 4  # refused


@dataclass(frozen=True, slots=True)
class Signal:
    """One detector's word about one actor at one tick."""

    at: int  # end of the tick, seconds since 1970 UTC
    scope: Scope
    target: str  # see Decision.target
    detector: str
    family: str
    score: float  # [0, 1]
    weight: float  # nats that a score of 1 is worth, trust included
    evidence: Mapping[str, float]  # feature name → value


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a decision hits, as far as can be told beforehand, and of how many; of the last hour."""

    requests: int = 0  # made by whom it is about
    people: int = 0  # others behind an address or network, by user agents; an account is one
    site_requests: int = 0  # made by everybody
    site_people: int = 0  # logged in, on the whole site; 0 where the log names nobody


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done about one actor, why, and until when. It always ends."""

    id: str  # derived from what was decided: the same decision has the same id
    at: int  # seconds since 1970 UTC, event time
    action: Action
    scope: Scope
    key: int  # the actor's key in the batch columns
    target: str  # "203.0.113.7", "2001:db8:1::/64", "203.0.113.0/24", session, account, campaign
    until: int  # seconds since 1970 UTC; closed-open: in force while at <= time < until
    score: float  # log-odds, nats
    families: tuple[str, ...]  # which kinds of evidence spoke, sorted
    signals: tuple[Signal, ...]  # strongest first
    pictures: int  # distinct pictures the actor had been given by then (30 days)
    owners: int  # distinct owners of them
    rules: str  # hash of detectors and their versions
    settings: str  # hash of the settings
    campaign: str | None = None  # id of the fleet that the actor is held to be of, or is
    members: tuple[str, ...] = ()
    reach: Reach = Reach()
    quiet: int = 0  # seconds without a request after which it ends; 0: it ends whatever is asked
    agent: str = ""  # what the user agent of its last picture claimed; see enforcement/claimed.py
    continues: str | None = None  # id of the decision that it evades: its work list goes on
    ja4: str = ""  # 48 bits of the keyed hash of how its client began TLS; see `claimed`, too
    order: str = ""  # id of the order, where a person decided
    system: str = ""  # "AS64500", where that order was about all of its networks

    @property
    def reference(self) -> str:
        """Name what is behind it: of a person's decision the order, which may be of many."""
        return self.order or self.id

    @property
    def detectors(self) -> tuple[str, ...]:
        """Name the detectors that it rests on."""
        return tuple(signal.detector for signal in self.signals)


def id_of(scope: str, target: str, at: int, action: Action, hashes: tuple[str, str]) -> str:
    """Name a decision by its content, with the hashes of its rules and settings: 16 hex digits."""
    parts = (scope, target, str(at), action.name, *hashes)
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()
