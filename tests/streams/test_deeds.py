"""Everything that changes in force is told with who did it, why, and what held before."""

from __future__ import annotations

import pytest

from evidence.audit import Deed
from streams.deciding import Deciding
from streams.records import ENCODER
from streams.wire.orders import Verb, approval, read_order
from tests.streams.deciders import NOON, ONE, decided, wished

MS = NOON * 1000


def told(deciding: Deciding) -> list[tuple[str, str, str, str, str, str]]:
    """Take out what was done since."""
    found = [(d.by, d.role, d.what, d.target, d.before, d.after) for d in deciding.deeds]
    deciding.deeds.clear()
    return found


def test_what_machines_decide_people_undo_and_clocks_end_is_told() -> None:
    deciding = Deciding()
    deciding.decide(decided(), MS)
    by_rules = told(deciding)
    deciding.order(wished(Verb.RELEASE), MS + 1000)
    by_person = told(deciding)
    deciding.order(wished(Verb.BLOCK, lasts=60), MS + 2000)
    again = told(deciding)
    deciding.clock(0, NOON + 100)
    by_clock = told(deciding)

    assert by_rules == [("rules r", "machine", "block", ONE, "", "block")]
    assert by_person == [("ann", "person", "release", ONE, "block", "")]
    assert again == [("ann", "person", "block", ONE, "", "block")]
    assert by_clock == [("clock", "machine", "end", ONE, "block", "")]


def test_why_is_told() -> None:
    deciding, name = Deciding(), f"{ONE} {NOON} BLOCK"
    deciding.decide(decided(), MS)
    deciding.order(wished(Verb.PARDON), MS)
    first, second = deciding.deeds

    assert first.why.startswith(f"decision {name}: ")
    assert second.why.endswith(": because")


def test_an_order_that_changes_nothing_is_told_as_well() -> None:
    deciding = Deciding()
    for at in (MS, MS + 1):
        deciding.order(wished(Verb.RELEASE, at=NOON + at - MS), at)

    assert told(deciding) == [("ann", "person", "release", ONE, "", "")] * 2


def test_an_order_that_waits_is_told_with_who_gave_it_and_then_with_who_approved() -> None:
    deciding, wide = Deciding(), wished(Verb.BLOCK, "203.0.0.0/16")
    deciding.order(wide, MS)
    [waits] = deciding.deeds
    deciding.deeds.clear()
    deciding.order(ENCODER.encode(approval(read_order(wide), "bob", "yes", MS)), MS)

    assert (waits.by, waits.why.endswith("it waits for a second person")) == ("ann", True)
    assert told(deciding) == [("bob", "person", "block", "203.0.0.0/16", "", "block")]


def test_what_is_read_again_is_not_told_again() -> None:
    deciding = Deciding()
    deciding.quiet = True
    deciding.order(wished(Verb.BLOCK), MS)
    before = list(deciding.deeds)
    deciding.settle()

    assert before == []
    assert [(d.by, d.what) for d in deciding.deeds] == [("settling", "block")]


@pytest.mark.parametrize("record", [b"nonsense", b"{}"])
def test_what_nobody_can_read_is_no_deed(record: bytes) -> None:
    deciding = Deciding()
    with pytest.raises(ValueError, match=r"\S"):
        deciding.order(record, MS)

    assert deciding.deeds == list[Deed]()
