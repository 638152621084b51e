"""Who shares an address with many is neither blocked nor challenged for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec import to_builtins

from streams.records import decision_record
from streams.replay import replay
from streams.settings import Settings
from streams.sitefiles import read_site
from streams.sources import open_source
from tests.cast.passersby import PASSERSBY
from tests.cast.roster import HARVESTERS, MORE_PASSERSBY
from tests.cast.score import score
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast.score import Standing


def judged(world: World, folder: Path, written: str) -> dict[str, Standing]:
    log = folder / "access.log"
    world.write(log, written)
    steps = replay([open_source(str(log))], read_site(world.write_site(folder)), Settings())
    decisions = [to_builtins(decision_record(d)) for step in steps for d in step.decisions]
    return {standing.name: standing for standing in score(decisions, world)}


@pytest.mark.parametrize("written", ["combined", "json"])
def test_a_class_of_thirty_like_browsers_is_not_even_challenged(
    tmp_path: Path, written: str
) -> None:
    world = World(
        880_000,
        people=800,
        hours=26,
        harvesters=tuple(HARVESTERS),
        passersby=(*PASSERSBY, *MORE_PASSERSBY),
    )

    lesson = judged(world, tmp_path, written)["school class"]

    assert (lesson.visitors, lesson.blocked, lesson.challenged) == (30, 0, 0)
