"""A trial judged again says what a replay with other settings says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks.quality.trial import Replay, Trial, told
from streams.replay import replay
from streams.sources import open_source
from tests.cast.schemes import Scheme

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast.world import World

TRIAL = Trial(20_261_203, Scheme.OWNED, "json", people=200, hours=8)


@pytest.fixture(scope="module")
def world() -> World:
    return TRIAL.world()


@pytest.fixture(scope="module")
def judged(world: World) -> Replay:
    return Replay.of(world, TRIAL.written)


@pytest.mark.parametrize("detector", ["volume", "orphans"])
def test_without_a_detector_is_a_replay_that_does_not_trust_it(
    world: World, judged: Replay, detector: str, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    world.write(log, TRIAL.written)
    trust = {**judged.settings.trust, detector: 0.0}
    steps = replay([open_source(str(log))], judged.site, replace(judged.settings, trust=trust))

    expected = told(decision for step in steps for decision in step.decisions)

    assert judged.without([detector])[detector] == expected
    assert expected != judged.decisions
