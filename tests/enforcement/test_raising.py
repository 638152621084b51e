"""A cap that people raised holds for its hours, in its scope, and is what it was afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actors.frame import Scope
from enforcement.decision import Action, Reach
from enforcement.railing import Railing
from enforcement.rails import Cap, Rails
from enforcement.raising import KEPT, Raise, check_raise
from tests.enforcement.test_blocklist import decision
from tests.enforcement.test_railing import storm

HOUR = 3_600_000  # milliseconds
FEW = Rails(blocks_a_minute=2, entries=3, requests_least=3_000, people_least=1)
QUIET = Reach()


def raised(cap: Cap = Cap.RATE, most: int = 4, since: int = 0, until: int = HOUR) -> Raise:
    return Raise(cap, most, since, until, "0123456789abcdef")


def through(railing: Railing, count: int, written: int, *, every: int = 0) -> int:
    return sum(railing.admits(each, written) for each in storm(count, every=every, reach=QUIET))


@pytest.mark.parametrize(("written", "most"), [(-1, 2), (0, 4), (HOUR - 1, 4), (HOUR, 2)], ids=str)
def test_a_raise_holds_from_its_order_until_its_end(written: int, most: int) -> None:
    railing = Railing(Rails(blocks_a_minute=2))
    railing.lift(Scope.ADDRESS, raised())

    assert through(railing, 9, written) == most


@pytest.mark.parametrize(
    ("cap", "rails", "reach", "usual"),
    [
        (Cap.RATE, Rails(blocks_a_minute=2), QUIET, 2),
        (Cap.ENTRIES, Rails(entries=2), QUIET, 2),
        (Cap.REQUESTS, Rails(requests_least=20), Reach(requests=10, site_requests=10), 2),
        (Cap.PEOPLE, Rails(people_least=2), Reach(people=1, site_people=10), 2),
    ],
    ids=str,
)
def test_each_cap_that_can_be_raised_lets_more_through_and_no_more_than_that(
    cap: Cap, rails: Rails, reach: Reach, usual: int
) -> None:
    harm = storm(9, reach=reach)
    before, after = Railing(rails), Railing(rails)
    scale = max(reach.requests, 1) if cap is Cap.REQUESTS else 1
    after.lift(Scope.ADDRESS, raised(cap, 5 * scale))

    assert sum(before.admits(each, 1) for each in harm) == usual
    assert sum(after.admits(each, 1) for each in harm) == 5
    assert [trip.most for trip in after.trips] == [5 * scale]


def test_another_scope_and_another_cap_stay_as_they_are() -> None:
    railing = Railing(Rails(blocks_a_minute=1))
    railing.lift(Scope.ACCOUNT, raised())
    railing.lift(Scope.ADDRESS, raised(Cap.ENTRIES, 200_000))

    assert through(railing, 9, 1) == 1


def test_a_wider_network_than_machines_judge_is_broken_whatever_was_raised() -> None:
    railing = Railing(Rails())
    for cap in (Cap.RATE, Cap.ENTRIES, Cap.REQUESTS, Cap.PEOPLE):
        railing.lift(Scope.NETWORK, raised(cap, 10**9))

    assert not railing.admits(decision("198.0.0.0/8", scope=Scope.NETWORK), 1)


def test_a_scope_in_shadow_acts_again_if_what_it_had_reached_is_allowed_now() -> None:
    railing = Railing(Rails(blocks_a_minute=2))
    withheld = storm(3, reach=QUIET)[2]
    through(railing, 3, 5)
    railing.lift(Scope.ADDRESS, raised(since=4))  # ordered before it had tripped
    early = len(railing.trips)
    railing.lift(Scope.ADDRESS, raised(since=6))

    assert (early, railing.trips) == (1, ())
    assert not railing.admits(withheld, 7)  # what was withheld stays undone
    assert through(railing, 9, 7) == 2 + 2


def test_a_scope_stays_in_shadow_that_had_reached_more_than_is_allowed_now() -> None:
    railing = Railing(Rails(blocks_a_minute=0, requests_least=100))
    hit = replace(decision("203.0.113.7", at=60, until=999), reach=Reach(500, 0, 500))
    railing.lift(Scope.ADDRESS, raised(Cap.RATE, 9))
    railing.admits(hit, 1)
    railing.lift(Scope.ADDRESS, raised(Cap.REQUESTS, 499, since=2))

    assert [(trip.cap, trip.seen) for trip in railing.trips] == [(Cap.REQUESTS, 500)]


def test_of_two_raises_the_higher_holds_whichever_came_first() -> None:
    high, low = raised(most=9, until=60_000), raised(most=5)
    for order in ((high, low), (low, high)):
        railing = Railing(Rails(blocks_a_minute=1))
        for each in order:
            railing.lift(Scope.ADDRESS, each)

        assert through(railing, 20, 59_999) == 9


def test_lowering_ends_what_was_raised_before_and_no_other_cap() -> None:
    railing = Railing(Rails(blocks_a_minute=1, entries=2))
    railing.lift(Scope.ADDRESS, raised())
    railing.lift(Scope.ADDRESS, raised(Cap.ENTRIES, 3))
    railing.lower(Scope.ADDRESS, Cap.RATE, 1_000)

    assert through(railing, 9, 2_000) == 1
    assert [each.until for _, each in railing.raised] == [1_000, HOUR]


def test_a_restart_and_a_reset_keep_what_was_raised() -> None:
    railing, again = Railing(Rails(blocks_a_minute=1)), Railing(Rails(blocks_a_minute=1))
    railing.lift(Scope.ADDRESS, raised())
    again.restore(railing.state())
    first = through(again, 9, 1)
    again.reset(Scope.ADDRESS, 2)
    second = sum(again.admits(each, 2) for each in storm(20, reach=QUIET)[10:])

    assert (first, second) == (4, 4)


def test_what_ended_long_ago_is_forgotten_and_the_same_is_kept_once() -> None:
    railing = Railing(Rails())
    late = raised(since=HOUR + KEPT, until=2 * HOUR + KEPT)
    for each in (raised(), late, late):
        railing.lift(Scope.ADDRESS, each)

    assert [each for _, each in railing.raised] == [late]


def test_one_that_was_ended_early_stays_ended_when_its_order_is_read_again() -> None:
    railing = Railing(Rails())
    railing.lift(Scope.ADDRESS, raised())
    railing.lower(Scope.ADDRESS, Cap.RATE, 1_000)
    railing.lift(Scope.ADDRESS, raised())

    assert [each.until for _, each in railing.raised] == [1_000]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (raised(most=2), "rate is 2 by the settings: 2 would not raise it"),
        (raised(Cap.ENTRIES, 1), "entries is 3 by the settings"),
        (raised(Cap.PEOPLE, 1), "people is 1 by the settings"),
        (raised(Cap.PREFIX, 16), "prefix is no cap that people raise: rate, entries"),
        (raised(most=8), "rate is raised to 9 already"),
    ],
)
def test_what_raises_nothing_is_refused(wanted: Raise, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        check_raise(FEW, [raised(most=9)], wanted)


def test_a_raise_to_what_is_raised_already_makes_it_last_longer() -> None:
    check_raise(FEW, [raised(most=9)], raised(most=9, until=2 * HOUR))


def test_milder_actions_pass_all_the_same() -> None:
    railing = Railing(FEW)

    assert all(railing.admits(replace(d, action=Action.THROTTLE), 1) for d in storm(9))
