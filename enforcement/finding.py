"""Finding: the whole site's cohorts, minute by minute, and the campaigns that they show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from access.nesting import nested, state_of
from actors.cohorts import EDGED, READERS, CohortLedger
from actors.corroboration import Corroboration
from actors.pairs import PAIR
from enforcement.campaigns import Campaign, Campaigns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from enforcement.campaigns import Fleets


@dataclass(frozen=True, slots=True)
class Found:
    """The campaigns that were found, or found to go on, with the pairs up to a minute."""

    minute: int  # since 1970 UTC
    campaigns: tuple[Campaign, ...]


class Finding:
    """Takes the pairs of minutes as they end, of all shards together; how they come is the same."""

    def __init__(self, fleets: Fleets) -> None:
        """Know nobody."""
        # What is not expected to meet so often is no fleet, however seldom it meets.
        self._ledger = CohortLedger(least=fleets.expected)
        self._campaigns = Campaigns(fleets)
        self._looked = fleets.most > 0
        self._open: list[NDArray[np.void]] = []

    def add(self, pairs: NDArray[np.void]) -> None:
        """Take pairs of minutes that may not be over."""
        if len(pairs) and self._looked:
            self._open.append(pairs)

    def close(self, minute: int) -> list[Found]:
        """Know that a minute, and all before it, are over."""
        if not self._open:
            return []
        pairs = np.concatenate(self._open)
        over = pairs["minute"] <= minute
        if not over.any():
            self._open = [pairs]
            return []
        self._open = [pairs[~over]] if not over.all() else []
        return [
            Found(look.minute, tuple(self._corroborated(one, look.minute) for one in changed))
            for look in self._ledger.look(pairs[over])
            for changed in [self._campaigns.hear(look)]
            if changed
        ]

    def _corroborated(self, campaign: Campaign, minute: int) -> Campaign:
        """Look closer at a campaign whose turn it is to be decided on."""
        if campaign.told != minute:
            return campaign
        rows = self._ledger.day(campaign.habits, minute)
        readers = self._ledger.day(EDGED if campaign.edged else READERS, minute)
        corroboration = Corroboration.of(rows[campaign.holds(rows)], readers)
        return replace(campaign, corroboration=corroboration)

    def state(self) -> dict[str, NDArray[Any]]:
        """Copy out what has to survive a restart."""
        running = msgspec.msgpack.encode(list(self._campaigns.running.values()))
        return {
            **nested({"ledger": self._ledger.state()}),
            "open": np.concatenate([np.zeros(0, PAIR), *self._open]),
            "running": np.frombuffer(running, np.uint8),
        }

    def restore(self, state: Mapping[str, NDArray[Any]]) -> None:
        """Take up again what `state` copied out."""
        self._ledger.restore(state_of("ledger", state))
        self._open = [state["open"].astype(PAIR)] if len(state["open"]) else []
        running = campaigns_of(state["running"].tobytes())
        self._campaigns.running = {campaign.key: campaign for campaign in running}


def campaigns_of(packed: bytes) -> Sequence[Campaign]:
    """Read campaigns that were packed with msgpack."""
    return msgspec.msgpack.decode(packed, type=list[Campaign])
