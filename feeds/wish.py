"""Wish: which part of what is in force a client asks for, as the parameters of its address say.

Their names are those of the CrowdSec blocklist mirror where it has them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FLAGS = {  # each may be given alone, or as 1 or true
    "ipv4only": "Only IPv4.",
    "ipv6only": "Only IPv6.",
    "hosts": "Only single IPv4 addresses; ranges of up to 4,096 are written out, others left out.",
    "ranges": "Only what is more than a single IPv4 address.",
}
VALUES = {
    "action": "Whom to answer so: block (if nothing is said), challenge, throttle or degrade.",
    "most": "At most so many entries: people's orders, then those that took most pictures.",
}
KNOWN = {**VALUES, **FLAGS}  # parameter → what it asks for
ALL = tuple(KNOWN)
WORDS = {action.name.lower(): action for action in Action if action is not Action.OBSERVE}
TRUE = {"", "1", "true"}
T = TypeVar("T")
MOST = 10_000_000  # entries; chosen: no firewall holds so many
DIGITS = 20  # of a number that is read at all


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for; by default all of it."""

    action: Action | None = None  # None: whom the feed tells of if nothing is said
    version: int = 0  # 4 or 6; 0: both
    shape: str = ""  # "hosts" or "ranges"; empty: both
    most: int = 0  # entries; 0: all

    @classmethod
    def of(cls, asked: Iterable[tuple[str, str]], takes: Sequence[str] = ALL) -> Self:
        """Read parameters, of which the feed *takes* some; ValueError says what was seen."""
        given: dict[str, str] = {}
        for name, value in asked:
            check_known(name, takes)
            if given.setdefault(name, value) != value:
                msg = f"{name}: given twice, as {given[name]!r} and as {value!r}"
                raise ValueError(msg)
        version = one_of({"ipv4only": 4, "ipv6only": 6}, given) or 0
        shape = one_of({"hosts": "hosts", "ranges": "ranges"}, given) or ""
        action = action_of(given["action"]) if "action" in given else None
        return cls(action, version, shape, most_of(given.get("most")))


def check_known(name: str, takes: Sequence[str]) -> None:
    """Refuse what nobody reads: a misspelt wish would else tell of too many or too few."""
    if name not in takes:
        known = ", ".join(takes) or "none"
        msg = f"{name!r}: unknown parameter; known here: {known}"
        raise ValueError(msg)


def one_of(flags: dict[str, T], given: dict[str, str]) -> T | None:
    """Read which one of some flags is up."""
    raised = [name for name in flags if name in given]
    for name in raised:
        if given[name].lower() not in TRUE:
            msg = f"{name}: takes no value, saw {given[name]!r}"
            raise ValueError(msg)
    if len(raised) > 1:
        msg = f"{' and '.join(raised)}: one rules out the other"
        raise ValueError(msg)
    return flags[raised[0]] if raised else None


def action_of(word: str) -> Action:
    """Read what is to be done."""
    if word not in WORDS:
        msg = f"action: expected one of {', '.join(WORDS)}, saw {word!r}"
        raise ValueError(msg)
    return WORDS[word]


def most_of(text: str | None) -> int:
    """Read how many entries are wanted at most."""
    if text is None:
        return 0
    slots = int(text) if text.isascii() and text.isdigit() and len(text) < DIGITS else 0
    if not 1 <= slots <= MOST:
        msg = f"most: expected a number of entries from 1 to {MOST}, saw {text[:DIGITS]!r}"
        raise ValueError(msg)
    return slots
