"""A newcomer is compared two minutes after it began, with what was known by then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from actors.baseline import LAG
from actors.features import HOUR, MINUTE, Handover, Resumed
from actors.frame import Scope
from actors.starts import START
from enforcement.pursuit import HANDED, Pursuit
from enforcement.trails import TRAIL
from tests.enforcement.test_likeness import NEXT, steps
from tests.enforcement.test_likeness import TRAIL as WALK
from tests.enforcement.test_trails import NOON, SECOND, WHO, acted
from tests.scene import frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from enforcement.decision import Decision, Signal

STEPS = Resumed(Handover.STEPS)
OTHER = WHO + 4096


def trail(second: int = 0, said: int = 0, name: int = 5) -> NDArray[np.void]:
    """Say, in the minute *said* after noon, a walk of eight pictures from a second on."""
    told = np.zeros(len(WALK), TRAIL)
    told["said"], told["trail"], told["decision"], told["since"] = NOON + said, name, name, SECOND
    told["step"] = WALK
    told["step"]["at"] = SECOND + second + np.arange(len(WALK))
    return told


def start(second: int = 30, serial: list[int] = NEXT) -> NDArray[np.void]:
    begun = np.zeros(1, START)
    begun["key"], begun["steps"][0] = OTHER, steps(serial)
    begun["steps"]["at"] += SECOND + second
    return begun


def pursued(begun: NDArray[np.void], *told: NDArray[np.void]) -> Pursuit:
    """Compare a newcomer when its time has come."""
    pursuit = Pursuit(64, 7)
    pursuit.restore({**pursuit.state(), "due": begun})
    for each in told:
        pursuit.learn(each)
    moment = pursuit.next
    assert moment is not None
    pursuit.settle(moment - 1)
    assert pursuit.next == moment
    pursuit.settle(moment)
    assert pursuit.next is None
    return pursuit


def steps_at(pursuit: Pursuit, minute: float) -> float:
    """Tell how far the newcomer is known to go on, so many minutes after noon."""
    seen = frame({}, at=SECOND + int(minute * MINUTE), actor=OTHER)
    return float(pursuit.compared([seen])[0][STEPS][0])


def test_it_is_linked_from_two_minutes_after_it_began() -> None:
    pursuit = pursued(start(), trail())

    assert [steps_at(pursuit, minute) for minute in (1, LAG, LAG + 0.1, 30)] == [0, 0, 8, 8]


def test_who_begins_slowly_is_linked_when_its_eighth_picture_is_there() -> None:
    begun = start()
    begun["steps"]["at"][0, -1] = SECOND + 10 * MINUTE

    pursuit = pursued(begun, trail())

    assert [steps_at(pursuit, minute) for minute in (9.9, 10)] == [0, 8]


def test_a_link_speaks_for_an_hour() -> None:
    pursuit = pursued(start(), trail())

    assert [steps_at(pursuit, minute) for minute in (60, 63)] == [8, 0]


def test_what_was_said_after_it_began_is_not_known_then() -> None:
    assert steps_at(pursued(start(), trail(said=1)), 5) == 0


def test_who_began_before_the_other_was_stopped_goes_on_from_nobody() -> None:
    early = trail()
    early["since"] = SECOND + 31

    assert steps_at(pursued(start(), early), 5) == 0


def test_nobody_is_waited_for_longer_than_an_hour() -> None:
    second = HANDED + len(WALK) + 60
    far = start(second)

    assert steps_at(pursued(far, trail()), second / 60 + 5) == 0
    near = start(HANDED - MINUTE)
    assert steps_at(pursued(near, trail()), HOUR / 60 + 3) == 8


def test_what_the_other_asked_for_after_the_newcomer_began_does_not_count() -> None:
    assert [steps_at(pursued(start(second), trail()), 5) for second in (2, 3)] == [0, 8]


def test_a_second_trail_that_leads_elsewhere_changes_nothing() -> None:
    away = trail(name=3)
    away["step"]["serial"] += 5_000

    assert steps_at(pursued(start(), away, trail()), 5) == 8


def test_frames_of_networks_sessions_and_accounts_are_left_alone() -> None:
    pursuit = pursued(start(), trail())
    seen = frame({}, scope=Scope.NETWORK, at=SECOND + 5 * MINUTE, actor=OTHER)

    assert pursuit.compared([seen])[0] is seen


def spoken(*names: str) -> Decision:
    said: list[Signal] = [replace(_signal(), detector=name) for name in names]
    return replace(acted(5 * MINUTE, who=OTHER), signals=tuple(said))


def _signal() -> Signal:
    from enforcement.decision import Signal  # noqa: PLC0415  the name is a type elsewhere

    return Signal(SECOND, Scope.ADDRESS, "", "sequel", "cohort", 1.0, 6.0, {})


@pytest.mark.parametrize(("names", "known"), [(("sequel",), f"{5:016x}"), (("volume",), None)])
def test_a_decision_that_rests_on_it_names_the_one_that_was_evaded(
    names: tuple[str, ...], known: str | None
) -> None:
    assert pursued(start(), trail()).follows(spoken(*names)) == known


def test_links_survive_a_restart() -> None:
    before, after = pursued(start(), trail()), Pursuit(64, 7)
    after.restore(before.state())

    assert steps_at(after, 5) == 8
