"""Shelf: the STIX objects of one TAXII collection, and when each came to it.

What is not in force any more is revoked, so that whoever took it lets go before it ends. When an
object came is known since this program started; after that everything comes anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    Body = dict[str, Any]

KEPT = 100_000  # revoked objects; chosen: as many as a list that must be had
WRITTEN = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Kept:
    """An object, and when it came."""

    added: int  # microseconds since 1970 by the clock; no two came at once
    body: Body


class Shelf:
    """Objects by id, in the order in which they came; filling it twice is filling it once."""

    def __init__(self) -> None:
        """Hold nothing."""
        self._kept: dict[str, Kept] = {}
        self._last = 0

    def fill(self, bodies: Iterable[Body], now: float) -> None:
        """Hold *bodies* and nothing else from *now* on, seconds since 1970; revoke the others."""
        fresh = {body["id"]: body for body in bodies}
        for name, kept in list(self._kept.items()):
            if name not in fresh and not is_revoked(kept):
                self._put({**kept.body, "modified": moment_of(now), "revoked": True}, now)
        for name, body in fresh.items():
            before = self._kept.get(name)
            if before is None:
                self._put(body, now)
            elif is_revoked(before):
                self._put({**body, "modified": moment_of(now)}, now)
        self._forget()

    def after(self, added: int) -> list[Kept]:
        """List what came later than a time, in microseconds."""
        return [kept for kept in self._kept.values() if kept.added > added]

    def _put(self, body: Body, now: float) -> None:
        self._last = max(self._last + 1, int(now * 1e6))
        self._kept.pop(body["id"], None)  # it goes to the end
        self._kept[body["id"]] = Kept(self._last, body)

    def _forget(self) -> None:
        revoked = [name for name, kept in self._kept.items() if is_revoked(kept)]
        for name in revoked[: max(len(revoked) - KEPT, 0)]:
            del self._kept[name]


def is_revoked(kept: Kept) -> bool:
    """Tell whether an object holds no longer."""
    return kept.body.get("revoked") is True


def moment_of(now: float) -> str:
    """Write a time by the clock as STIX does, to the microsecond."""
    return datetime.fromtimestamp(now, UTC).strftime(WRITTEN)
