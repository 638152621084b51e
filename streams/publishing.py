"""Publishing: keep a folder's block list current while decisions come, end, and are undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from enforcement.moments import moment
from feeds.listing import listing
from streams.folder import ORDERS, orders_in
from streams.outputs import replace_file
from streams.records import ENCODER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from enforcement.blocklist import BlockList
    from enforcement.decision import Decision

LIST = "blocklist.txt"


@dataclass(slots=True)
class Published:
    """A block list, and the files that say what is on it now."""

    folder: Path
    blocks: BlockList
    spared: tuple[str, ...]  # addresses and CIDRs that are never listed
    newest: int = 0  # event time seen, seconds since 1970 UTC
    ordered: int = 0  # bytes of orders that were obeyed
    hearers: list[Callable[[Published], None]] = field(default_factory=list)

    def begin(self) -> None:
        """Let firewalls find a list from the start; one that is there may know more than we do."""
        if not (self.folder / LIST).exists():
            self.tell()

    def add(self, decisions: Iterable[Decision], newest: int) -> None:
        """Take what was decided, and how far event time has come by then."""
        self.newest = max(self.newest, newest)
        added = [self.blocks.apply(decision) for decision in decisions]
        ended = self.blocks.expire(self.newest)
        if any(added) or ended:
            self.tell()

    def obey(self) -> None:
        """Do what people ordered since the last look: see `hedgerow pardon`."""
        path = self.folder / ORDERS
        size = path.stat().st_size if path.exists() else 0
        if size == self.ordered:
            return
        for order in orders_in(self.folder):
            self.blocks.release(order.target, order.reason)
        self.ordered = size
        self.tell()

    def tell(self) -> None:
        """Put the block list as of now in the place of the former one."""
        summary = {"to": moment(self.newest), "spared": self.spared}
        replace_file(self.folder / "summary.json", ENCODER.encode(summary) + b"\n")
        replace_file(self.folder / LIST, listing(self.blocks.standing(self.newest)))
        for hear in self.hearers:
            hear(self)
