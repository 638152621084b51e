"""Named: sessions and accounts in force, for proxies that know a visitor's cookie or name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actors.frame import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enforcement.standing import Entry, Standing

# Logs hold whatever a visitor sends as a cookie; what could end a line or a word is not told.
PLAIN = re.compile(r"[!#-\[\]-~]+")  # printable ASCII without blank, quote and backslash


def named(standing: Standing) -> tuple[Entry, ...]:
    """List sessions and accounts that something is done about; a pardon says nothing here."""
    scopes = (Scope.SESSION, Scope.ACCOUNT)
    return tuple(entry for entry in standing.entries if entry.scope in scopes and entry.action)


def plain(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out whose name is no plain word."""
    return tuple(entry for entry in entries if PLAIN.fullmatch(entry.key))


def named_head(told: int, left_out: int) -> list[str]:
    """Say what the list is, and how many of its entries could not be told."""
    said = ["# Hedgerow sessions and accounts", f"# entries: {told}"]
    return [*said, f"# left out: {left_out}"] if left_out else said
