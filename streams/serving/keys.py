"""Keys: who asks, and what each role may; the one place where that is decided."""

from __future__ import annotations

from enum import StrEnum, unique
from hashlib import blake2b
from hmac import compare_digest
from typing import TYPE_CHECKING

import msgspec

from streams.wire.orders import milliseconds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MARK = "hr"  # what every key begins with, so that scanners for leaked secrets know one


@unique
class Right(StrEnum):
    """What a route asks for."""

    FEEDS = "feeds"  # read who is refused
    BOUNCER = "bouncer"  # the same as decisions with a cursor; acknowledge, tell metrics
    METRICS = "metrics"  # counts, as Prometheus reads them
    LOOK = "look"  # read what people ordered
    SPARE = "spare"  # pardon and release addresses
    ACT = "act"  # block; pardon and release anything; approve
    AUDIT = "audit"  # read who did what


@unique
class Role(StrEnum):
    """Whom a key is made for."""

    FEED = "feed"
    BOUNCER = "bouncer"
    ANALYST = "analyst"
    APPROVER = "approver"
    AUDITOR = "auditor"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.FEED: frozenset({Right.FEEDS, Right.METRICS}),
    Role.BOUNCER: frozenset({Right.FEEDS, Right.BOUNCER}),
    Role.ANALYST: frozenset({Right.FEEDS, Right.METRICS, Right.LOOK, Right.SPARE}),
    Role.APPROVER: frozenset({Right.FEEDS, Right.METRICS, Right.LOOK, Right.SPARE, Right.ACT}),
    Role.AUDITOR: frozenset({Right.LOOK, Right.AUDIT}),
}
ANYONE = frozenset({Right.FEEDS, Right.BOUNCER, Right.METRICS})  # on this machine, without keys


class Key(msgspec.Struct, frozen=True):
    """A key as it is kept: who shows its secret has its name and role."""

    id: str
    name: str  # of the person or machine; orders and the audit log say it
    role: Role
    salt: str  # hex
    hash: str  # hex, of the secret
    created: str  # ISO 8601, UTC; so are the others
    expires: str | None = None
    revoked: str | None = None

    def holds(self, at: int) -> bool:
        """Tell whether it opens anything at a time, in milliseconds since 1970 UTC."""
        return not self.revoked and (not self.expires or at < milliseconds(self.expires))


NOBODY = Key("", "", Role.FEED, "00" * 16, "0" * 64, "")


class Keys:
    """Finds who shows a key. What is kept is asked for at each call, so a revocation holds."""

    def __init__(self, kept: Callable[[], Mapping[str, Key]], now: Callable[[], float]) -> None:
        """Know the keys that *kept* gives by id; *now* gives seconds since 1970 by the clock."""
        self._kept, self._now = kept, now

    def allows(self, key: str, scope: str) -> bool:
        """Tell whether a key opens what asks for this right."""
        found = self.find(key)
        return bool(found) and scope in rights(found)

    def find(self, text: str) -> Key | None:
        """Find the key that is shown; as long for one that is unknown as for a wrong secret."""
        mark, _, rest = text.partition("_")
        name, _, secret = rest.partition("_")
        key = self._kept().get(name, NOBODY)
        same = compare_digest(digest(secret, key.salt), key.hash)
        return key if same and mark == MARK and key.holds(int(self._now() * 1000)) else None


def rights(key: Key | None) -> frozenset[Right]:
    """List what a key opens."""
    return RIGHTS[key.role] if key else frozenset()


def digest(secret: str, salt: str) -> str:
    """Hash a secret.

    A slow hash is for passwords that people think of. These have 256 random bits, which nobody
    tries out, and are checked at each request.
    """
    data = secret.encode("utf-8", "surrogatepass")
    return blake2b(data, key=bytes.fromhex(salt), person=b"hedgerow", digest_size=32).hexdigest()
