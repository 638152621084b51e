"""Every rail trips, and without it the harm would have been done."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import ItemsView
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from actors.frame import Scope
from enforcement import railing as module
from enforcement.decision import Action, Reach
from enforcement.railing import Railing
from enforcement.rails import Cap, Rails
from tests.enforcement.test_blocklist import decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enforcement.decision import Decision

OPEN = Rails(
    blocks_a_minute=10**9,
    entries=10**9,
    widest_four=0,
    widest_six=0,
    requests_least=10**9,
    people_least=10**9,
)
HIT = Reach(requests=2_000, people=1, site_requests=60_000, site_people=3_000)


def storm(count: int = 400, *, every: int = 0, reach: Reach = HIT) -> list[Decision]:
    """Block so many addresses, so many seconds apart."""
    return [
        replace(
            decision(f"198.51.{n // 250}.{n % 250}", at=60 + n * every, until=90_000), reach=reach
        )
        for n in range(count)
    ]


def admitted(rails: Rails, decisions: list[Decision]) -> tuple[int, list[Cap]]:
    """Say how many got through, and which caps were reached."""
    railing = Railing(rails)
    through = sum(railing.admits(each, each.at * 1000) for each in decisions)
    return through, [trip.cap for trip in railing.trips]


WIDE = [
    decision("198.0.0.0/8", scope=Scope.NETWORK),
    decision("2001:db8::/32", scope=Scope.NETWORK),
]
HARMS = [
    (Cap.RATE, Rails(), storm(reach=Reach()), 300),
    (Cap.ENTRIES, Rails(entries=120), storm(every=30, reach=Reach()), 120),
    (Cap.REQUESTS, Rails(), storm(every=1), 18),
    (Cap.PEOPLE, Rails(requests_least=10**9), storm(every=1), 50),
    (Cap.PREFIX, Rails(), WIDE, 0),
]


@pytest.mark.parametrize(("cap", "rails", "harm", "most"), HARMS, ids=[h[0] for h in HARMS])
def test_a_rail_trips_and_without_it_all_of_them_would_have_been_hit(
    cap: Cap, rails: Rails, harm: list[Decision], most: int
) -> None:
    assert admitted(rails, harm) == (most, [cap])
    assert admitted(OPEN, harm) == (len(harm), [])


def test_only_the_scope_that_tripped_goes_into_shadow() -> None:
    railing = Railing(Rails(blocks_a_minute=1))
    account = decision("someone", at=60, scope=Scope.ACCOUNT)

    said = [railing.admits(each, 0) for each in (*storm(2), account)]

    assert said == [True, False, True]


def test_a_trip_says_what_would_have_happened() -> None:
    railing = Railing(Rails(blocks_a_minute=1))
    for each in storm(5):
        railing.admits(each, 7_000)
        railing.admits(each, 9_000)  # told again, counted once

    [trip] = railing.trips

    assert (trip.cap, trip.at, trip.written, trip.seen, trip.most) == (Cap.RATE, 60, 7_000, 2, 1)
    assert (trip.decisions, trip.requests, trip.people) == (4, 8_000, 4)


def test_a_reset_lets_as_many_through_again_and_an_older_one_does_nothing() -> None:
    railing = Railing(Rails(blocks_a_minute=1))
    first, second, third, fourth = storm(4)
    railing.admits(first, 5_000)
    railing.admits(second, 5_000)
    railing.reset(Scope.ADDRESS, 4_999)
    before = len(railing.trips)
    railing.reset(Scope.ADDRESS, 5_001)

    assert (before, railing.trips) == (1, ())
    assert [railing.admits(each, 6_000) for each in (second, third, fourth)] == [
        False,
        True,
        False,
    ]


def test_what_only_watches_or_slows_down_does_not_count() -> None:
    harm = [replace(each, action=Action.THROTTLE) for each in storm()]

    assert admitted(Rails(), harm) == (400, [])


@pytest.mark.parametrize(
    "target", ["10.1.2.3", "192.168.0.0/24", "127.0.0.1", "fe80::/64", "fd00:1:2::/48"]
)
def test_nobody_lists_what_is_no_place_on_the_internet(target: str) -> None:
    scope = Scope.NETWORK if target.endswith(("/24", "/48")) else Scope.ADDRESS
    railing = Railing(Rails())

    assert not railing.admits(decision(target, scope=scope), 0)
    assert railing.trips == ()


def test_on_a_site_that_names_nobody_the_share_of_people_is_not_guessed() -> None:
    reach = Reach(people=4)

    assert admitted(Rails(), storm(every=1, reach=reach)) == (400, [])


def test_an_hour_later_there_is_room_again() -> None:
    assert admitted(Rails(), storm(30, every=600))[0] == 30


def test_a_restart_changes_nothing() -> None:
    railing, again = Railing(Rails()), Railing(Rails())
    harm = storm(every=1)
    for each in harm[:100]:
        railing.admits(each, 0)
    again.restore(railing.state())
    for each in harm[100:]:
        assert railing.admits(each, 0) == again.admits(each, 0)

    assert again.state() == railing.state()


@pytest.mark.parametrize("rails", [OPEN, Rails(blocks_a_minute=1)], ids=["let", "withheld"])
def test_no_decision_is_weighed_against_all_those_before(
    monkeypatch: pytest.MonkeyPatch, rails: Rails
) -> None:
    looked = 0

    class Counting(OrderedDict[str, tuple[int, int, int]]):
        def __iter__(self) -> Iterator[str]:
            nonlocal looked
            for target in super().__iter__():
                looked += 1
                yield target

        def items(self) -> ItemsView[str, tuple[int, int, int]]:  # type: ignore[override] # counts
            return ItemsView(self)

    monkeypatch.setattr(module, "OrderedDict", Counting)
    harm = storm(2_000, every=3)  # the first ones leave the hour before the last come
    admitted(rails, harm)

    assert looked <= 2 * len(harm)


def test_a_railing_kept_by_a_former_release_goes_on() -> None:
    watch = {"minutes": {1: 1}, "hour": {"a": (60, 1, 1)}, "ends": {"a": 90}, "requests": 1}
    kept = {**watch, "people": 1, "withheld": {"b": 90}, "trip": None}
    state = msgspec.msgpack.encode((60, {"address": kept}))
    railing = Railing(Rails())
    railing.restore(state)

    added = msgspec.msgpack.encode((60, {"address": {**kept, "raised": []}}))
    assert railing.state() == added
