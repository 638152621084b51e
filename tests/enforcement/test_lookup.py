"""One visitor is answered as all the feeds together would."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, integers, lists, sampled_from, tuples

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.lookup import Lookup
from enforcement.standing import Entry, Standing, entry_of, pardon_of
from tests.enforcement.test_blocklist import decision

BASES = ("203.0.112.0", "2001:db8::")
ACTIONS = (None, Action.DEGRADE, Action.THROTTLE, Action.CHALLENGE, Action.BLOCK)
PLACES = tuples(booleans(), integers(0, 15), integers(0, 4), sampled_from(ACTIONS))


def entry(place: tuple[bool, int, int, Action | None]) -> Entry:
    six, number, spare, action = place
    width = 64 if six else 32
    shift = 64 if six else 0
    first = int(ip_address(BASES[six])) + ((number >> spare << spare) << shift)
    target = str(ip_network((first, width - spare)))
    if action is None:
        return pardon_of(target.removesuffix("/32"), "order")
    scope = Scope.NETWORK if spare else Scope.ADDRESS
    return entry_of(decision(target.removesuffix("/32"), scope=scope, action=action))


def address(six: bool, number: int) -> str:  # noqa: FBT001 - hypothesis draws it
    return str(ip_address(int(ip_address(BASES[six])) + (number << 64 if six else number)))


def told(held: list[Entry]) -> Lookup:
    lookup = Lookup()
    lookup.hear((each.key, each) for each in held)
    return lookup


@given(lists(PLACES, max_size=8), lists(PLACES, max_size=3))
def test_each_address_is_answered_as_the_disjoint_pieces_say(
    places: list[tuple[bool, int, int, Action | None]],
    gone: list[tuple[bool, int, int, Action | None]],
) -> None:
    held = {each.key: each for each in map(entry, places)}
    lookup = told([*map(entry, gone), *held.values()])
    lookup.hear((each.key, held.get(each.key)) for each in map(entry, gone))
    rungs = {ip_network(rung.cidr): rung.action for rung in Standing.of(held.values()).rungs}

    for six in (False, True):
        for number in range(16):
            visitor = ip_address(address(six, number))
            wanted = next((a for cidr, a in rungs.items() if visitor in cidr), None)
            found = lookup.around(str(visitor))
            assert (found.action if found else None) == wanted
    assert len(lookup) == len(held)


def test_sessions_and_accounts_are_known_by_name_alone() -> None:
    block = decision("sid", scope=Scope.SESSION)
    lookup = told([entry_of(block), entry_of(replace(block, scope=Scope.ACCOUNT, target="ann"))])
    lookup.hear([("account:ann", None)])

    assert lookup.called(Scope.SESSION, "sid") == entry_of(block)
    assert lookup.called(Scope.ACCOUNT, "sid") is None
    assert lookup.called(Scope.ACCOUNT, "ann") is None


def test_one_ipv4_address_written_as_ipv6_is_the_same_visitor() -> None:
    block = entry_of(decision("203.0.113.7"))

    assert told([block]).around("::ffff:203.0.113.7") == block


def test_nobody_comes_from_private_space_whatever_is_listed() -> None:
    assert told([entry_of(decision("10.0.0.7"))]).around("10.0.0.7") is None


@pytest.mark.parametrize("text", ["", "unknown", "203.0.113.0/24", "_hidden", "203.0.113.7:80"])
def test_what_is_no_address_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"address"):
        told([]).around(text)
