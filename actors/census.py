"""Census: everybody who asks, in each way they can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from access.nesting import nested, state_of
from access.ties import settled
from actors.baseline import Baseline, minute_of
from actors.features import Bound, Newcomers
from actors.frame import Frame, Scope
from actors.kernels.shapes import Requests
from actors.ledger import Ledger
from actors.marks import codes
from actors.memory import empty_memory
from actors.pairs import QUIET, Acquaintance, Folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.capacity import Capacity
    from actors.features import Feature

# Whose newcomers are the site's baseline: each network counts once, so that a harvester who goes
# through all addresses of one cannot make itself look usual.
BASELINE = Scope.NETWORK


class Census:
    """Keeps a ledger for each scope and turns batches into frames."""

    def __init__(
        self, features: Sequence[Feature], capacity: Capacity, *, tick: int, seed: int
    ) -> None:
        """Remember *features*; *tick* in seconds; *seed* keeps the tables unpredictable."""
        self.baseline = Baseline()
        self._tick = tick
        self._newcomers = tuple(f for f in features if isinstance(f, Newcomers))
        self._bonds = tuple(f for f in features if isinstance(f, Bound))
        self._acquaintance = Acquaintance(capacity.pair_sights, seed)
        sizes = {
            Scope.ADDRESS: (capacity.addresses, capacity.slots, capacity.sights),
            Scope.NETWORK: (capacity.networks, capacity.group_slots, capacity.group_sights),
            Scope.SESSION: (capacity.sessions, capacity.group_slots, capacity.group_sights),
            Scope.ACCOUNT: (capacity.accounts, capacity.group_slots, capacity.group_sights),
        }
        self.ledgers = {
            scope: Ledger(
                scope,
                empty_memory(actors=actors, slots=slots, sights=sights, seed=seed),
                features,
                tick=tick,
            )
            for scope, (actors, slots, sights) in sizes.items()
        }

    def newcomers(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Tell the newcomers of the last fold: minutes (ticks,), counts (ticks, COUNTS)."""
        trace = self.ledgers[BASELINE].trace
        return minute_of(trace[:, 0]), trace[:, 1:]

    def fold(
        self, batch: Batch, tick: NDArray[np.int64], resident: NDArray[np.uint64]
    ) -> list[Frame]:
        """Fold a batch of whole ticks (rows,); give frames, scope by scope, without the baseline.

        *resident* (rows,) is the address of each request if it is remembered here, else 0.
        Afterwards `folded` and `noted` tell of its addresses, row by row; see `actors.pairs`.
        """
        moment = np.maximum(batch.at, tick * (1000 * self._tick))
        asked = Asked(batch, tick, codes(batch), settled(batch, moment))
        addresses = self.ledgers[Scope.ADDRESS]
        nobody = np.zeros(len(batch), np.uint64)
        found = list(addresses.observe(asked.by(resident, nobody)))
        end = (tick + 1) * self._tick
        self.folded = Folded(batch, asked.order, end, addresses.rank, addresses.habits)
        self.noted = self._acquaintance.note(self.folded, resident)
        # A network is judged by those of its addresses that stay below every limit of their own.
        quiet = np.where(addresses.rank <= QUIET, network_of(resident), np.uint64(0))
        groups = {
            Scope.NETWORK: quiet,
            Scope.SESSION: batch.session,
            Scope.ACCOUNT: batch.account,
        }
        for scope, key in groups.items():
            if scope is BASELINE or key.any():
                found.extend(self.ledgers[scope].observe(asked.by(key, batch.address)))
        return found

    def compared(self, frame: Frame) -> Frame:
        """Add to a frame the site's baseline for each row's tick."""
        shares = self.baseline.shares(frame.at)
        columns: dict[Feature, NDArray[np.float64]] = dict(frame.columns)
        for feature in self._newcomers:
            columns[feature] = shares[:, feature.habit]
        for bond in self._bonds:
            columns.setdefault(bond, np.zeros(len(frame)))
        return Frame(frame.scope, frame.at, frame.actor, frame.row, columns)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return nested({name: part.state() for name, part in self._parts().items()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        for name, part in self._parts().items():
            part.restore(state_of(name, state))

    def _parts(self) -> dict[str, Ledger | Baseline | Acquaintance]:
        ledgers = {str(scope): ledger for scope, ledger in self.ledgers.items()}
        return {**ledgers, "baseline": self.baseline, "acquaintance": self._acquaintance}


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch of whole ticks, ready to be folded by whichever actors."""

    batch: Batch
    tick: NDArray[np.int64]  # (rows,)
    code: NDArray[np.int32]  # (rows,) see `actors.marks`
    order: NDArray[np.int64]  # (rows,) in which they are folded

    def by(self, key: NDArray[np.uint64], member: NDArray[np.uint64]) -> Requests:
        """Choose the columns that a fold reads: who asked (rows,), and which member of them."""
        batch = self.batch
        return Requests(
            order=self.order,
            tick=self.tick,
            at=batch.at,
            key=key,
            code=self.code,
            picture=batch.picture,
            owner=batch.owner,
            agent=batch.agent,
            claim=batch.claim,
            member=member,
            serial=batch.serial,
            series=batch.series,
        )
