"""BlockList: what is in force, and what firewalls are told."""

from __future__ import annotations

import pytest

from actors.frame import Scope
from enforcement.blocklist import BlockList
from enforcement.cover import name_of
from enforcement.decision import Action, Decision, Signal

REASON = Signal(0, Scope.ADDRESS, "", "volume", "volume", 0.75, 8.4, {"pictures_10min": 262.5})


def decision(
    target: str,
    *,
    at: int = 0,
    until: int = 100,
    action: Action = Action.BLOCK,
    scope: Scope = Scope.ADDRESS,
) -> Decision:
    return Decision(
        id=f"{target} {at} {action.name}",
        at=at,
        action=action,
        scope=scope,
        key=(1 << 64) - 1,
        target=target,
        until=until,
        score=12.0,
        families=("shape", "volume"),
        signals=(REASON,),
        pictures=400,
        owners=3,
        rules="r",
        settings="s",
    )


def listed(*decisions: Decision, spared: tuple[str, ...] = ()) -> BlockList:
    found = BlockList(spared)
    for each in decisions:
        found.apply(each)
    return found


PAIR = (decision("203.0.113.7"), decision("203.0.113.7", at=10, action=Action.CHALLENGE, until=900))


def test_adding_twice_is_adding_once_in_any_order() -> None:
    assert listed(*PAIR, *PAIR).in_force(50) == listed(*reversed(PAIR)).in_force(50)
    assert listed(*PAIR, *PAIR).state() == listed(*reversed(PAIR)).state()


def test_the_stronger_holds_and_after_it_the_longer() -> None:
    both = listed(*PAIR)

    assert [d.action for d in both.in_force(50)] == [Action.BLOCK]
    assert [d.action for d in both.in_force(100)] == [Action.CHALLENGE]


def test_a_decision_holds_from_its_beginning_to_before_its_end() -> None:
    one = listed(decision("203.0.113.7", at=10, until=20))

    assert [len(one.in_force(at)) for at in (9, 10, 19, 20)] == [0, 1, 1, 0]
    assert [len(one.cover(at)) for at in (9, 10, 19, 20)] == [0, 1, 1, 0]


def test_what_has_ended_is_dropped_once() -> None:
    both = listed(*PAIR)

    assert both.expire(100) == [PAIR[0]]
    assert both.expire(100) == []
    assert len(both) == 1


def test_the_cover_is_disjoint_sorted_and_as_short_as_can_be() -> None:
    blocked = listed(
        decision("2001:db8:1:2::/64"),
        decision("203.0.113.7"),
        decision("203.0.113.6"),
        decision("198.51.100.0/24", scope=Scope.NETWORK),
        decision("198.51.100.77"),
        decision("2001:db8:1::/48", scope=Scope.NETWORK),
    )

    assert blocked.cover(0) == ("198.51.100.0/24", "203.0.113.6/31", "2001:db8:1::/48")


def test_only_blocked_addresses_and_networks_are_covered() -> None:
    others = listed(
        decision("203.0.113.7", action=Action.CHALLENGE),
        decision("session-9", scope=Scope.SESSION),
    )

    assert others.cover(0) == ()
    assert len(others.in_force(0)) == 2


def test_a_release_undoes_past_and_coming_decisions() -> None:
    both = listed(*PAIR)

    assert both.release("203.0.113.7", "appeal") == sorted(PAIR, key=lambda d: d.at)
    assert both.in_force(50) == []
    assert not both.apply(decision("203.0.113.7", at=60))


def test_a_released_range_frees_everybody_in_it() -> None:
    one = listed(decision("203.0.113.7"), decision("198.51.100.1"))
    one.release("203.0.113.0/25", "office")

    assert one.cover(0) == ("198.51.100.1/32",)


def test_a_released_address_leaves_a_hole_in_its_network() -> None:
    one = listed(decision("203.0.113.0/30", scope=Scope.NETWORK))
    one.release("203.0.113.2", "appeal")

    assert one.cover(0) == ("203.0.113.0/31", "203.0.113.3/32")


@pytest.mark.parametrize("hole", ["203.0.113.0", "203.0.113.255"])
def test_holes_at_the_edges_are_left_out(hole: str) -> None:
    one = listed(decision("203.0.113.0/24", scope=Scope.NETWORK), spared=(hole, "203.0.114.0/24"))

    assert len(one.cover(0)) == 8
    assert f"{hole}/32" not in one.cover(0)


def test_the_spared_are_never_listed() -> None:
    assert not BlockList(("203.0.113.0/24",)).apply(decision("203.0.113.7"))


def test_sessions_are_released_by_name() -> None:
    one = listed(decision("session-9", scope=Scope.SESSION))

    assert one.release("session-9", "appeal")
    assert len(one) == 0


def test_a_restart_loses_nothing() -> None:
    before, after = listed(*PAIR, decision("198.51.100.9")), BlockList()
    before.release("198.51.100.9", "appeal")
    after.restore(before.state())

    assert after.in_force(50) == before.in_force(50)
    assert after.cover(50) == before.cover(50) == ("203.0.113.7/32",)
    assert after.state() == before.state()
    assert not after.apply(decision("198.51.100.9", at=5))


def test_a_set_has_one_name_however_it_came_about() -> None:
    whole = listed(decision("203.0.113.6/31", scope=Scope.NETWORK))
    halves = listed(decision("203.0.113.6"), decision("203.0.113.7"))

    assert name_of(whole.cover(0)) == name_of(halves.cover(0))
    assert name_of(whole.cover(0)) != name_of(whole.cover(100))


def test_what_is_dropped_may_come_again() -> None:
    one = listed(*PAIR, decision("198.51.100.1"))

    assert one.drop(one.inside("203.0.113.0/24")) == sorted(PAIR, key=lambda d: d.at)
    assert one.cover(0) == ("198.51.100.1/32",)
    assert one.apply(PAIR[0])


def test_a_network_is_not_inside_its_address_nor_a_session_inside_a_network() -> None:
    wider = decision("203.0.113.0/24", scope=Scope.NETWORK)
    one = listed(wider, decision("session-9", scope=Scope.SESSION))

    assert one.inside("203.0.113.7") == []
    assert one.inside("203.0.0.0/16") == [wider]


def test_what_was_dropped_does_not_end_again() -> None:
    one = listed(*PAIR)
    one.drop(PAIR)
    one.apply(PAIR[1])

    assert one.expire(1000) == [PAIR[1]]
    assert one.expire(2000) == []


def test_whoever_is_spared_since_is_left_out_after_a_restart() -> None:
    after = BlockList(("203.0.113.0/24",))
    after.restore(listed(*PAIR, decision("198.51.100.9")).state())

    assert [d.target for d in after.in_force(50)] == ["198.51.100.9"]
