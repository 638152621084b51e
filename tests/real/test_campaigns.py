"""No campaign is found on real logs: they hold crawlers, a CDN's fetchers and image searchers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from actors.capacity import Capacity
from actors.census import Census
from actors.features import MINUTE, Count, Statistic
from actors.shards import Home
from enforcement.campaigns import Fleets
from enforcement.finding import Finding
from tests.real.test_replay import LOGS, decisions, each_log, each_order, replayed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enforcement.finding import Found
    from streams.pipeline import Step

pytestmark = pytest.mark.skipif(not LOGS, reason="the shared logs are not here (HEDGEROW_DATA)")


def found(steps: Sequence[Step]) -> tuple[int, list[Found]]:
    """Count the pairs that were noted, and tell what they show, minute by minute."""
    census = Census((Count(Statistic.TAKEN, MINUTE),), Capacity(), tick=1, seed=1)
    finding, pairs, campaigns, newest = Finding(Fleets()), 0, [], 0
    for batch in (step.batch for step in steps if len(step.batch)):
        tick = np.maximum.accumulate(np.maximum(batch.at // 1000, newest))
        newest = int(tick[-1])
        census.fold(batch, tick, Home.of_all(batch))
        pairs += len(census.noted.row)
        finding.add(census.noted.pairs)
        campaigns += finding.close(newest // MINUTE - 1)
    return pairs, campaigns + finding.close(newest // MINUTE)


@cache
def shown(log: str, lateness: int) -> tuple[int, list[Found]]:
    return found(replayed(LOGS[log], lateness))


@each_log
@each_order
def test_no_campaign_is_found(log: str, lateness: int) -> None:
    assert shown(log, lateness)[1] == []


@each_order
def test_real_visitors_are_looked_at(lateness: int) -> None:
    assert sum(shown(log, lateness)[0] for log in LOGS) > 5_000


@each_log
@each_order
def test_nobody_is_told_to_be_of_a_fleet(log: str, lateness: int) -> None:
    steps = replayed(LOGS[log], lateness)

    assert [s for step in steps for s in step.signals if s.detector in {"fleet", "stray"}] == []
    assert [decision for decision in decisions(steps) if decision.campaign] == []
