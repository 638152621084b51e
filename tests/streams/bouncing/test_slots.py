"""Slots go to who saves most, in as few CIDRs as there can be, and to nobody who is innocent."""

from __future__ import annotations

import math
from dataclasses import replace
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streams.bouncing.plan import Plan, plan
from streams.bouncing.slots import Room, fitted
from tests.streams.bouncing.origin import clock, ending

if TYPE_CHECKING:
    from enforcement.standing import Entry

NOW = clock()
TARGETS = st.one_of(
    st.integers(0, 63).map(lambda n: f"203.0.113.{n}"),
    st.integers(0, 15).map(lambda n: f"203.0.113.{n * 4}/30"),
    st.integers(0, 7).map(lambda n: f"2001:db8:0:{n:x}::"),
)
WORDS = st.sampled_from(["block", "block", "challenge", "pardon"])


def took(
    target: str, pictures: int, word: str = "block", lasts: float = 600
) -> tuple[Entry, float]:
    entry, end = ending(target, word, lasts)
    return replace(entry, pictures=pictures, reference=f"of {target}"), end


def fit(room: Room, *endings: tuple[Entry, float]) -> Plan:
    return fitted(plan(endings, [], NOW), endings, room, NOW)


def held(made: Plan, word: str = "block") -> list[str]:
    return [cidr for cidr, _ in made.lists[word]]


def test_people_come_first_then_who_took_most_then_who_stays_longest() -> None:
    endings = [
        took("203.0.113.1", 5),
        took("203.0.113.3", 900),
        took("203.0.113.5", 0),  # an order: people count no pictures
        took("203.0.113.7", 5, lasts=6000),
    ]

    kept = [held(fit(Room(slots), *endings)) for slots in (1, 2, 3, 4)]

    assert [sorted(k.removesuffix("/32")[-1] for k in each) for each in kept] == [
        ["5"],
        ["3", "5"],
        ["3", "5", "7"],
        ["1", "3", "5", "7"],
    ]


def test_what_did_not_fit_is_counted_and_the_whole_is_named() -> None:
    endings = [took("203.0.113.1", 5), took("203.0.113.3", 9)]
    cut, whole = fit(Room(1), *endings), fit(Room(2), *endings)

    assert (cut.without_room, cut.whole) == (1, plan(endings, [], NOW).set)
    assert (whole.without_room, whole.whole, whole.set) == (0, "", cut.whole)


def test_neighbours_with_other_ends_share_a_slot_and_add_up() -> None:
    endings = [
        took("203.0.113.0/25", 30, lasts=60),
        took("203.0.113.128/25", 30, lasts=math.inf),
        took("198.51.100.9", 50),
    ]
    made = fit(Room(1), *endings)

    assert held(made) == ["203.0.113.0/24"]


def test_an_end_that_moves_is_no_news_for_a_list_without_ends() -> None:
    first, later = took("203.0.113.1", 5, lasts=60), took("203.0.113.1", 5, lasts=6000)

    assert fit(Room(9), first).lists == fit(Room(9), later).lists


def test_each_cidr_says_the_decision_behind_it() -> None:
    made = fit(Room(9), took("203.0.113.1", 5), took("203.0.113.0/24", 9))

    assert made.references == {"203.0.113.0/24": "of 203.0.113.0/24"}


def test_versions_share_slots_or_have_their_own() -> None:
    endings = [took("203.0.113.1", 5), took("203.0.113.3", 9), took("2001:db8::", 1)]

    assert held(fit(Room(1), *endings)) == ["203.0.113.3/32"]
    assert held(fit(Room(1, apart=True), *endings)) == ["203.0.113.3/32", "2001:db8::/64"]


def test_only_the_lists_that_there_are_hold_anybody() -> None:
    endings = [took("203.0.113.1", 5, "challenge"), took("203.0.113.3", 9, "throttle")]
    none, challenge = fit(Room(9), *endings), fit(Room(9, lists=("block", "challenge")), *endings)

    assert (sum(none.sizes().values()), none.without_room) == (0, 0)
    assert held(challenge, "challenge") == ["203.0.113.1/32"]
    assert held(challenge, "throttle") == []


@given(st.lists(st.tuples(TARGETS, WORDS, st.integers(0, 50)), max_size=30), st.integers(1, 8))
def test_a_cut_list_is_a_disjoint_part_of_the_plan(
    drawn: list[tuple[str, str, int]], slots: int
) -> None:
    endings = [took(target, n, word) for target, word, n in drawn]
    made = plan(endings, [], NOW)
    cut = fitted(made, endings, Room(slots), NOW)
    networks = [ip_network(cidr) for cidr in held(cut)]
    allowed = [ip_network(cidr) for cidr in held(made)]

    assert len(networks) <= slots
    assert not any(a.overlaps(b) for a in networks for b in networks if a is not b)
    for each in networks:
        inside = [a for a in allowed if a.version == each.version and a.subnet_of(each)]  # type: ignore[arg-type] # of one version
        assert sum(a.num_addresses for a in inside) == each.num_addresses


@pytest.mark.parametrize("slots", [1, 1000])
def test_nobody_has_no_room(slots: int) -> None:
    made = fit(Room(slots))

    assert (made.set, made.without_room) == (Plan().set, 0)
