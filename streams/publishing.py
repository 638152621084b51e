"""Publishing: keep a folder's block list current while decisions come, end, and are undone."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from enforcement.moments import moment
from enforcement.standing import Standing
from feeds.listing import listing
from streams.folder import ORDERS, orders_in
from streams.outputs import replace_file
from streams.railed import is_halted, obey
from streams.records import ENCODER
from streams.wire.orders import RAILED, Verb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from enforcement.blocklist import BlockList
    from enforcement.decision import Decision
    from enforcement.railing import Railing

LIST = "blocklist.txt"


@dataclass(slots=True)
class Published:
    """A block list, and the files that say what is on it now."""

    folder: Path
    blocks: BlockList
    spared: tuple[str, ...]  # addresses and CIDRs that are never listed
    railing: Railing
    newest: int = 0  # event time seen, seconds since 1970 UTC
    obeyed: int = 0  # orders; of these none about rails is done again
    ordered: int = 0  # bytes of orders that were obeyed
    halted: bool = False
    hearers: list[Callable[[Published], None]] = field(default_factory=list)

    def begin(self) -> None:
        """Let firewalls find a list from the start; one that is there may know more than we do."""
        if not (self.folder / LIST).exists():
            self.tell()

    def add(self, decisions: Iterable[Decision], newest: int) -> None:
        """Take what was decided, and how far event time has come by then."""
        self.newest = max(self.newest, newest)
        added = [self.blocks.apply(decision) for decision in decisions if self._admits(decision)]
        ended = self.blocks.expire(self.newest)
        if any(added) or ended:
            self.tell()

    def obey(self) -> None:
        """Do what people ordered since the last look: see `hedgerow pardon`."""
        path = self.folder / ORDERS
        size = path.stat().st_size if path.exists() else 0
        if size == self.ordered:
            return
        orders = orders_in(self.folder)
        for order in orders:
            if order.verb == Verb.PARDON:
                self.blocks.release(order.target, order.reason)
        for order in orders[self.obeyed :]:
            if order.verb in RAILED:
                obey(self.railing, order)
        self.halted, self.ordered, self.obeyed = is_halted(orders), size, len(orders)
        self.tell()

    def tell(self) -> None:
        """Put the block list as of now in the place of the former one."""
        rails = asdict(self.railing.rails)
        summary = {"to": moment(self.newest), "spared": self.spared, "rails": rails}
        replace_file(self.folder / "summary.json", ENCODER.encode(summary) + b"\n")
        replace_file(self.folder / LIST, listing(self.standing()))
        for hear in self.hearers:
            hear(self)

    def standing(self) -> Standing:
        """Give what is in force; while all is halted, nothing."""
        return Standing.of(()) if self.halted else self.blocks.standing(self.newest)

    def _admits(self, decision: Decision) -> bool:
        """Tell whether the rails let a decision through, or did."""
        known = decision.id in self.blocks
        return known or self.railing.admits(decision, decision.at * 1000)
