"""On real logs hardly anybody is given cold pictures, once three days are known; two are."""

from __future__ import annotations

import numpy as np
import pytest

from actors.capacity import Capacity
from actors.census import Census
from actors.features import DAY, Count, Statistic
from actors.frame import Scope
from actors.shards import Home
from tests.real.test_replay import LOGS, readers, replayed

pytestmark = pytest.mark.skipif(not LOGS, reason="the shared logs are not here (HEDGEROW_DATA)")

COLD = Count(Statistic.COLD, DAY)
MANY = 10  # in a day
IN_ORDER = 10**12  # milliseconds a line may be late


@pytest.mark.parametrize(("log", "most"), [("semicomplete", 0), ("airisdata", 2)])
def test_cold_pictures_are_given_to_two_who_put_them_up_and_to_nobody_else(
    log: str, most: int
) -> None:
    steps = replayed(LOGS[log], IN_ORDER)
    census = Census((COLD,), Capacity(), tick=1, seed=1)
    people, met, warm = np.array([*readers(steps)], np.uint64), set[int](), 0
    for batch in (step.batch for step in steps if len(step.batch)):
        tick, home = batch.at // 1000, Home.of_all(batch)
        warm = warm or int(tick[0]) + 3 * DAY
        census.warmth.add(census.given(batch, tick, home))
        for frame in census.fold(batch, tick, home):
            seen = (frame.scope is Scope.ADDRESS) & (frame.at > warm) & (frame[COLD] > MANY)
            met |= set(frame.actor[seen & np.isin(frame.actor, people)].tolist())

    assert len(met) == most
