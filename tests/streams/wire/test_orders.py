"""Orders: what people may order, and how it is kept."""

from __future__ import annotations

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from streams.records import ENCODER
from streams.wire.orders import (
    Verb,
    Wish,
    about,
    approval,
    instant,
    milliseconds,
    ordered,
    read_order,
    takes_two,
)

AT = 1_795_521_600_250
ONE = "203.0.113.7"
WISHED = (Verb.PARDON, Verb.BLOCK, Verb.RELEASE)


def test_an_order_says_who_when_why_and_comes_back_as_it_was() -> None:
    order = ordered(Wish(Verb.BLOCK, "203.0.113.7/32", "spam", 60, Action.THROTTLE), "ann", AT)

    assert (order.by, order.at, order.reason) == ("ann", "2026-11-24T12:00:00.250Z", "spam")
    assert (order.scope, order.target) == (Scope.ADDRESS, "203.0.113.7")
    assert (order.lasts, order.action) == (60, "throttle")
    assert read_order(ENCODER.encode(order)) == order


def test_the_same_order_has_the_same_id_and_another_has_another() -> None:
    wish = Wish(Verb.PARDON, "session:s", "appeal")

    assert ordered(wish, "ann", AT).id == ordered(wish, "ann", AT).id
    assert ordered(wish, "ann", AT).id != ordered(wish, "ann", AT + 1).id


def test_only_a_block_lasts_and_acts() -> None:
    for verb in (Verb.PARDON, Verb.RELEASE):
        order = ordered(Wish(verb, "203.0.113.7", "appeal", 60), "ann", AT)
        assert (order.lasts, order.action) == (None, None)


@pytest.mark.parametrize(
    ("verb", "target", "why"),
    [
        (Verb.BLOCK, "202.0.0.0/15", "wider than"),
        (Verb.BLOCK, "2001:da0::/31", "wider than /32"),
        (Verb.PARDON, "192.0.0.0/8", "wider than /16"),
        (Verb.PARDON, "0.0.0.0/0", "everybody"),
        (Verb.RELEASE, "::/0", "everybody"),
        (Verb.BLOCK, "203.0.113.7\n", "line ends"),
        (Verb.BLOCK, "10.1.2.3", "private"),
        (Verb.BLOCK, "192.168.0.0/16", "private"),
        (Verb.BLOCK, "fd00::/48", "private"),
        (Verb.RELEASE, "ann", "not an address or CIDR"),
        (Verb.BLOCK, "203.0.113.7/24", "not an address or CIDR"),
    ],
)
def test_a_slip_is_refused_with_its_reason(verb: Verb, target: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        ordered(Wish(verb, target, "because"), "ann", AT)


@pytest.mark.parametrize(
    ("verb", "target"),
    [
        (Verb.RELEASE, "128.0.0.0/1"),
        (Verb.RELEASE, "10.0.0.0/8"),
        (Verb.PARDON, "10.1.0.0/16"),
        (Verb.BLOCK, "203.0.0.0/16"),
        (Verb.BLOCK, "2001:db8::/32"),
        (Verb.BLOCK, "account:10.1.2.3"),
    ],
)
def test_what_makes_sense_is_taken(verb: Verb, target: str) -> None:
    assert ordered(Wish(verb, target, "because"), "ann", AT).verb is verb


@pytest.mark.parametrize("at", [0, 1, 999, AT, AT + 749])
def test_instants_come_back_to_the_millisecond(at: int) -> None:
    assert milliseconds(instant(at)) == at


@pytest.mark.parametrize(
    ("word", "other"),
    [
        (b"203.0.113.7", b"203.0.113.300"),
        (b"203.0.113.7", b"10.0.0.1"),
        (b'"address"', b'"network"'),
        (b'"throttle"', b'"observe"'),
        (b'"block"', b'"blocks"'),
        (b'"block"', b'"approve"'),
        (b"203.0.113.7", b"203.0.113.7\\n"),
        (b"203.0.113.7", b"::ffff:203.0.113.7"),
        (b"203.0.113.7", b"203.0.113.007"),
        (b'"spam"', b'"spam\\nforged"'),
    ],
)
def test_what_nobody_can_have_ordered_is_not_read(word: bytes, other: bytes) -> None:
    order = ordered(Wish(Verb.BLOCK, "203.0.113.7", "spam", 60, Action.THROTTLE), "ann", AT)

    with pytest.raises(ValueError, match=r"\S"):
        read_order(ENCODER.encode(order).replace(word, other))


@pytest.mark.parametrize("target", ["203.0.112.0/23", "203.0.0.0/16", "2001:db8::/47"])
def test_acting_on_many_homes_or_sparing_them_takes_two_people(target: str) -> None:
    two = [verb for verb in WISHED if takes_two(ordered(Wish(verb, target, "why"), "ann", AT))]

    assert two == [Verb.PARDON, Verb.BLOCK]


def test_a_reset_takes_two_people_and_its_approval_comes_back_as_it_was() -> None:
    order = ordered(Wish(Verb.RESET, "account", "looked at ten"), "ann", AT)
    second = approval(order, "bob", "so did I", AT + 1)

    assert takes_two(order)
    assert not takes_two(second)
    assert read_order(ENCODER.encode(second)) == second


@pytest.mark.parametrize("target", ["203.0.113.0/24", "2001:db8:1::/48", "session:s"])
def test_everything_else_takes_one(target: str) -> None:
    for verb in WISHED:
        assert not takes_two(ordered(Wish(verb, target, "why"), "ann", AT))


def test_an_approval_says_what_it_approves_and_comes_back_as_it_was() -> None:
    order = ordered(Wish(Verb.BLOCK, "203.0.0.0/16", "spam"), "ann", AT)
    second = approval(order, "bob", "seen it", AT + 1)

    assert (second.approves, second.by, second.target) == (order.id, "bob", "203.0.0.0/16")
    assert read_order(ENCODER.encode(second)) == second


def test_orders_of_one_person_are_written_as_before_there_were_approvals() -> None:
    assert b"approves" not in ENCODER.encode(ordered(Wish(Verb.BLOCK, ONE, "spam"), "ann", AT))


@pytest.mark.parametrize("reason", ["", "  ", "spam\n2026-11-24  forged", "x" * 1001])
def test_a_reason_is_one_line_that_says_something(reason: str) -> None:
    with pytest.raises(ValueError, match="reason: expected one line"):
        ordered(Wish(Verb.BLOCK, ONE, reason), "ann", AT)


@pytest.mark.parametrize(
    ("verb", "text", "scope", "target"),
    [
        (Verb.HALT, "everything", None, "everything"),
        (Verb.RESUME, "everything", None, "everything"),
        (Verb.RESET, "account", Scope.ACCOUNT, "rails"),
        (Verb.RELEASE, "rules:0123", None, "rules:0123"),
        (Verb.RELEASE, "detector:volume", None, "detector:volume"),
        (Verb.RELEASE, "cohort:0123456789ab", Scope.COHORT, "0123456789ab"),
    ],
)
def test_an_order_about_nobody_in_particular_comes_back_as_it_was(
    verb: Verb, text: str, scope: Scope | None, target: str
) -> None:
    order = ordered(Wish(verb, text, "because"), "ann", AT)

    assert (order.scope, order.target, about(order)) == (scope, target, text)
    assert read_order(ENCODER.encode(order)) == order


@pytest.mark.parametrize(
    ("verb", "text"),
    [(Verb.RESET, "adress"), (Verb.RELEASE, "rules:"), (Verb.BLOCK, "rules:0123")],
)
def test_a_slip_about_nobody_is_refused(verb: Verb, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        ordered(Wish(verb, text, "because"), "ann", AT)
