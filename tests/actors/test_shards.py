"""Shards remember of their actors exactly what one memory of all would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from actors.capacity import Capacity
from actors.census import Census
from actors.features import DAY, Count, Statistic
from actors.shards import Home, resident, split
from tests.actors.traffic import crowd

if TYPE_CHECKING:
    from access.batch import Batch

FEATURES = tuple(Count(statistic, DAY) for statistic in Statistic)
CAPACITY = Capacity(
    addresses=512, networks=64, sessions=64, accounts=64,
    slots=128, group_slots=64, sights=1 << 14, group_sights=1 << 14,
)  # fmt: skip


def told(batch: Batch, home: Home, spared: int) -> set[tuple[object, ...]]:
    """Say all that is remembered; requests of an account are *spared*."""
    census = Census(
        FEATURES, CAPACITY, tick=1, seed=7, spared=lambda batch: batch.account == np.uint64(spared)
    )
    return {
        (
            frame.scope,
            int(frame.at[i]),
            int(frame.actor[i]),
            *(float(frame[f][i]) for f in FEATURES),
        )
        for frame in census.fold(batch, batch.at // 1000, home)
        for i in range(len(frame))
    }


@pytest.mark.parametrize("shards", [2, 5])
def test_shards_remember_of_their_actors_what_one_memory_would(shards: int) -> None:
    batch = crowd(3, 3_000)
    batch.account[:] = batch.session % 4
    parts = [
        told(part, resident(part, number, shards), 3) for number, _, part in split(batch, shards)
    ]

    assert set.union(*parts) == told(batch, Home.of_all(batch), 3)
    assert sum(map(len, parts)) == len(set.union(*parts))
