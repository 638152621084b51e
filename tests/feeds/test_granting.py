"""A part of the list is the right part: of one version, one shape, one action, so many slots."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.rungs import Rung
from enforcement.standing import Standing, entry_of
from feeds import hosts
from feeds.granting import granted
from feeds.wish import Wish
from tests.feeds.test_every_feed import BLOCK, held

WIDE = replace(BLOCK, id="w", target="203.0.113.0/24", scope=Scope.NETWORK, pictures=9)
ONE = replace(BLOCK, id="o", target="198.51.100.7", pictures=500)
TWO = replace(BLOCK, id="t", target="198.51.100.9", pictures=20)
SIX = replace(BLOCK, id="s", target="2001:db8:1:2::/64", pictures=100)
ALL = held([WIDE, ONE, TWO, SIX]).standing(0)


def throttled(target: str, scope: Scope = Scope.ADDRESS) -> Standing:
    """Throttle one who stands beside, or inside, what is blocked and challenged."""
    challenge = replace(TWO, action=Action.CHALLENGE)
    slow = replace(BLOCK, id="x", target=target, scope=scope, action=Action.THROTTLE, until=50)
    blocks = held([WIDE, challenge, slow])
    blocks.release("192.0.2.128/25", "office")
    return blocks.standing(0)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(version=4), ("198.51.100.7/32", "198.51.100.9/32", "203.0.113.0/24")),
        (Wish(version=6), ("2001:db8:1:2::/64",)),
        (Wish(shape="ranges"), ("203.0.113.0/24", "2001:db8:1:2::/64")),
        (Wish(most=2), ("198.51.100.7/32", "2001:db8:1:2::/64")),
        (Wish(version=4, most=1), ("198.51.100.7/32",)),
    ],
)
def test_it_is_the_part_that_was_asked_for(wish: Wish, told: tuple[str, ...]) -> None:
    assert granted(ALL, wish).refused == told


def test_what_has_no_slot_is_counted() -> None:
    assert granted(ALL, Wish(most=3)).left_out == 1


def test_a_persons_word_keeps_its_slot_whatever_machines_have_seen() -> None:
    ordered = replace(TWO, pictures=0)

    assert granted(held([ONE, ordered]).standing(0), Wish(most=1)).refused == ("198.51.100.9/32",)


def test_neighbours_joined_into_one_entry_save_together() -> None:
    joined = [replace(TWO, id=f"{n}", target=f"192.0.2.{n}", pictures=300) for n in (4, 5)]

    assert granted(held([ONE, *joined]).standing(0), Wish(most=1)).refused == ("192.0.2.4/31",)


def test_ranges_are_written_out_where_only_hosts_are_known() -> None:
    part = granted(ALL, Wish(shape="hosts"))

    assert len(part.refused) == 256 + 2
    assert part.refused[:3] == ("198.51.100.7/32", "198.51.100.9/32", "203.0.113.0/32")
    assert part.left_out == 1


def test_hosts_have_room_for_so_many_and_the_widest_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hosts, "ROOM", 257)

    assert granted(ALL, Wish(shape="hosts")).left_out == 2


@pytest.mark.parametrize(
    ("target", "scope", "told"),
    [
        ("192.0.2.1", Scope.ADDRESS, ("192.0.2.1/32",)),
        ("203.0.113.7", Scope.ADDRESS, ()),  # inside a block
        ("198.51.100.8/31", Scope.NETWORK, ("198.51.100.8/32",)),  # the other is challenged
        ("192.0.2.0/24", Scope.NETWORK, ("192.0.2.0/25",)),  # the other half is pardoned
    ],
)
def test_a_milder_answer_leaves_out_whom_a_stronger_one_or_a_pardon_holds(
    target: str, scope: Scope, told: tuple[str, ...]
) -> None:
    part = granted(throttled(target, scope), Wish(Action.THROTTLE))

    assert part.refused == told
    assert part.milder == ()


def test_all_answers_together_are_sorted_and_say_each_once() -> None:
    assert throttled("198.51.100.0/28", Scope.NETWORK).rungs == (
        Rung("198.51.100.0/29", Action.THROTTLE),
        Rung("198.51.100.8/32", Action.THROTTLE),
        Rung("198.51.100.9/32", Action.CHALLENGE),
        Rung("198.51.100.10/31", Action.THROTTLE),
        Rung("198.51.100.12/30", Action.THROTTLE),
        Rung("203.0.113.0/24", Action.BLOCK),
    )


def test_a_milder_list_says_when_its_own_first_entry_ends() -> None:
    assert granted(throttled("192.0.2.1"), Wish(Action.THROTTLE)).until == 50


def test_a_slot_goes_to_a_block_before_a_challenge() -> None:
    challenge = replace(ONE, action=Action.CHALLENGE)
    part = granted(held([TWO, challenge]).standing(0), Wish(most=1))

    assert part.rungs == (Rung("198.51.100.9/32", Action.BLOCK),)


def test_what_was_granted_can_be_asked_again() -> None:
    slow = granted(throttled("192.0.2.1"), Wish(Action.THROTTLE))

    assert granted(slow, Wish(version=4)) == slow
    assert entry_of(WIDE) in slow.entries
