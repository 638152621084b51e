"""Named: sessions and accounts in force, for proxies that know a visitor's cookie or name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enforcement.targets import ADDRESSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcement.standing import Standing

# Logs hold whatever a visitor sends as a cookie; what could end a line or a word is not told.
PLAIN = re.compile(r"[!#-\[\]-~]+")  # printable ASCII without blank, quote and backslash


def named(standing: Standing) -> Iterator[tuple[str, str]]:
    """Give "session:…" and "account:…" with what is done, by name; no pardons: they say nothing."""
    for entry in standing.entries:
        if entry.scope not in ADDRESSED and entry.action and PLAIN.fullmatch(entry.key):
            yield entry.key, entry.word


def unsaid(standing: Standing) -> int:
    """Count those whose name cannot be told so."""
    acted = (e for e in standing.entries if e.scope not in ADDRESSED and e.action)
    return sum(not PLAIN.fullmatch(entry.key) for entry in acted)


def named_head(standing: Standing) -> list[str]:
    """Say what the list is, and how many are left out of it."""
    left_out = unsaid(standing)
    count = sum(1 for _ in named(standing))
    told = ["# Hedgerow sessions and accounts", f"# entries: {count}"]
    return [*told, f"# left out: {left_out}"] if left_out else told
