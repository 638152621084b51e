"""Board: bouncers are told exactly whom the block list refuses, whatever comes in what order."""

from __future__ import annotations

from ipaddress import ip_network
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from enforcement.decision import Action
from streams.crowdsec import board
from streams.crowdsec.board import WEEK
from tests.streams.crowdsec.scene import NETWORK, ONE, START, TWO, Platform

if TYPE_CHECKING:
    import pytest

Step: TypeAlias = tuple[str, str, int]
TARGETS = [ONE, TWO, "203.0.113.0/25", NETWORK, "2001:db8:1::/64", "2001:db8::/48"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["block", "challenge", "release", "pardon", "wait"]),
        st.sampled_from(TARGETS),
        st.integers(1, 90),
    ),
    max_size=20,
)


def step(platform: Platform, what: str, target: str, lasts: int) -> None:
    if what == "wait":
        platform.wait(lasts / 3)
    elif what == "release":
        platform.release(target)
    elif what == "pardon":
        platform.order(target, None)
    else:
        platform.decide(target, Action[what.upper()], lasts)


def after(steps: list[Step]) -> Platform:
    platform = Platform()
    for each in steps:
        step(platform, *each)
    platform.wait(0)
    platform.board.current()
    return platform


@given(STEPS)
def test_bans_cover_what_the_block_list_refuses_and_nothing_else(steps: list[Step]) -> None:
    platform = after(steps)
    bans = {r.value for r in platform.board.told.values() if r.kind == "ban"}
    refused = [ip_network(cidr) for cidr in platform.posted.standing().refused]

    assert covered(map(ip_network, bans)) == covered(refused)


@given(STEPS)
def test_what_changed_since_any_moment_leads_from_then_to_now(steps: list[Step]) -> None:
    platform, seen = Platform(), []
    for each in steps:
        step(platform, *each)
        platform.board.current()
        seen.append((platform.board.number, dict(platform.board.told)))

    for number, told in seen:
        for name, _ in platform.board.since(number):
            told.pop(name, None)
            if name in platform.board.told:
                told[name] = platform.board.told[name]
        assert told == platform.board.told


def covered(networks: object) -> list[tuple[int, int, int]]:
    spans = sorted(
        (n.version, int(n.network_address), int(n.broadcast_address))
        for n in networks  # type: ignore[attr-defined]
    )
    joined: list[tuple[int, int, int]] = []
    for version, first, last in spans:
        if joined and joined[-1][0] == version and first <= joined[-1][2] + 1:
            joined[-1] = (version, joined[-1][1], max(last, joined[-1][2]))
        else:
            joined.append((version, first, last))
    return joined


def test_each_action_has_its_type_and_pardons_none() -> None:
    platform = Platform()
    for number, action in enumerate(Action):
        platform.decide(f"203.0.113.{number}", action)
    platform.order("203.0.113.9", None)
    platform.decide("session:x")
    platform.decide("account:x")

    assert platform.told() == [
        "ban 203.0.113.4", "ban session:x", "ban username:x", "captcha 203.0.113.3",
        "degrade 203.0.113.1", "throttle 203.0.113.2",
    ]  # fmt: skip


def test_a_session_that_is_called_like_an_address_is_no_address() -> None:
    platform = Platform()
    platform.decide(f"session:{ONE}", Action.CHALLENGE)
    platform.decide(ONE)

    assert platform.told() == [f"ban {ONE}", f"captcha session:{ONE}"]


def test_a_pardon_cuts_a_hole_into_a_range_and_closes_when_it_is_taken_back() -> None:
    platform = Platform()
    platform.decide("203.0.113.0/30")
    platform.order("203.0.113.1", None)
    cut = platform.told()
    platform.release("203.0.113.1")

    assert cut == ["ban 203.0.113.0", "ban 203.0.113.2/31"]
    assert platform.told() == ["ban 203.0.113.0/30"]


def test_what_has_no_end_is_told_for_a_week_or_two_and_again_in_time() -> None:
    platform = Platform()
    platform.order(ONE)
    platform.board.current()
    first = platform.board.told[ONE].end
    platform.wait(WEEK)
    platform.board.current()

    assert (first, platform.board.told[ONE].end) == (START + 2 * WEEK, START + 3 * WEEK)
    assert [name for name, _ in platform.board.since(1)] == [ONE]


def test_old_changes_are_forgotten_and_said_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "KEPT", 3)
    platform = Platform()
    for number in range(5):
        platform.decide(f"203.0.113.{number}")

    assert (platform.board.oldest, len(platform.board.changes)) == (2, 3)
