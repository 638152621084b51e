"""Census: everybody who asks, in each way they can be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from access.nesting import nested, state_of
from access.ties import settled
from actors.asked import Asked
from actors.baseline import Baseline, minute_of
from actors.features import Bound, Newcomers, Resumed
from actors.frame import Frame, Scope
from actors.galleries import most_of, unsized
from actors.ledger import Ledger
from actors.memory import empty_memory
from actors.pairs import QUIET, Acquaintance, Folded, unfronted, unplaced
from actors.warmth import Warmth, given_by

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.capacity import Capacity
    from actors.features import Feature
    from actors.galleries import Sized
    from actors.pairs import Fronted, Placed
    from actors.shards import Home

    Spared = Callable[[Batch], NDArray[np.bool_]]  # which requests (rows,) have a pardon

# Whose newcomers are the site's baseline: each network counts once, so that a harvester who goes
# through all addresses of one cannot make itself look usual.
BASELINE = Scope.NETWORK


def nobody(batch: Batch) -> NDArray[np.bool_]:
    """Spare none of the requests (rows,)."""
    return np.zeros(len(batch), np.bool_)


class Census:
    """Keeps a ledger for each scope and turns batches into frames."""

    def __init__(  # noqa: PLR0913 - most are said by word
        self,
        features: Sequence[Feature],
        capacity: Capacity,
        *,
        tick: int,
        seed: int,
        spared: Spared = nobody,
        asn_of: Placed = unplaced,
        fronted: Fronted = unfronted,
        sized: Sized = unsized,
    ) -> None:
        """Remember *features*; *tick* in seconds; *seed* keeps the tables unpredictable.

        What the requests that are *spared* take is not held against their network. *asn_of* tells
        the system that addresses are in, *fronted* which of them are a CDN's edges, and *sized* how
        many pictures owners have.
        """
        self._spared, self._sized = spared, sized
        self.baseline, self.warmth = Baseline(), Warmth()
        self._tick = tick
        self._newcomers = tuple(f for f in features if isinstance(f, Newcomers))
        self._links = tuple(f for f in features if isinstance(f, Bound | Resumed))
        self._acquaintance = Acquaintance(capacity.pair_sights, seed, asn_of, fronted)
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

    def fold(self, batch: Batch, tick: NDArray[np.int64], home: Home) -> list[Frame]:
        """Fold a batch of whole ticks (rows,); give frames, scope by scope, without the baseline.

        Afterwards `folded` and `noted` tell of its addresses, row by row; see `actors.pairs`.
        `resident` (rows,) names those that are remembered here, 0 where another shard does.
        What had been given two minutes before, `warmth` must have been told of: see `given`.
        """
        moment = np.maximum(batch.at, tick * (1000 * self._tick))
        order, end = settled(batch, moment), (tick + 1) * self._tick
        cold = self.warmth.cold(batch, minute_of(end), order)
        asked = Asked.of(batch, tick, order, cold, most_of(batch, self._sized))
        addresses = self.ledgers[Scope.ADDRESS]
        alone = np.zeros(len(batch), np.uint64)
        found = list(addresses.observe(asked.by(home.address, alone)))
        self.folded = Folded(batch, asked.order, end, addresses.rank, addresses.habits)
        self.noted = self._acquaintance.note(self.folded, home.address)
        self.resident = home.address
        # A network is judged by those of its addresses that stay below every limit of their own.
        quiet = (addresses.rank <= QUIET) & ~self._spared(batch)
        groups = {
            Scope.NETWORK: np.where(quiet, network_of(home.address), np.uint64(0)),
            Scope.SESSION: home.session,
            Scope.ACCOUNT: home.account,
        }
        for scope, key in groups.items():
            if scope is BASELINE or key.any():
                found.extend(self.ledgers[scope].observe(asked.by(key, batch.address)))
        return found

    def given(self, batch: Batch, tick: NDArray[np.int64], home: Home) -> NDArray[np.void]:
        """List the pictures that a batch of whole ticks (rows,) warms: GIVEN, by minute."""
        minute = minute_of((tick + 1) * self._tick)
        return given_by(batch, minute, home.address, self._spared(batch))

    def compared(self, frame: Frame) -> Frame:
        """Add to a frame the site's baseline for each row's tick."""
        shares = self.baseline.shares(frame.at)
        columns: dict[Feature, NDArray[np.float64]] = dict(frame.columns)
        for feature in self._newcomers:
            columns[feature] = shares[:, feature.habit]
        for link in self._links:
            columns.setdefault(link, np.zeros(len(frame)))
        return Frame(frame.scope, frame.at, frame.actor, frame.row, columns)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return nested({name: part.state() for name, part in self._parts().items()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        for name, part in self._parts().items():
            part.restore(state_of(name, state))

    def _parts(self) -> dict[str, Ledger | Baseline | Acquaintance | Warmth]:
        ledgers = {str(scope): ledger for scope, ledger in self.ledgers.items()}
        return {
            **ledgers,
            "baseline": self.baseline,
            "warmth": self.warmth,
            "acquaintance": self._acquaintance,
        }
