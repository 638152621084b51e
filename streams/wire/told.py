"""Told: what the `blocklist` topic says by now, so that only what differs is said again."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from enforcement.targets import key_of
from streams.wire.entries import read, written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actors.frame import Scope
    from enforcement.standing import Entry

Change: TypeAlias = tuple[str, bytes | None]  # key and value of a record; no value: a tombstone
Target: TypeAlias = "tuple[Scope, str]"


class Told:
    """Entries by key, as readers of the topic know them."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Begin with what is known to stand there."""
        self._entries = {entry.key: entry for entry in entries}
        self._strange: set[str] = set()  # keys of records that nobody can read

    def __len__(self) -> int:
        """Count the entries."""
        return len(self._entries)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """List them, sorted by key."""
        return tuple(self._entries[key] for key in sorted(self._entries))

    def word(self, key: str) -> str:
        """Say what is done about a target, as readers know it; "" is nothing."""
        return self._entries[key].word if key in self._entries else ""

    def reference(self, key: str) -> str:
        """Name the decision or order behind what is done about a target; "" is nothing."""
        return self._entries[key].reference if key in self._entries else ""

    def recall(self, key: str, value: bytes | None) -> None:
        """Learn what a record of the topic said; one that nobody can read is wiped out later."""
        self._entries.pop(key, None)
        self._strange.discard(key)
        if value is None:
            return
        try:
            entry, _ = read(value)
        except ValueError:
            entry = None
        if entry and entry.key == key:
            self._entries[key] = entry
        else:
            self._strange.add(key)

    def change(self, target: Target, entry: Entry | None, now: int) -> list[Change]:
        """Tell what holds for a target from *now* on: nothing where that is known already."""
        key = key_of(*target)
        if entry == self._entries.get(key) and key not in self._strange:
            return []
        self._strange.discard(key)
        if entry is None:
            self._entries.pop(key, None)
            return [(key, None)]
        self._entries[key] = entry
        return [(key, written(entry, now))]

    def wipe(self) -> list[Change]:
        """Take back what nobody can read."""
        wiped: list[Change] = [(key, None) for key in sorted(self._strange)]
        self._strange.clear()
        return wiped
