"""Whatever is killed, frozen or fed rubbish: nothing is lost, and nothing is judged otherwise."""

from __future__ import annotations

from random import Random  # noqa: TID251 - from a seed, to be had again
from typing import TYPE_CHECKING

from tests.cast.world import World
from tests.services.java import NEEDS_KAFKA
from tests.services.redis import NEEDS_REDIS
from tests.streams.faults import freeze, kill, kill_kafka, poison_lines, poison_records
from tests.streams.storm import storm

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [NEEDS_KAFKA, NEEDS_REDIS]


def test_a_storm_changes_nothing(tmp_path: Path, compiled: int) -> None:  # noqa: ARG001 - warm
    world = World(20_263, people=150, hours=1.5)
    some = [kill, poison_lines, kill_kafka, poison_records, freeze]

    outcome = storm(tmp_path, world, Random(1), some, seconds=2)  # noqa: S311 - repeatable

    assert outcome.lines.whole, str(outcome)
    assert outcome.expected.decisions
    assert outcome.found == outcome.expected, str(outcome)
