"""Census: everybody who asks, in each way they can be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from access.addresses import network_of
from access.nesting import nested, state_of
from actors.features import Newcomers
from actors.frame import Frame, Scope
from actors.kernels.shapes import Requests
from actors.ledger import Ledger
from actors.marks import codes
from actors.memory import empty_memory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from access.batch import Batch
    from actors.capacity import Capacity
    from actors.features import Feature

# A network is judged by those of its addresses that stay below every limit of their own: more
# pictures than this from one address in a visit say nothing about its neighbours.
QUIET = 64

# Whose newcomers are the site's baseline: each network counts once, so that a harvester who goes
# through all addresses of one cannot make itself look usual.
BASELINE = Scope.NETWORK


class Census:
    """Keeps a ledger for each scope and turns batches into frames."""

    def __init__(
        self, features: Sequence[Feature], capacity: Capacity, *, tick: int, seed: int
    ) -> None:
        """Remember *features*; *tick* in seconds; *seed* keeps the tables unpredictable."""
        self._newcomers = tuple(f for f in features if isinstance(f, Newcomers))
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

    def observe(self, batch: Batch, tick: NDArray[np.int64]) -> Iterator[Frame]:
        """Fold a batch of whole ticks (rows ordered by *tick*); yield frames, scope by scope."""
        code = codes(batch)
        addresses = self.ledgers[Scope.ADDRESS]
        nobody = np.zeros(len(batch), np.uint64)
        found = list(addresses.observe(requests_of(batch, tick, code, batch.address, nobody)))
        quiet = np.where(addresses.rank <= QUIET, network_of(batch.address), np.uint64(0))
        groups = {
            Scope.NETWORK: quiet,
            Scope.SESSION: batch.session,
            Scope.ACCOUNT: batch.account,
        }
        for scope, key in groups.items():
            if scope is BASELINE or key.any():
                requests = requests_of(batch, tick, code, key, batch.address)
                found.extend(self.ledgers[scope].observe(requests))
        for frame in found:
            yield self._with_newcomers(frame)

    def _with_newcomers(self, frame: Frame) -> Frame:
        """Add the site's baseline as of each row's tick."""
        trace = self.ledgers[BASELINE].trace
        line = np.searchsorted(trace[:, 0], frame.at)
        columns: dict[Feature, NDArray[np.float64]] = dict(frame.columns)
        for feature in self._newcomers:
            columns[feature] = trace[line, feature.habit + 1]
        return Frame(frame.scope, frame.at, frame.actor, frame.row, columns)

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return nested({str(scope): ledger.state() for scope, ledger in self.ledgers.items()})

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        for scope, ledger in self.ledgers.items():
            ledger.restore(state_of(str(scope), state))


def requests_of(
    batch: Batch,
    tick: NDArray[np.int64],
    code: NDArray[np.int32],
    key: NDArray[np.uint64],
    member: NDArray[np.uint64],
) -> Requests:
    """Choose the columns that a fold reads."""
    return Requests(
        tick=tick,
        at=batch.at,
        key=key,
        code=code,
        picture=batch.picture,
        owner=batch.owner,
        agent=batch.agent,
        claim=batch.claim,
        member=member,
        serial=batch.serial,
        series=batch.series,
    )
