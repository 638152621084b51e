"""What is watched is what the topics say, and nothing that nobody can read."""

from __future__ import annotations

import json
import math

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.effect import SITE
from enforcement.standing import Entry, entry_of, pardon_of
from streams.records import ENCODER, decision_record
from streams.watching import KEPT, SIGHT, Told, Watching
from streams.wire.entries import written
from streams.wire.orders import Verb, Wish, ordered
from streams.wire.summaries import SITE as WHOLE
from streams.wire.summaries import Summary
from tests.evidence.scenes import AT, decision

NOW = AT + 5.0  # seconds
ONE, TWO = "203.0.113.7", "203.0.113.99"


def listed(entry: Entry, at: float = NOW) -> Told:
    return Told("blocklist", entry.key.encode(), written(entry, int(at)), int(at * 1000))


def judged(minute: int, at: float, shard: int = WHOLE) -> Told:
    return Told("summaries", b"site", Summary(shard, minute).encoded(), int(at * 1000))


@pytest.fixture
def watching() -> Watching:
    return Watching()


def test_who_is_blocked_is_seen_with_what_is_left_and_why(watching: Watching) -> None:
    made = decision(lasts=3600)
    watching.hear(
        Told("decisions", ONE.encode(), ENCODER.encode(decision_record(made)), int(NOW * 1000)), NOW
    )
    watching.hear(listed(entry_of(made)), NOW)

    [row] = watching.picture(NOW + 10).rows
    assert (row.entry, row.because) == (entry_of(made), "shape, volume")
    assert row.left == 3600 - 5 - 10


def test_who_ordered_something_is_named_with_the_reason(watching: Watching) -> None:
    order = ordered(Wish(Verb.BLOCK, ONE, "seen by eye"), "ann", int(NOW * 1000))
    block = Entry(ONE, Scope.ADDRESS, Action.BLOCK, AT, AT + 600, order.id)
    for told in (
        Told("orders", order.id.encode(), ENCODER.encode(order), int(NOW * 1000)),
        listed(block),
        listed(pardon_of("198.51.100.0/24", SITE)),
    ):
        watching.hear(told, NOW)

    told_of = {row.entry.target: row.because for row in watching.picture(NOW).rows}
    assert told_of == {ONE: "ann: seen by eye", "198.51.100.0/24": "the site's own word"}


def test_what_is_in_force_is_counted_and_forgotten_when_it_ends(watching: Watching) -> None:
    one = entry_of(decision())
    two = Entry(TWO, Scope.ADDRESS, Action.CHALLENGE, AT, AT + 600, "a")
    for entry in (one, two, pardon_of("198.51.100.0/24", "b")):
        watching.hear(listed(entry), NOW)

    assert watching.picture(NOW).force == {"block": 1, "challenge": 1, "pardon": 1}
    assert watching.picture(NOW + 56).force == {"challenge": 1, "pardon": 1}
    assert [row.left for row in watching.picture(NOW).rows if row.entry.action is None] == [
        math.inf
    ]


def test_what_changes_is_told_once(watching: Watching) -> None:
    entry = entry_of(decision())

    assert [watching.hear(listed(entry), NOW) for _ in range(2)] == [[(entry.key, entry)], []]
    gone = Told("blocklist", entry.key.encode(), None, int(NOW * 1000))
    assert watching.hear(gone, NOW) == [(entry.key, None)]


def test_rates_are_those_of_the_last_minute(watching: Watching) -> None:
    for at in (NOW - 61, NOW - 30, NOW):
        record = ENCODER.encode(decision_record(decision()))
        watching.hear(Told("decisions", None, record, int(at * 1000)), NOW)
        watching.hear(Told("rejects", None, b"{}\n{}\n{}", int(at * 1000)), NOW)

    picture = watching.picture(NOW)
    assert (picture.decided, picture.rejects) == ({"block": 2}, 6)


def test_messages_arrive_at_the_rate_of_the_last_minute(watching: Watching) -> None:
    for at, count in ((0, 0), (100, 5_000), (130, 6_500), (160, 7_000)):
        watching.count(count, NOW + at)

    assert watching.picture(NOW).arriving == pytest.approx(2_000 / 60)


def test_nothing_arrives_before_it_was_counted_twice(watching: Watching) -> None:
    watching.count(5_000, NOW)

    assert watching.picture(NOW).arriving == 0


def test_time_is_behind_by_how_late_a_minute_was_judged_or_the_next_is_overdue(
    watching: Watching,
) -> None:
    minute = AT // 60
    end = (minute + 1) * 60
    assert watching.picture(NOW).behind is None
    watching.hear(judged(minute, end + 3), end + 3)
    watching.hear(judged(minute + 9, end + 4, shard=2), end + 4)  # one shard is not the site

    assert watching.picture(end + 30).judged == end
    assert watching.picture(end + 30).behind == 3
    assert watching.picture(end + 200).behind == 140


def test_the_gone_are_summed_up_over_the_blocked(watching: Watching) -> None:
    for target, pictures, owners, action in (
        (ONE, 200, 30, Action.BLOCK),
        (TWO, 100, 12, Action.BLOCK),
        ("203.0.113.8", 50, 50, Action.CHALLENGE),
    ):
        entry = Entry(target, Scope.ADDRESS, action, AT, AT + 600, target, pictures, owners)
        watching.hear(listed(entry), NOW)

    picture = watching.picture(NOW)
    assert (picture.pictures, picture.owners) == (300, (30, 42))


def test_what_nobody_can_read_changes_nothing(watching: Watching) -> None:
    before = watching.picture(NOW)
    for topic in ("decisions", "orders", "summaries", "blocklist"):
        for value in (b"", b"\xff", b"{}", b"[1]", None):
            watching.hear(Told(topic, b"\xff", value, int(NOW * 1000)), NOW)

    assert watching.picture(NOW) == before


def test_the_newest_are_shown_first_and_only_so_many(watching: Watching) -> None:
    for number in range(SIGHT + 20):
        entry = Entry(f"s{number}", Scope.SESSION, Action.BLOCK, AT + number, AT + 999, "a")
        watching.hear(listed(entry), NOW)

    rows = watching.picture(NOW).rows
    assert [row.entry.since for row in rows] == [AT + SIGHT + 19 - n for n in range(SIGHT)]


def test_the_reasons_of_old_decisions_are_forgotten(watching: Watching) -> None:
    for number in range(KEPT + 1):
        record = json.dumps({"id": str(number), "action": "block", "families": ["shape"]})
        watching.hear(Told("decisions", None, record.encode(), int(NOW * 1000)), NOW)
    for number in (0, 1):
        entry = Entry(f"s{number}", Scope.SESSION, Action.BLOCK, AT + number, AT + 99, str(number))
        watching.hear(listed(entry), NOW)

    assert [row.because for row in watching.picture(NOW).rows] == ["shape", ""]
