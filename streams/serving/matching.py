"""Matching: which objects of a TAXII collection a client asks for (TAXII 2.1, section 3.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

    from feeds.shelf import Kept, Shelf

KNOWN = (
    "added_after",
    "limit",
    "next",
    "match[id]",
    "match[type]",
    "match[version]",
    "match[spec_version]",
)
MOST = 5000  # objects an answer; chosen: 3 MB
DIGITS = 18  # of a number that is read at all
NEWEST = {"last", "first", "all"}  # versions of an object: there is one


@dataclass(frozen=True, slots=True)
class Match:
    """A page of some objects."""

    after: int = 0  # microseconds since 1970 by the clock
    limit: int = MOST
    ids: frozenset[str] = frozenset()  # empty: any
    types: frozenset[str] = frozenset()

    @classmethod
    def of(cls, asked: Iterable[tuple[str, str]]) -> Self:
        """Read parameters; ValueError says what was seen."""
        given = dict(asked)
        for name in given:
            if name not in KNOWN:
                msg = f"{name!r}: unknown parameter; known here: {', '.join(KNOWN)}"
                raise ValueError(msg)
        check_one_version(given)
        after = microseconds(given["added_after"]) if "added_after" in given else 0
        after = max(after, number("next", given["next"]) if "next" in given else 0)
        limit = min(number("limit", given.get("limit", str(MOST))), MOST)
        return cls(after, limit, words(given.get("match[id]")), words(given.get("match[type]")))

    def page(self, shelf: Shelf) -> tuple[list[Kept], bool]:
        """Take what is meant, and say whether there is more."""
        meant = [kept for kept in shelf.after(self.after) if self._means(kept)]
        return meant[: self.limit], len(meant) > self.limit

    def _means(self, kept: Kept) -> bool:
        return (not self.ids or kept.body["id"] in self.ids) and (
            not self.types or kept.body["type"] in self.types
        )


def check_one_version(given: dict[str, str]) -> None:
    """Refuse to be asked for versions that nobody keeps."""
    if given.get("match[version]", "last") not in NEWEST:
        msg = f"match[version]: only the last one is kept, saw {given['match[version]']!r}"
        raise ValueError(msg)
    if "2.1" not in given.get("match[spec_version]", "2.1").split(","):
        msg = f"match[spec_version]: only 2.1 is spoken, saw {given['match[spec_version]']!r}"
        raise ValueError(msg)


def words(text: str | None) -> frozenset[str]:
    """Read words with commas between."""
    return frozenset(text.split(",")) if text else frozenset()


def number(name: str, text: str) -> int:
    """Read a number from 1 up."""
    found = int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
    if not found:
        msg = f"{name}: expected a number from 1 up, saw {text[:DIGITS]!r}"
        raise ValueError(msg)
    return found


def microseconds(text: str) -> int:
    """Read a time as STIX writes it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        msg = f"added_after: expected a time such as 2026-11-24T12:00:00.000Z, saw {text[:40]!r}"
        raise ValueError(msg) from None
    at = found if found.tzinfo else found.replace(tzinfo=UTC)
    return max(round(at.timestamp() * 1e6), 0)
