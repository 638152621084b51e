"""Deciding says what is in force, says each change once, and survives anything."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import Standing
from streams.deciding import Deciding
from streams.wire.entries import read
from streams.wire.orders import RAILED, Verb
from tests.streams.deciders import (
    NOON,
    ONE,
    TARGETS,
    decided,
    mixed,
    recorded,
    settled,
    shown,
    wished,
    words,
)

MS = NOON * 1000
VERBS = [v for v in Verb if v not in (*RAILED, Verb.APPROVE)]  # which are about no target
NETWORK = decided("203.0.113.0/24", scope=Scope.NETWORK)


def test_a_decision_is_told_once() -> None:
    deciding = Deciding()

    assert words(deciding.decide(decided(), MS)) == {ONE: "block"}
    assert deciding.decide(decided(), MS + 1) == []


def test_a_decision_that_only_watches_is_not_told() -> None:
    assert Deciding().decide(decided(action=Action.OBSERVE), MS) == []


def test_a_weaker_decision_waits_for_the_end_of_the_stronger() -> None:
    deciding = Deciding()
    deciding.decide(decided(), MS)

    assert deciding.decide(decided(action=Action.CHALLENGE, lasts=7200), MS) == []
    assert words(deciding.clock(NOON + 3600, NOON)) == {ONE: "challenge"}
    assert deciding.clock(NOON + 7200, NOON) == [(ONE, None)]


def test_an_entry_says_who_why_and_how_long() -> None:
    deciding = Deciding()
    deciding.clock(NOON + 60, NOON)
    [(_, value)] = deciding.decide(decided(), MS)

    assert msgspec.json.decode(value or b"") == {
        "target": ONE,
        "scope": "address",
        "action": "block",
        "since": "2026-11-24T12:00:00Z",
        "until": "2026-11-24T13:00:00Z",
        "lasts": 3540,
        "reference": f"{ONE} {NOON} BLOCK",
        "decided": "2026-11-24T12:00:00Z",
        "pictures": 400,
        "owners": 3,
    }


def test_time_does_not_go_back() -> None:
    deciding = Deciding()
    deciding.decide(decided(), MS)
    deciding.clock(NOON + 3600, NOON)

    assert deciding.clock(NOON, 0) == []
    assert deciding.decide(decided(at=NOON - 60), MS) == []


def test_sessions_and_accounts_are_told_by_name() -> None:
    deciding = Deciding()

    assert words(deciding.decide(decided("a:b", scope=Scope.ACCOUNT), MS)) == {
        "account:a:b": "block"
    }


def test_a_pardon_undoes_and_holds_for_ever() -> None:
    deciding = Deciding()
    deciding.decide(decided(), MS)
    deciding.decide(decided("203.0.113.9"), MS)
    pardoned = deciding.order(wished(Verb.PARDON, "203.0.113.0/24"), MS + 1)

    assert words(pardoned) == {"203.0.113.0/24": "pardon", ONE: None, "203.0.113.9": None}
    assert deciding.decide(decided(at=NOON + 60), MS + 60_000) == []
    assert deciding.clock(NOON + 10**9, NOON + 10**9) == []


def test_a_pardon_in_a_blocked_network_is_a_hole_in_it() -> None:
    deciding = Deciding()
    known = shown(deciding.decide(NETWORK, MS))
    known = shown(deciding.order(wished(Verb.PARDON), MS), known)

    assert len(Standing.of(known.values()).refused) == 8


def test_a_release_undoes_what_is_and_not_what_comes() -> None:
    deciding = Deciding()
    deciding.decide(decided(), MS)

    assert deciding.order(wished(Verb.RELEASE), MS + 1) == [(ONE, None)]
    assert deciding.decide(decided(), MS + 2) == []  # the same, from a worker that was killed
    assert deciding.decide(decided(at=NOON + 60), MS + 60_000) == []  # by what was before
    assert words(deciding.decide(decided(at=NOON + 3601), MS + 3_601_000)) == {ONE: "block"}


def test_grace_is_for_whom_it_was_given() -> None:
    deciding = Deciding()
    deciding.order(wished(Verb.RELEASE, "203.0.113.0/28"), MS)

    assert deciding.decide(decided(), MS + 60_000) == []
    assert words(deciding.decide(decided("203.0.113.99"), MS + 60_000)) == {"203.0.113.99": "block"}


def test_a_release_takes_a_pardon_back() -> None:
    deciding = Deciding()
    deciding.order(wished(Verb.PARDON), MS)

    assert deciding.order(wished(Verb.RELEASE, at=NOON + 1), MS + 1000) == [(ONE, None)]
    assert words(deciding.decide(decided(), MS + 3_602_000)) == {ONE: "block"}


def test_a_person_blocks_by_the_clock_whatever_the_log_says_of_time() -> None:
    deciding = Deciding()
    deciding.clock(NOON - 10**8, NOON)
    [(key, value)] = deciding.order(wished(Verb.BLOCK, lasts=60), MS)

    assert (key, read(value or b"")[1]) == (ONE, 60)
    assert deciding.clock(NOON + 10**8, NOON + 59) == []
    assert deciding.clock(0, NOON + 60) == [(ONE, None)]


def test_the_entry_of_a_persons_block_names_the_order_and_nobody() -> None:
    order = wished(Verb.BLOCK, action=Action.THROTTLE)
    [(_, value)] = Deciding().order(order, MS)
    entry, lasts = read(value or b"")

    assert (entry.word, entry.reference) == ("throttle", msgspec.json.decode(order)["id"])
    assert lasts == 86_400
    assert b"ann" not in (value or b"")


def test_of_two_the_stronger_holds_and_of_equals_the_persons() -> None:
    deciding = Deciding()
    deciding.decide(decided(), MS)
    milder = wished(Verb.BLOCK, action=Action.CHALLENGE)

    assert deciding.order(milder, MS) == []
    assert words(deciding.order(wished(Verb.BLOCK, lasts=60), MS)) == {ONE: "block"}
    assert deciding.decide(decided(at=NOON + 1), MS) == []
    assert words(deciding.clock(NOON, NOON + 60)) == {ONE: "block"}


def test_an_order_that_comes_twice_is_obeyed_once() -> None:
    deciding, order = Deciding(), wished(Verb.RELEASE)
    deciding.order(order, MS)
    deciding.decide(decided(), MS + 1)

    assert deciding.order(order, MS + 2) == []


def test_whoever_the_site_spares_is_told_at_the_start_and_never_acted_upon() -> None:
    deciding = Deciding(("203.0.113.0/24", "2001:db8::1"))
    told = deciding.settle()

    assert words(told) == {"203.0.113.0/24": "pardon", "2001:db8::/64": "pardon"}
    assert deciding.settle() == []
    assert deciding.decide(decided(), MS) == []


@pytest.mark.parametrize(
    "record", [b"", b"{}", b"\xff", b'{"id": 1}', decided().replace(b"b", b"x")]
)
def test_what_is_no_record_is_said_and_changes_nothing(record: bytes) -> None:
    deciding = Deciding()
    for take in (deciding.decide, deciding.order):
        with pytest.raises(ValueError, match=r"\S"):
            take(record, MS)

    assert deciding.settle() == []


events = st.lists(
    st.tuples(
        st.sampled_from(["decide", *VERBS]), st.sampled_from(sorted(TARGETS)), st.integers(1, 300)
    ),
    max_size=12,
)


@given(events, st.lists(st.integers(0, 11), max_size=6), st.lists(st.booleans(), max_size=12))
def test_a_restart_from_the_topics_or_from_a_state_changes_nothing(
    drawn: list[tuple[str, str, int]], repeated: list[int], turns: list[bool]
) -> None:
    decisions, orders = recorded(drawn)
    late = [(decisions[n][0], (NOON + 99) * 1000) for n in repeated if n < len(decisions)]
    end = NOON + len(drawn)
    deciding, topic = settled(sorted([*decisions, *orders], key=lambda told: told[1]), end)
    again, _ = settled(mixed([*decisions, *late], orders, turns), end)
    kept = Deciding()
    kept.restore(deciding.state())

    assert again.told.entries == deciding.told.entries
    assert topic == {entry.key: entry for entry in deciding.told.entries}
    assert kept.settle() == deciding.settle() == []
    assert kept.state() == deciding.state()


def test_after_a_restart_only_what_differs_from_the_topic_is_told() -> None:
    before = Deciding()
    topic = dict([*before.decide(decided(), MS), *before.decide(decided("203.0.113.8"), MS)])
    after = Deciding(("203.0.113.8",))
    after.decide(decided(), MS)
    after = Deciding(("203.0.113.8",))
    for key, value in topic.items():
        after.recall(key, value)
    after.recall("what", b"nobody can read this")

    assert words(after.settle()) == {ONE: None, "203.0.113.8": "pardon", "what": None}


def test_while_it_reads_what_is_old_it_says_nothing() -> None:
    deciding = Deciding()
    deciding.quiet = True
    deciding.decide(decided(), MS)
    deciding.decide(decided("203.0.113.8", at=NOON + 5000), MS + 1)

    assert words(deciding.settle()) == {"203.0.113.8": "block"}
    assert words(deciding.decide(decided("203.0.113.9", at=NOON + 5000), MS)) == {
        "203.0.113.9": "block"
    }
