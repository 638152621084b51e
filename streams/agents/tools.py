"""Tools: what every agent of a worker shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from access.site import Site
    from streams.agents.checkpoints import Checkpoints
    from streams.agents.outbox import Outbox
    from streams.metrics import Meters
    from streams.settings import Settings


@dataclass(frozen=True, slots=True)
class Tools:
    """What every agent of a worker shares."""

    site: Site
    settings: Settings
    outbox: Outbox
    checkpoints: Checkpoints
    meters: Meters
    now: Callable[[], float]  # seconds since 1970 by the clock
    # The next offset that partitions of a topic will give; those nobody could ask for are left out.
    ends: Callable[[str, Iterable[int]], Awaitable[dict[int, int]]]
    inputs: int  # partitions of access-log
    shards: int  # partitions of requests
    counted: dict[tuple[str, str], int] = field(default_factory=dict)

    def count_up(self, what: str, who: str, total: int) -> int:
        """Tell by how much a total has grown since it was told last."""
        more = total - self.counted.get((what, who), 0)
        self.counted[what, who] = total
        return max(more, 0)
