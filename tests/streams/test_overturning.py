"""Whom people let go counts against the detectors that had them blocked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from enforcement.decision import Action
from streams.appeals import cases
from streams.overturning import overturned
from streams.records import ENCODER, decision_record
from streams.wire.appeals import Closing, Outcome, appealed, write_appeal
from streams.wire.orders import Verb, Wish, approval, ordered, read_order
from tests.enforcement.test_blocklist import REASON, decision
from tests.streams.deciders import NOON

MS = NOON * 1000
ONE = "203.0.113.7"
BLIND = replace(REASON, detector="blind")
BLOCK = replace(decision(ONE, at=NOON, until=NOON + 60), signals=(REASON, BLIND), campaign="0123")


def made(*decisions: object) -> list[tuple[bytes, int]]:
    return [(ENCODER.encode(decision_record(each)), MS) for each in decisions]  # type: ignore[arg-type]


def order(verb: Verb, target: str, at: int = MS + 1000, by: str = "ann") -> tuple[bytes, int]:
    return ENCODER.encode(ordered(Wish(verb, target, "why"), by, at)), at


@pytest.mark.parametrize(
    ("given", "against"),
    [
        (order(Verb.RELEASE, ONE), {"blind": 1, "volume": 1}),
        (order(Verb.RELEASE, "203.0.113.0/24"), {"blind": 1, "volume": 1}),
        (order(Verb.RELEASE, "rules:r"), {"blind": 1, "volume": 1}),
        (order(Verb.RELEASE, "cohort:0123"), {"blind": 1, "volume": 1}),
        (order(Verb.RELEASE, "detector:blind"), {"blind": 1}),
        (order(Verb.PARDON, ONE, MS + 90_000), {"blind": 1, "volume": 1}),
        (order(Verb.RELEASE, ONE, MS + 90_000), {}),  # it had ended by then
        (order(Verb.RELEASE, ONE, MS - 1), {}),
        (order(Verb.RELEASE, "203.0.113.8"), {}),
        (order(Verb.BLOCK, ONE), {}),
        ((b"no order", MS), {}),
    ],
)
def test_a_block_that_a_person_takes_back_counts(
    given: tuple[bytes, int], against: dict[str, int]
) -> None:
    assert overturned([*made(BLOCK), (b"no decision", MS)], [given], ()) == against


def test_what_only_slowed_down_counts_for_nothing() -> None:
    slowed = replace(BLOCK, action=Action.THROTTLE)

    assert overturned(made(slowed), [order(Verb.RELEASE, ONE)], ()) == {}


def test_a_wide_pardon_counts_once_a_second_person_agrees() -> None:
    wide = order(Verb.PARDON, "203.0.0.0/16")
    second = approval(read_order(wide[0]), "bob", "why", MS + 2000)
    agreed = ENCODER.encode(second), MS + 2000

    assert overturned(made(BLOCK), [wide], ()) == {}
    assert overturned(made(BLOCK), [wide, agreed], ()) == {"blind": 1, "volume": 1}


def test_an_appeal_that_is_granted_counts_once_beside_its_release() -> None:
    appeal = appealed(BLOCK.id, "my album", "2026-11-24T12:00:00.000Z")
    granted = Closing(appeal.id, "", "ann", Outcome.OVERTURNED, "why", ("volume",))
    unknown = replace_reference(appeal.id)
    records = [write_appeal(appeal), write_appeal(granted), *unknown]

    assert overturned(made(BLOCK), [order(Verb.RELEASE, ONE)], cases(records)) == {
        "blind": 1, "volume": 2,
    }  # fmt: skip


def replace_reference(name: str) -> list[bytes]:
    """Grant an appeal against a decision that is kept no more, and uphold another."""
    other = appealed(f"not {name}", "my album", "2026-11-24T12:00:01.000Z")
    third = appealed("0", "mine", "2026-11-24T12:00:02.000Z")
    closings = (
        Closing(other.id, "", "ann", Outcome.OVERTURNED, "why", ("volume",)),
        Closing(third.id, "", "ann", Outcome.UPHELD, "why", ("volume",)),
    )
    return [write_appeal(each) for each in (other, third, *closings)]
