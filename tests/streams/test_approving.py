"""What hits many homes waits for a second person, and for no more than an hour."""

from __future__ import annotations

import pytest

from enforcement.decision import Action
from streams.approving import WITHIN, Approvals, waiting
from streams.deciding import Deciding
from streams.records import ENCODER
from streams.wire.orders import OrderRecord, Verb, Wish, approval, ordered
from tests.streams.deciders import words

AT = 1_795_521_600_000
WIDE = "203.0.0.0/16"


def wide(by: str = "ann", verb: Verb = Verb.BLOCK) -> OrderRecord:
    return ordered(Wish(verb, WIDE, "a whole provider", 3600, Action.BLOCK), by, AT)


def told(deciding: Deciding, order: OrderRecord, at: int) -> dict[str, str | None]:
    return words(deciding.order(ENCODER.encode(order), at))


@pytest.mark.parametrize(("verb", "word"), [(Verb.BLOCK, "block"), (Verb.PARDON, "pardon")])
def test_a_wide_order_is_obeyed_once_a_second_person_agrees(verb: Verb, word: str) -> None:
    deciding, order = Deciding(), wide(verb=verb)

    assert told(deciding, order, AT) == {}
    assert told(deciding, approval(order, "bob", "yes", AT + 1), AT + 1) == {WIDE: word}


def test_a_wide_release_does_not_wait() -> None:
    deciding, order = Deciding(), wide()
    told(deciding, order, AT)
    told(deciding, approval(order, "bob", "yes", AT), AT)

    release = ordered(Wish(Verb.RELEASE, WIDE, "it was us"), "ann", AT + 5)

    assert told(deciding, release, AT + 5000) == {WIDE: None}


def test_nobody_approves_an_order_of_their_own() -> None:
    deciding, order = Deciding(), wide()
    told(deciding, order, AT)

    with pytest.raises(ValueError, match="takes a second person"):
        told(deciding, approval(order, "ann", "yes", AT + 1), AT + 1)


def test_after_an_hour_nothing_is_left_to_approve() -> None:
    deciding, order = Deciding(), wide()
    told(deciding, order, AT)

    with pytest.raises(ValueError, match="older than an hour"):
        told(deciding, approval(order, "bob", "yes", AT), AT + WITHIN + 1)


def test_an_approval_is_used_up() -> None:
    deciding, order, second = Deciding(), wide(), approval(wide(), "bob", "yes", AT)
    for record in (order, second):
        told(deciding, record, AT)

    with pytest.raises(ValueError, match="obeyed already"):
        told(deciding, approval(order, "eve", "yes", AT), AT)


def test_what_waits_survives_a_restart_and_reading_again_changes_nothing() -> None:
    deciding, order = Deciding(), wide()
    told(deciding, order, AT)
    again = Deciding()
    again.restore(deciding.state())
    told(again, order, AT)
    second = approval(order, "bob", "yes", AT + 1)

    assert told(again, second, AT + 1) == {WIDE: "block"}
    assert [told(again, record, AT + 1) for record in (order, second)] == [{}, {}]


def test_what_waits_is_found_among_all_orders() -> None:
    narrow = ordered(Wish(Verb.BLOCK, "203.0.113.7", "why"), "ann", AT)
    useless = approval(wide("eve"), "bob", "yes", AT)
    orders = [narrow, useless, wide("ann"), wide("eve"), approval(wide("ann"), "bob", "y", AT)]

    assert [held.order.by for held in waiting(orders, AT).held] == ["eve"]
    assert waiting(orders, AT + WITHIN + 1).held == Approvals().held
