"""Wholes: what changes for the networks of one system, as one deed of the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.deeds import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from evidence.audit import Deed
    from streams.deeds import Cause


class Wholes:
    """Counts networks by system; a deed of each would bury all others."""

    def __init__(self, systems: Mapping[str, str]) -> None:
        """Know which orders are about a system: id → "AS64500"."""
        self._systems = systems
        self._words: dict[str, list[tuple[str, str]]] = {}  # system → before and after, of each

    def take(self, behind: Iterable[str], before: str, after: str) -> bool:
        """Count a network that changed, if an order about a system is behind it, or was."""
        system = next((self._systems[each] for each in behind if each in self._systems), "")
        if system:
            self._words.setdefault(system, []).append((before, after))
        return bool(system)

    def deeds(self, cause: Cause) -> Iterator[Deed]:
        """Tell each system once, and of how many networks."""
        for system, words in sorted(self._words.items()):
            before, after = (", ".join(sorted({each[i] for each in words} - {""})) for i in (0, 1))
            why = f"{cause.why}; networks: {len(words)}"
            yield changed(cause._replace(why=why), system, before, after)
