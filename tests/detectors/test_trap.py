"""Trap: what no person can find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from access.site import Site
from actors.features import DAY
from detectors.breadth import Breadth
from detectors.trap import Trap
from detectors.volume import Volume
from enforcement.decision import Action
from enforcement.policy import Policy
from streams.replay import replay
from streams.settings import Settings
from streams.sources import open_source
from tests.scene import counts, score

if TYPE_CHECKING:
    from pathlib import Path

CANARY = "/p/canary-{}.jpg"
SITE = "[[traps]]\nregex = '/p/canary-[0-9]+[.]jpg'\n"
LINE = '203.0.113.7 - - [24/Nov/2026:12:00:{:02} +0000] "GET {} HTTP/1.1" 200 9 "-" "Mozilla/5.0"\n'


def one_trap() -> float:
    return Trap().weight * score(Trap(), counts(DAY, TRAPS=1))


def test_whoever_touches_two_traps_is_certain() -> None:
    assert score(Trap(), counts(DAY, TRAPS=2)) == 1.0


def test_one_trap_alone_leads_to_nothing() -> None:
    assert Policy().action_for([one_trap()], ["trap"]) is None


def test_one_trap_beside_all_that_volume_and_breadth_can_say_never_blocks() -> None:
    loud = [Volume().weight, Breadth().weight]

    assert (
        Policy().action_for([*loud, one_trap()], ["volume", "volume", "trap"]) is Action.CHALLENGE
    )


def test_traps_alone_never_block() -> None:
    brought = Trap().weight * score(Trap(), counts(DAY, TRAPS=500))

    assert Policy().action_for([brought], ["trap"]) is Action.THROTTLE


def test_a_reader_who_finds_none_is_innocent() -> None:
    assert score(Trap(), counts(DAY, PICTURES=300, TRAPS=0)) == 0.0


def test_a_harvester_that_sees_what_people_see_is_missed() -> None:
    assert score(Trap(), counts(DAY, PICTURES=30_000, ASKED=30_000)) == 0.0


def test_traps_of_a_platform_are_told_by_its_own_patterns(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    asked = [*map(CANARY.format, range(2)), *(f"/p/{n}.jpg" for n in range(40))]
    log.write_text("".join(LINE.format(second, path) for second, path in enumerate(asked)))
    steps = list(replay([open_source(str(log))], Site.from_toml(SITE), Settings()))
    told = {s.detector: s.score for step in steps for s in step.signals if s.scope == "address"}

    assert told["trap"] == 1.0


def test_one_trap_touched_a_hundred_times_is_one(tmp_path: Path) -> None:
    asked = [CANARY.format(1) + f"?again={n}" for n in range(50)]
    paths = [*asked, *(f"/p/{n}.jpg" for n in range(9)), CANARY.format(2)]
    log = tmp_path / "access.log"
    log.write_text("".join(LINE.format(second, path) for second, path in enumerate(paths)))
    steps = replay([open_source(str(log))], Site.from_toml(SITE), Settings())
    told = [s for step in steps for s in step.signals if s.detector == "trap"]

    assert {signal.evidence["traps_24h"] for signal in told} == {2}


def test_two_traps_beside_a_harvest_are_named_in_its_decision(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    asked = [*map(CANARY.format, range(2)), *(f"/p/{n}.jpg" for n in range(40))]
    log.write_text("".join(LINE.format(second, path) for second, path in enumerate(asked)))
    steps = list(replay([open_source(str(log))], Site.from_toml(SITE), Settings()))

    assert any("trap" in d.families for step in steps for d in step.decisions)
