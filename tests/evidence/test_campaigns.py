"""A fleet is one case, with all its members, and with the owners of what they were given."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.features import DAY
from actors.frame import Scope
from enforcement.decision import Action, Signal
from evidence.campaigns import CampaignBook
from tests.evidence.scenes import AT, Asked, batch, decision

if TYPE_CHECKING:
    from enforcement.decision import Decision
    from evidence.campaigns import CampaignCase

HOMES = "198.51.100.7", "203.0.113.9", "192.0.2.44"
ID = "c0ffee"


def member(address: str, begins: int = 10, action: Action = Action.CHALLENGE) -> Decision:
    return replace(decision(begins, address=address, action=action), campaign=ID)


def cohort(begins: int = 5, networks: float = 60.0, edged: float = 0.0) -> Decision:
    seen = {"cohort_networks": networks, "cohort_edged": edged}
    about = Signal(AT + begins, Scope.COHORT, ID, "fleet", "cohort", 1.0, 7.9, seen)
    made = decision(begins, signals=[about], action=Action.THROTTLE)
    return replace(made, scope=Scope.COHORT, target=ID, campaign=ID)


def test_what_members_were_given_is_counted_by_picture_and_owner_also_before_they_were_known() -> (
    None
):
    book = CampaignBook()
    book.see(batch([Asked(1, HOMES[0], 1, 7), Asked(2, HOMES[1], 2, 7)]), [])
    book.see(batch([Asked(9, HOMES[0], 3, 8), Asked(9, "192.0.2.200", 4, 9)]), [cohort()])
    book.see(batch([Asked(11, HOMES[1], 1, 7)]), [member(HOMES[0]), member(HOMES[1])])

    (case,) = book.cases()
    assert (case.target, case.members, case.challenged) == (ID, 2, 2)
    assert (case.pictures, case.owners, case.at_least) == (3, 2, False)
    assert (case.first, case.last) == (AT + 5, AT + 10)
    assert case.seen["cohort_networks"] == 60


def test_what_an_address_was_given_long_before_or_after_is_not_the_fleets() -> None:
    book = CampaignBook()
    book.see(batch([Asked(-DAY, HOMES[0], 1, 7), Asked(15, HOMES[0], 2, 8)]), [])
    book.see(batch([Asked(75, HOMES[0], 3, 9)]), [member(HOMES[0])])  # for a minute

    assert [(case.pictures, case.owners) for case in book.cases()] == [(1, 1)]


def test_a_member_that_is_only_slowed_down_is_one_and_not_challenged() -> None:
    book = CampaignBook()
    book.see(batch([Asked(1, HOMES[0])]), [member(HOMES[0], action=Action.OBSERVE)])

    assert [(case.members, case.challenged) for case in book.cases()] == [(1, 0)]


@pytest.mark.parametrize("room", [18, 1000])
def test_counts_do_not_depend_on_how_much_is_looked_back_at_once(room: int) -> None:
    case = busy(CampaignBook(room))

    assert case.pictures == case.owners == 40
    assert case.at_least == (room < 40)


def test_what_is_forgotten_before_a_member_is_known_makes_a_lower_bound() -> None:
    case = busy(CampaignBook(1))

    assert 20 < case.pictures < 40
    assert case.at_least


def busy(book: CampaignBook) -> CampaignCase:
    """Let three homes take a picture a second in turn; each is known within fifteen seconds."""
    for second in range(40):
        decisions = [member(HOMES[second % 3], begins=second)] if second % 7 == 0 else []
        book.see(batch([Asked(second, HOMES[second % 3], second + 1, second + 1)]), decisions)

    (case,) = book.cases()
    return case


def test_whoever_comes_through_edges_has_no_members() -> None:
    book = CampaignBook()
    book.see(batch([Asked(1)]), [cohort(edged=1.0)])

    assert book.cases() == []
