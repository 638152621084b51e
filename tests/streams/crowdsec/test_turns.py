"""Turns: after any answers, lost ones among them, a bouncer refuses whom it should."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from enforcement.decision import Action
from streams.crowdsec import board, turns
from streams.crowdsec.turns import Turns
from tests.streams.crowdsec.scene import ONE, TWO, Platform, short
from tests.streams.crowdsec.test_board import STEPS, Step, step

if TYPE_CHECKING:
    import pytest

    from streams.crowdsec.remedy import Remedy
    from streams.crowdsec.turns import Delta


class Bouncer:
    """Does as CrowdSec's do: deletes, then adds what it does not have."""

    def __init__(self) -> None:
        """Have nothing."""
        self.held: dict[str, Remedy] = {}

    def take(self, delta: Delta) -> None:
        """Do as an answer says."""
        for remedy in delta.deleted:
            self.held.pop(remedy.name, None)
        for remedy in delta.new:
            self.held.setdefault(remedy.name, remedy)


def shown(delta: Delta) -> tuple[list[str], list[str]]:
    return [short(r) for r in delta.new], [short(r) for r in delta.deleted]


def next_of(platform: Platform, turns: Turns) -> Delta:
    platform.board.current()
    return turns.next("a")


@given(st.lists(st.tuples(STEPS, st.booleans()), max_size=6))
def test_who_loses_no_two_answers_in_a_row_refuses_whom_it_should(
    rounds: list[tuple[list[Step], bool]],
) -> None:
    platform, bouncer, lost = Platform(), Bouncer(), False
    told = Turns(platform.board)
    bouncer.take(told.whole("a"))
    for steps, loses in [*rounds, ([], False)]:
        for each in steps:
            step(platform, *each)
        delta = next_of(platform, told)
        lost = loses and not lost
        if not lost:
            bouncer.take(delta)
            assert bouncer.held == platform.board.told


def test_a_start_tells_all_and_then_what_changed_and_then_nothing() -> None:
    platform = Platform()
    told = Turns(platform.board)
    platform.decide(ONE)
    first = shown(told.whole("a"))
    platform.decide(TWO, Action.CHALLENGE)
    second = shown(told.next("a"))
    platform.release(ONE)
    third = shown(told.next("a"))
    told.next("a")

    assert first == ([f"ban {ONE}"], [])
    assert second == ([f"captcha {TWO}"], [])
    assert third == ([f"captcha {TWO}"], [f"ban {ONE}"])
    assert shown(told.next("a")) == ([], [])


def test_what_lasts_longer_now_is_deleted_first_for_bouncers_skip_what_they_have() -> None:
    platform = Platform()
    told, bouncer = Turns(platform.board), Bouncer()
    platform.decide(ONE)
    bouncer.take(told.whole("a"))
    platform.decide(ONE, lasts=6000)
    bouncer.take(told.next("a"))

    assert bouncer.held == platform.board.told


def test_each_bouncer_has_a_turn_of_its_own() -> None:
    platform = Platform()
    told = Turns(platform.board)
    told.whole("a"), told.whole("b")
    platform.decide(ONE)

    assert shown(told.next("a")) == shown(told.next("b")) == ([f"ban {ONE}"], [])


def test_who_is_not_known_is_told_all_and_whatever_to_forget() -> None:
    platform = Platform()
    platform.decide(ONE)
    platform.decide(TWO)
    platform.release(ONE)

    assert shown(Turns(platform.board).next("new")) == ([f"ban {TWO}"], [f"ban {ONE}"])


def test_who_was_away_for_too_long_is_told_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "KEPT", 2)
    platform = Platform()
    told = Turns(platform.board)
    told.whole("a")
    for number in range(4):
        platform.decide(f"203.0.113.{number}")

    assert len(told.next("a").new) == 4


def test_there_is_room_for_so_many_bouncers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "MOST", 2)
    told = Turns(Platform().board)
    for name in "abac":
        told.whole(name)

    assert list(told.held) == ["a", "c"]
