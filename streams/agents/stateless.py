"""Stateless: the offsets of agents that read one partition, and keep nothing for a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping


class Stateless:
    """What an Agent says of its offsets that handles each record at once, and waits for nobody."""

    topics: ClassVar[tuple[str, ...]]

    def __init__(self) -> None:
        """Have heard nothing."""
        self._after = 0  # offset behind the last record

    def next(self, partition: int) -> Mapping[str, int]:  # noqa: ARG002 - there is one
        """Go on behind the last record."""
        return {self.topics[0]: self._after}

    def done(self, partition: int) -> Mapping[str, int]:
        """Tell what was handled."""
        return self.next(partition)

    def safe(self, partition: int) -> Mapping[str, int]:
        """Commit what was heard, so that lag can be seen."""
        return self.next(partition)

    def waits(self, partition: int) -> bool:  # noqa: ARG002 - never
        """Wait for nobody."""
        return False
