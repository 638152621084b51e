"""Standing: what is in force, as feeds need it."""

from __future__ import annotations

from dataclasses import replace

from actors.frame import Scope
from enforcement.blocklist import BlockList
from enforcement.decision import Action
from enforcement.standing import Entry, Standing, entry_of, pardon_of
from tests.enforcement.test_blocklist import decision, listed

BLOCK = entry_of(decision("203.0.113.7"))


def test_only_blocks_of_addresses_and_networks_are_refused() -> None:
    milder = entry_of(decision("203.0.113.9", action=Action.CHALLENGE))
    session = entry_of(decision("session-9", scope=Scope.SESSION))
    standing = Standing.of([session, milder, BLOCK])

    assert standing.refused == ("203.0.113.7/32",)
    assert [entry.key for entry in standing.entries] == [
        "203.0.113.7",
        "203.0.113.9",
        "session:session-9",
    ]


def test_a_pardon_is_a_hole_in_a_wider_block_and_no_end_of_the_list() -> None:
    network = entry_of(decision("203.0.113.0/30", scope=Scope.NETWORK, until=50))
    inside = entry_of(decision("203.0.113.1", until=20))
    standing = Standing.of([network, inside, pardon_of("203.0.113.0/31", "order")])

    assert standing.refused == ("203.0.113.2/31",)
    assert standing.until == 50


def test_a_block_list_and_its_entries_are_the_same_standing() -> None:
    blocks = listed(
        decision("203.0.113.7"),
        decision("203.0.113.7", at=10, action=Action.CHALLENGE, until=900),
        decision("session-9", scope=Scope.SESSION),
        spared=("198.51.100.0/24",),
    )
    session = entry_of(decision("session-9", scope=Scope.SESSION))

    assert blocks.standing(50) == Standing.of(
        [session, pardon_of("198.51.100.0/24", ""), BLOCK],
    )


def test_what_is_only_watched_does_not_stand() -> None:
    watched = decision("203.0.113.7", action=Action.OBSERVE)

    assert listed(watched).standing(0) == Standing.of([])


def test_one_target_spared_twice_is_one_pardon() -> None:
    blocks = BlockList(("203.0.113.7", "203.0.113.7/32"))
    blocks.release("203.0.113.7", "appeal")

    assert len(blocks.standing(0).entries) == 1


def test_entries_say_what_is_done_in_one_word() -> None:
    assert [BLOCK.word, replace(BLOCK, action=None).word] == ["block", "pardon"]


def test_sessions_and_accounts_of_one_name_have_two_keys() -> None:
    session = Entry("x", Scope.SESSION, Action.BLOCK, 0, 9, "d")

    assert {session.key, replace(session, scope=Scope.ACCOUNT).key} == {"session:x", "account:x"}
