"""Effect: decisions and orders come to the same in whatever order they are read."""

from __future__ import annotations

from dataclasses import replace

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.effect import Effect
from enforcement.standing import pardon_of
from tests.enforcement.test_blocklist import decision

ONE = (Scope.ADDRESS, "203.0.113.7")
NETWORK = (Scope.NETWORK, "203.0.113.0/24")
BLOCK = decision("203.0.113.7")


def word(effect: Effect, target: tuple[Scope, str] = ONE) -> str | None:
    entry, _ = effect.holding(target)
    return entry.word if entry else None


def test_a_release_that_is_read_first_undoes_what_was_written_before_it() -> None:
    effect = Effect()
    effect.release(NETWORK, 500)
    effect.decide(BLOCK, 400)
    before = word(effect)
    effect.decide(BLOCK, 600)  # the same, written again by a worker that was killed
    again = word(effect)
    effect.decide(replace(BLOCK, id="later"), 600)

    assert (before, again, word(effect)) == (None, None, "block")


def test_what_rested_on_a_ground_is_undone_whichever_is_read_first() -> None:
    ours, theirs = replace(BLOCK, campaign="c"), replace(BLOCK, id="other", signals=(), rules="x")
    words = []
    for ground in ("campaign:c", "rules:r", "detector:volume"):
        before, after = Effect(), Effect()
        after.lift(ground, 500)
        for effect in (before, after):
            effect.decide(ours, 400)
        before.lift(ground, 500)
        for effect in (before, after):
            words.append(word(effect))
            effect.decide(theirs, 400)
            words.append(word(effect))

    assert words == [None, "block"] * 6


def test_a_pardon_hides_and_its_end_brings_nothing_old_back() -> None:
    effect = Effect()
    effect.decide(BLOCK, 400)
    touched = effect.pardon(pardon_of("203.0.113.0/24", "order"))
    during = word(effect), word(effect, NETWORK)
    effect.release(NETWORK, 500)

    assert touched == {ONE, NETWORK}
    assert during == (None, "pardon")
    assert word(effect) is None


def test_a_pardon_of_a_session_is_none_of_the_account_of_that_name() -> None:
    effect = Effect()
    for scope in (Scope.SESSION, Scope.ACCOUNT):
        effect.decide(decision(f"{scope}", scope=scope), 0)
        effect.decide(replace(decision("x", scope=scope), id=f"x {scope}"), 0)
    effect.pardon(pardon_of("session:x", "order"))

    assert word(effect, (Scope.SESSION, "x")) == "pardon"
    assert word(effect, (Scope.ACCOUNT, "x")) == "block"


def test_event_time_ends_decisions_and_the_clock_ends_orders() -> None:
    effect = Effect()
    effect.decide(BLOCK, 0)
    effect.impose(decision("203.0.113.7", action=Action.CHALLENGE), 0)

    assert effect.pass_by(100, 0) == {ONE}
    assert word(effect) == "challenge"
    assert effect.pass_by(0, 100) == {ONE}
    assert word(effect) is None


def test_a_persons_block_that_has_ended_is_not_taken_up_again() -> None:
    effect = Effect()
    effect.pass_by(0, 200)
    effect.impose(BLOCK, 0)

    assert effect.targets() == set()
