"""Posted: what readers of the topic know, by their own clock."""

from __future__ import annotations

from enforcement.decision import Action
from enforcement.standing import entry_of
from streams.posted import Posted
from streams.wire.entries import written
from tests.enforcement.test_blocklist import decision

ONE = entry_of(decision("203.0.113.7", until=3600))
KEY = b"203.0.113.7"
HOUR = written(ONE, 0)  # an hour left
LATER = 2_000_000_000  # seconds; the log is older than the clock


def posted() -> Posted:
    found = Posted()
    found.hear(KEY, HOUR, LATER * 1000, LATER)
    return found


def test_an_entry_lasts_as_long_as_it_said_after_it_was_written() -> None:
    one = posted()

    assert one.expire(LATER + 3599) == []
    assert one.expire(LATER + 3600) == [("203.0.113.7", None)]
    assert len(one) == 0


def test_what_has_ended_is_not_taken_in_and_ends_what_it_replaces() -> None:
    one = posted()

    assert one.hear(KEY, written(ONE, 3590), LATER * 1000, LATER + 11) == [("203.0.113.7", None)]
    assert one.hear(KEY, HOUR, LATER * 1000, LATER + 3600) == []


def test_a_tombstone_ends_it_once() -> None:
    one = posted()

    assert one.hear(KEY, None, LATER * 1000, LATER) == [("203.0.113.7", None)]
    assert one.hear(KEY, None, LATER * 1000, LATER) == []


def test_hearing_twice_is_hearing_once() -> None:
    one = posted()
    before = one.version

    assert one.hear(KEY, HOUR, LATER * 1000, LATER) == []
    assert one.version == before


def test_a_longer_one_is_not_ended_by_the_end_of_what_it_replaced() -> None:
    one = posted()
    longer = entry_of(decision("203.0.113.7", until=7200, action=Action.CHALLENGE))
    one.hear(KEY, written(longer, 0), LATER * 1000, LATER)

    assert one.expire(LATER + 3600) == []
    assert one.entries() == [longer]


def test_what_nobody_can_read_is_counted_and_changes_nothing() -> None:
    one = posted()

    assert one.hear(KEY, b"{}", LATER * 1000, LATER) == []
    assert one.hear(b"\xff", HOUR, LATER * 1000, LATER) == []
    assert one.hear(b"203.0.113.8", HOUR, LATER * 1000, LATER) == []
    assert (one.unread, one.entries()) == (3, [ONE])
