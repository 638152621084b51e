"""Hosts: a bouncer that cuts ranges refuses each of their addresses, and no other."""

from __future__ import annotations

from hypothesis import given

from enforcement.decision import Action
from streams.crowdsec.hosts import by_hosts
from streams.crowdsec.turns import Delta, Turns
from tests.streams.crowdsec.scene import NETWORK, ONE, Platform, short
from tests.streams.crowdsec.test_board import STEPS, Step, step
from tests.streams.crowdsec.test_turns import Bouncer, next_of

MOST = 256


@given(STEPS)
def test_single_addresses_that_are_told_are_those_that_the_ranges_hold(steps: list[Step]) -> None:
    platform, bouncer = Platform(), Bouncer()
    told = Turns(platform.board)
    told.whole("a")
    for each in steps:
        step(platform, *each)
        bouncer.take(by_hosts(next_of(platform, told), platform.board.told, MOST))
    whole = Delta(list(platform.board.told.values()), [])

    assert {*bouncer.held} == {r.name for r in by_hosts(whole, {}, MOST).new}


def test_what_is_wider_or_of_ipv6_stays_a_range() -> None:
    platform = Platform()
    for target in ("203.0.113.0/30", "198.51.100.0/23", "2001:db8:1::/64"):
        platform.decide(target)
    told = by_hosts(Turns(platform.board).whole("a"), platform.board.told, 4)

    assert sorted(map(short, told.new)) == [
        "ban 198.51.100.0/23", "ban 2001:db8:1::/64", *(f"ban 203.0.113.{n}" for n in range(4)),
    ]  # fmt: skip


def test_an_address_that_is_let_go_in_a_range_that_is_not_is_told_again() -> None:
    platform = Platform()
    told = Turns(platform.board)
    platform.decide(ONE)
    platform.decide(NETWORK)
    told.whole("a")
    platform.release(ONE)
    delta = by_hosts(next_of(platform, told), platform.board.told, MOST)

    assert [short(r) for r in delta.deleted] == [f"ban {ONE}"]
    assert f"ban {ONE}" in map(short, delta.new)


def test_the_strongest_is_told_of_an_address_and_of_the_range_around_it() -> None:
    platform = Platform()
    platform.decide(ONE, Action.CHALLENGE)
    platform.decide(NETWORK)
    whole = Delta(list(platform.board.told.values()), [])
    backwards = Delta(whole.new[::-1], [])
    told = [by_hosts(delta, {}, MOST).new for delta in (whole, backwards)]

    assert [[short(r) for r in new if r.value == ONE] for new in told] == [[f"ban {ONE}"]] * 2


def test_none_are_told_one_by_one_where_the_setting_is_zero() -> None:
    platform = Platform()
    platform.decide(NETWORK)
    told = by_hosts(Turns(platform.board).whole("a"), platform.board.told, 0)

    assert [short(r) for r in told.new] == [f"ban {NETWORK}"]
