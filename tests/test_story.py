"""The whole story, from log lines to who is refused, on platforms that nobody tuned for."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from msgspec import to_builtins

from access.site import Site
from streams.records import decision_record
from streams.replay import replay
from streams.settings import Settings
from streams.sources import open_source
from tests.cast.score import score
from tests.cast.world import World

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast.score import Standing

# One large platform, and small ones of each address scheme; seeds are dates, taken as they came.
MILLION = {"seed": 20_261_124, "people": 15_000, "lines": 1_000_000}
SMALL = [
    {"seed": 20_261_125, "people": 3_000, "scheme": "numbered"},
    {"seed": 20_261_126, "people": 3_000, "scheme": "owned"},
    {"seed": 20_261_127, "people": 3_000, "scheme": "opaque"},
]


@cache
def standings(folder: Path, number: int) -> list[Standing]:
    """Judge one of the platforms."""
    return played(folder, World(**[MILLION, *SMALL][number]))  # type: ignore[arg-type]  # plain numbers and words


def played(folder: Path, world: World) -> list[Standing]:
    """Replay a platform's log, and hold the decisions against the truth."""
    log = folder / f"{world.seed}.log"
    world.write(log)
    steps = replay([open_source(str(log))], Site.from_toml(world.site_toml()), Settings())
    told = [to_builtins(decision_record(d)) for step in steps for d in step.decisions]
    log.unlink()
    return score(told, world)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("story")


@pytest.mark.parametrize("number", range(4))
def test_nobody_innocent_is_blocked(folder: Path, number: int) -> None:
    assert [s.name for s in standings(folder, number) if s.blocked and not s.guilty] == []


@pytest.mark.parametrize("number", range(3))
def test_all_seven_harvesters_are_blocked_before_half_is_gone(folder: Path, number: int) -> None:
    guilty = [s for s in standings(folder, number) if s.guilty]

    assert [s.name for s in guilty if not s.blocked] == []
    assert sum(s.lost for s in guilty) < sum(s.saved for s in guilty)


def test_opaque_addresses_on_a_host_of_their_own_may_end_in_a_challenge(folder: Path) -> None:
    # No numbers, no Referer that says anything, no owners: what is left need not reach a block.
    guilty = [s for s in standings(folder, 3) if s.guilty]

    assert [s.name for s in guilty if not s.challenged] == []


def test_a_driven_browser_that_never_sleeps_is_blocked_and_nobody_who_does(folder: Path) -> None:
    seed = {"seed": 20_261_129, "people": 800, "hours": 36, "scheme": "opaque"}
    found = played(folder, World(**seed, harvesters=("sleepless", "browser engine")))  # type: ignore[arg-type]  # as above

    assert sorted(s.name for s in found if s.blocked) == ["browser engine", "sleepless"]
