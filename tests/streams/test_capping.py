"""Two people raise a cap for some hours; one ends that; the audit log tells all of it."""

from __future__ import annotations

import pytest

from actors.frame import Scope
from enforcement.rails import Cap, Rails
from streams.approving import WITHIN
from streams.deciding import Deciding
from streams.reckoning import standing_rails
from streams.records import ENCODER
from streams.wire.orders import Verb, Wish, approval, ordered, read_order
from tests.streams.deciders import NOON, decided, words

MS = NOON * 1000
FEW = Rails(blocks_a_minute=2)


def raising(most: int = 4, *, lasts: int = 600, at: int = MS, cap: Cap = Cap.RATE) -> bytes:
    wish = Wish(Verb.RAISE, "address", "a real fleet", lasts, cap=cap, most=most)
    return ENCODER.encode(ordered(wish, "ann", at))


def lowering(at: int) -> bytes:
    return ENCODER.encode(ordered(Wish(Verb.LOWER, "address", "enough", cap=Cap.RATE), "eve", at))


def agreed(order: bytes, at: int, by: str = "bob") -> bytes:
    return ENCODER.encode(approval(read_order(order), by, "I looked, too", at))


def blocked(deciding: Deciding, first: int, at: int) -> int:
    """Decide on nine addresses in one minute; count those that are told."""
    records = [decided(f"198.51.100.{first + n}", at=at, lasts=9_000) for n in range(9)]
    return sum(len(words(deciding.decide(record, at * 1000))) for record in records)


def raised(at: int = MS) -> Deciding:
    deciding, order = Deciding((), FEW), raising(at=at)
    deciding.order(order, at)
    deciding.order(agreed(order, at + 1_000), at + 1_000)
    return deciding


def test_a_cap_rises_once_a_second_person_agrees_and_falls_by_itself() -> None:
    deciding, order = Deciding((), FEW), raising()
    deciding.order(order, MS)
    alone = blocked(deciding, 0, NOON)
    deciding.order(agreed(order, MS + 1_000), MS + 60_000)
    during = blocked(deciding, 20, NOON + 60)
    reset = ENCODER.encode(ordered(Wish(Verb.RESET, "address", "yes"), "ann", MS))
    deciding.order(reset, MS + 120_000)
    deciding.order(agreed(reset, MS), MS + 120_000)
    after = blocked(deciding, 40, NOON + 660)

    assert (alone, during, after) == (2, 4, 2)


def test_whoever_asked_cannot_agree_and_nobody_can_after_an_hour() -> None:
    deciding, order = Deciding((), FEW), raising()
    deciding.order(order, MS)

    with pytest.raises(ValueError, match="takes a second person"):
        deciding.order(agreed(order, MS + 1, by="ann"), MS + 1)
    with pytest.raises(ValueError, match="older than an hour"):
        deciding.order(agreed(order, MS + 2), MS + WITHIN + 1)
    assert list(deciding.railing.raised) == []


def test_a_restart_goes_on_with_it_and_reading_again_makes_it_no_longer() -> None:
    deciding, again, order = raised(), Deciding((), FEW), raising()
    again.restore(deciding.state())
    for record in (order, agreed(order, MS + 1_000)):
        again.order(record, MS + 300_000)

    assert list(again.railing.raised) == list(deciding.railing.raised)
    assert blocked(again, 0, NOON + 60) == 4


def test_whoever_reads_all_orders_again_comes_to_the_same() -> None:
    order = raising()
    given = [(order, MS), (agreed(order, MS + 1_000), MS + 1_000)]

    assert list(standing_rails((), given, FEW).raised) == list(raised().railing.raised)


@pytest.mark.parametrize("lowered", [False, True])
def test_a_worker_that_reads_all_decisions_before_any_order_comes_to_the_same(
    *, lowered: bool
) -> None:
    order = raising()
    given = [(order, MS), (agreed(order, MS + 1_000), MS + 1_000)]
    given += [(lowering(MS + 30_000), MS + 30_000)] * lowered
    times = [(NOON + n, 9_000) for n in range(2, 11)]  # nine in the minute
    records = [
        (decided(f"198.51.100.{at % 100}", at=at, lasts=lasts), (at + 50 * lowered) * 1000)
        for at, lasts in times
    ]
    first, last = Deciding((), FEW), Deciding((), FEW)
    for record, at in given:
        first.order(record, at)
        last.foresee(record, at)
    for deciding in (first, last):
        for record, at in records:
            deciding.decide(record, at)
    for record, at in given:
        last.order(record, at)

    assert last.told.entries == first.told.entries
    assert len(first.told.entries) == (2 if lowered else 4)
    assert list(last.railing.raised) == list(first.railing.raised)


def test_one_person_ends_it() -> None:
    deciding = raised()
    deciding.order(lowering(MS + 2_000), MS + 2_000)

    assert blocked(deciding, 0, NOON + 60) == 2


def test_what_raises_nothing_is_refused_before_anybody_is_asked_to_agree() -> None:
    deciding = raised()

    with pytest.raises(ValueError, match="rate is 2 by the settings"):
        deciding.order(raising(2), MS + 2_000)
    with pytest.raises(ValueError, match="raised to 4 already"):
        deciding.order(raising(3), MS + 2_000)
    with pytest.raises(ValueError, match="no order"):
        deciding.order(agreed(raising(3), MS + 3_000), MS + 3_000)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        (b'"most":4', b'"most":0'),
        (b'"most":4', b'"most":"4"'),
        (b'"most":4', b'"most":4000000000'),
        (b',"most":4', b""),
        (b'"rate"', b'"prefix"'),
        (b'"rate"', b'"rates"'),
        (b'"lasts":600', b'"lasts":86401'),
        (b'"lasts":600', b'"lasts":null'),
        (b'"address"', b'"adress"'),
        (b'"raise"', b'"reset"'),
        (b'"raise"', b'"block"'),
    ],
)
def test_what_nobody_can_have_ordered_about_a_cap_is_not_read(word: bytes, other: bytes) -> None:
    assert word in raising()
    with pytest.raises(ValueError, match=r"\S"):
        read_order(raising().replace(word, other))


def test_an_approval_of_a_cap_that_nobody_raises_is_not_read() -> None:
    second = agreed(raising(), MS)

    assert read_order(second).cap is Cap.RATE
    with pytest.raises(ValueError, match="expected a cap"):
        read_order(second.replace(b'"rate"', b'"prefix"'))


def test_the_audit_log_says_who_what_why_before_and_after_and_when_it_ended() -> None:
    deciding = raised()
    order = read_order(raising())
    deciding.clock(NOON, NOON + 600)
    deciding.clock(NOON, NOON + 601)
    deciding.clock(NOON, NOON + 602)
    told = [(d.by, d.role, d.what, d.target, d.before, d.after) for d in deciding.deeds]
    until = "2026-11-24T12:10:01Z"

    assert told == [
        ("ann", "person", "raise", "address", "rate 2", "rate 2"),
        ("bob", "person", "raise", "address", "rate 2", f"rate 4 until {until}"),
        ("clock", "machine", "end", "address", "rate 4", "rate 2"),
    ]
    assert deciding.deeds[0].why == f"order {order.id}: a real fleet; it waits for a second person"
    assert deciding.deeds[1].why.endswith(f": I looked, too; it approves {order.id}")


def test_the_audit_log_says_who_lowered_and_tells_the_end_once() -> None:
    deciding = raised()
    deciding.deeds.clear()
    deciding.order(lowering(MS + 2_500), MS + 2_500)
    deciding.clock(NOON, NOON + 601)
    told = [(d.by, d.what, d.before, d.after) for d in deciding.deeds]

    assert told == [("eve", "lower", "rate 4 until 2026-11-24T12:10:01Z", "rate 2")]


def test_orders_about_no_cap_are_written_as_before_there_were_such() -> None:
    block = ENCODER.encode(ordered(Wish(Verb.BLOCK, "203.0.113.7", "spam"), "ann", MS))

    assert b'"cap"' not in block
    assert b'"most"' not in block
    assert read_order(raising()).scope is Scope.ADDRESS
