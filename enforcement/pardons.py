"""Pardons: who is never touched, whatever speaks against them, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import Ranges
from access.bearing import Bearing
from access.claims import crawler
from access.kernels.addresses import V4
from actors.features import DAY, Count, Fact, Latest, Statistic
from actors.frame import Scope
from enforcement.decision import Action
from enforcement.policy import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.frame import Frame

CLAIM = Latest(Fact.CLAIM)
QUOTA = Count(Statistic.PICTURES, DAY)
SIGNATURE = Latest(Fact.SIGNATURE)
GOOD = 1  # signature, by the word of an edge that the site believes
END = np.iinfo(np.int64).max  # milliseconds; of what has no end


@dataclass(frozen=True, slots=True)
class Pardon:
    """Spares an actor that fits everything that is given here; at least one thing must be.

    A crawler with published ranges gives both its number and its ranges: it is verified when it
    comes from there, or when its request is *signed*. One without either cannot be verified and is
    nobody's pardon, unless the operator gives the number alone, which believes whoever claims it.
    """

    reason: str
    targets: tuple[str, ...] = ()  # addresses and CIDRs
    crawler: int = 0  # `access.claims.crawler` number the user agent must claim
    signed: bool = False  # … and the edge must have found its signature good
    scope: Scope | None = None  # SESSION or ACCOUNT, with its key
    key: int = 0  # as in the batch columns
    until: int | None = None  # seconds since 1970 UTC; None = until it is taken back
    pictures: int | None = None  # distinct ones in 24 hours; above it nobody is spared
    beyond: Action | None = None  # … but the most that is done then; None: anything

    def __post_init__(self) -> None:
        """Refuse a pardon that would fit everybody."""
        if not (self.targets or self.crawler or self.key):
            msg = f"a pardon for nobody in particular: {self.reason!r}"
            raise ValueError(msg)

    def lives(self, at: int) -> bool:
        """Tell whether it has not ended."""
        return self.until is None or at < self.until


class Pardons:
    """Answers for many actors at once whether a pardon covers them."""

    def __init__(self, pardons: Iterable[Pardon] = ()) -> None:
        """Compile *pardons*; the first that covers an actor gives the reason."""
        self.pardons = tuple(pardons)
        self._ranges = tuple(Ranges.of((t, 1) for t in p.targets) for p in self.pardons)

    def which(self, frame: Frame, rows: NDArray[np.intp]) -> NDArray[np.int32]:
        """Give the number of the first pardon that covers each row, from 1; 0 for none."""
        found = np.zeros(len(rows), np.int32)
        for number, fits in self._fitting(frame, rows):
            found[fits & self._within_quota(number - 1, frame, rows)] = number
        return found

    def most(self, frame: Frame, rows: NDArray[np.intp]) -> NDArray[np.int8]:
        """Give the hardest action that each row may meet; NOTHING where a pardon covers it."""
        most = np.where(self.which(frame, rows) > 0, NOTHING, Action.BLOCK).astype(np.int8)
        charged = np.flatnonzero(most > NOTHING)
        for number, fits in self._fitting(frame, rows[charged]):
            beyond = self.pardons[number - 1].beyond
            if beyond is not None:
                most[charged[fits]] = np.minimum(most[charged[fits]], beyond)
        return most

    def asking(self, batch: Batch) -> NDArray[np.bool_]:
        """Tell which requests (rows,) come from whoever has a pardon, each by itself alone.

        So the cut of the stream changes nothing; a quota is spent or not, its holder is known.
        """
        spared = np.zeros(len(batch), np.bool_)
        claimed = crawler(batch.claim)
        for pardon, ranges in zip(self.pardons, self._ranges, strict=True):
            fits = batch.at < (END if pardon.until is None else 1000 * pardon.until)
            if pardon.key:
                named = batch.session if pardon.scope is Scope.SESSION else batch.account
                fits &= named == np.uint64(pardon.key)
            if pardon.crawler:
                fits &= claimed == np.uint32(pardon.crawler)
            if pardon.signed:
                fits &= batch.bearing & np.uint16(Bearing.SIGNED) != 0
            rows = np.flatnonzero(fits)
            spared[rows[ranges.label(batch.address[rows]) != 0] if pardon.targets else rows] = True
        return spared

    def spared(self, at: int) -> tuple[str, ...]:
        """List the addresses and CIDRs that no block list may hold at a time."""
        # A budget that ends is a researcher's: whoever has the address later is anybody.
        lasting = (p for p in self.pardons if p.pictures is None or (p.beyond and not p.until))
        whole = (p for p in lasting if p.lives(at))
        return tuple(target for pardon in whole for target in pardon.targets)

    def _fitting(
        self, frame: Frame, rows: NDArray[np.intp]
    ) -> Iterator[tuple[int, NDArray[np.bool_]]]:
        """Give the number of each pardon that may fit, the last first, with the rows it fits."""
        if not len(rows):
            return
        claimed = crawler(frame[CLAIM][rows].astype(np.uint32))
        names = {0, *claimed.tolist()}
        for number in range(len(self.pardons), 0, -1):
            if frame.scope is Scope.NETWORK or self.pardons[number - 1].crawler in names:
                yield number, self._fits(number - 1, frame, rows, claimed)

    def _fits(
        self, number: int, frame: Frame, rows: NDArray[np.intp], claimed: NDArray[np.uint32]
    ) -> NDArray[np.bool_]:
        pardon, scope, keys = self.pardons[number], frame.scope, frame.actor[rows]
        fits = np.full(len(keys), pardon.scope is None or pardon.scope is scope)
        if pardon.key:
            fits &= keys == np.uint64(pardon.key)
        if pardon.targets:
            fits &= within(self._ranges[number], scope, keys)
        # A network claims nothing: where a crawler's ranges hold all of it, it is the crawler's.
        if pardon.crawler and scope is Scope.NETWORK:
            fits &= bool(pardon.targets)
        elif pardon.crawler:
            fits &= claimed == np.uint32(pardon.crawler)
        if pardon.signed:
            fits &= frame[SIGNATURE][rows] == GOOD
        until = np.inf if pardon.until is None else pardon.until
        return fits & (frame.at[rows] < until)

    def _within_quota(self, number: int, frame: Frame, rows: NDArray[np.intp]) -> NDArray[np.bool_]:
        pardon = self.pardons[number]
        # A crawler's budget is that of each address; a network of its own adds up many.
        many = frame.scope is Scope.NETWORK and pardon.beyond is not None and not pardon.until
        quota = np.inf if many or pardon.pictures is None else pardon.pictures
        lasts: NDArray[np.bool_] = frame[QUOTA][rows] <= quota
        return lasts


def within(ranges: Ranges, scope: Scope, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell which addresses or whole networks lie in *ranges*; sessions and accounts never do."""
    if scope not in (Scope.ADDRESS, Scope.NETWORK):
        return np.zeros(len(keys), np.bool_)
    four = keys >> np.uint64(32) == V4 >> np.uint64(32)
    width = np.where(four, np.uint64(0xFF), np.uint64(0xFFFF))
    last = keys | width if scope is Scope.NETWORK else keys
    both: NDArray[np.bool_] = (ranges.label(keys) != 0) & (ranges.label(last) != 0)
    return both
