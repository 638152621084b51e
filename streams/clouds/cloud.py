"""Cloud: the lists of a cloud as one target; what it refuses is tried again, ever less often."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import TYPE_CHECKING, Protocol

from streams.bouncing.plan import REFUSED, Plan, set_of
from streams.bouncing.target import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from streams.bouncing.slots import Room

FIRST, LONGEST = 2.0, 60.0  # seconds until the next attempt; chosen: a cloud's troubles last


class Book(Protocol):
    """One list of a cloud."""

    @property
    def rest(self) -> float:
        """Say how many seconds lie between two changes, at least."""
        ...

    def read(self) -> Iterable[str]:
        """Give the CIDRs that it holds; Refused says why that is not known."""
        ...

    def write(self, wanted: Mapping[str, str]) -> None:
        """Make it hold these CIDRs, each with the id of what asks for it.

        Refused says why not; a part may be done by then, and the next attempt goes on from what
        the list holds.
        """
        ...


@dataclass(slots=True)
class Cloud:
    """Lists by word, `block` among them."""

    books: Mapping[str, Book]
    room: Room | None
    ends: bool = False
    failed: int = 0  # attempts in a row
    _told: dict[str, str] = field(default_factory=dict)  # word → name of the set it was told

    @property
    def rest(self) -> float:
        """Rest as long as the list that needs it most."""
        return max(book.rest for book in self.books.values())

    def apply(self, plan: Plan, now: float) -> None:  # noqa: ARG002 - such lists know no time
        """Write one list after the other."""
        try:
            for word, book in self.books.items():
                held = [cidr for cidr, _ in plan.lists[word]]
                book.write({cidr: plan.references.get(cidr, "") for cidr in held})
                self._told[word] = set_of(held)
        except Refused as error:
            waited = min(FIRST * 2 ** min(self.failed, 9), LONGEST)
            self.failed += 1
            raise Refused(str(error), max(waited, error.wait)) from None
        self.failed = 0

    def held(self) -> str | None:
        """Read all lists back; None where one of the others is not as it was left."""
        found = {word: named(book.read()) for word, book in self.books.items()}
        if any(found[word] != said for word, said in self._told.items() if word != REFUSED):
            return None
        return found[REFUSED]

    def remove(self) -> None:
        """Empty the lists; they stay, for rules match them."""
        self.apply(Plan(), 0.0)


def named(held: Iterable[str]) -> str | None:
    """Name the set that a list holds; None where it holds what no plan does."""
    cidrs = list(held)
    try:
        networks = [ip_network(cidr) for cidr in cidrs]
    except ValueError:
        return None
    if any(network.version == 6 and network.prefixlen > 64 for network in networks):
        return None  # sets are named by /64
    return set_of(cidrs)
