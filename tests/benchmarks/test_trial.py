"""A trial judged again says what a replay with other settings says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks.quality.trial import Replay, Trial, told
from streams.replay import replay
from streams.settings import Settings
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
    return Replay.of(world, TRIAL.written, Settings())


@pytest.mark.parametrize(("detector", "far"), [("volume", 0.0), ("orphans", 0.0), ("depth", 1.0)])
def test_what_a_detector_changes_is_what_a_replay_that_trusts_it_so_far_says(
    world: World, judged: Replay, detector: str, far: float, tmp_path: Path
) -> None:
    log = tmp_path / "access.log"
    world.write(log, TRIAL.written)
    trust = {**judged.settings.trust, detector: far}
    steps = replay([open_source(str(log))], judged.site, replace(judged.settings, trust=trust))

    expected = told(decision for step in steps for decision in step.decisions)

    assert judged.trusting({detector: far})[detector] == expected
    assert expected != judged.decisions
