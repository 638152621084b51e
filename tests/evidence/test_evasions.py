"""An evasion is told from the block to the moment at which the list went on."""

from __future__ import annotations

from dataclasses import replace

from actors.frame import Scope
from detectors.roster import ROSTER
from enforcement.decision import Action, Decision, Signal
from enforcement.policy import Policy
from evidence.casebook import Casebook
from evidence.evasions import Evasion, evasions
from evidence.explain import Record
from evidence.report import render
from evidence.samples import Samples
from tests.evidence.scenes import ADDRESS, AT, Asked, batch, decision
from tests.evidence.test_report import findings

OTHER = "198.51.100.4"
SEEN = {
    "resumed_steps": 8.0, "resumed_retried": 0.0, "resumed_kin": 0.0, "resumed_gap": 40.0,
    "resumed_after": 45.0, "newcomers_opened_page": 1.0,
}  # fmt: skip


def sequel(begins: int = 120, action: Action = Action.CHALLENGE) -> Decision:
    """Have somebody go on, 45 seconds after the block of ADDRESS."""
    said = Signal(AT + begins, Scope.ADDRESS, OTHER, "sequel", "cohort", 1.0, 6.0, SEEN)
    made = decision(begins, action=action, address=OTHER, signals=[said])
    return replace(made, continues=decision().id)


def told(*decisions: Decision) -> list[Evasion]:
    book = Casebook(samples=Samples())
    book.see(batch([Asked(0)]), decisions)
    return evasions(book.cases())


EVASION = Evasion(
    ADDRESS, Action.BLOCK, AT, decision().id, resumed=AT + 45, by=OTHER, shown=AT + 120
)


def test_it_says_who_was_stopped_when_and_who_went_on_when() -> None:
    assert told(decision(), sequel()) == [EVASION]


def test_a_challenge_and_a_block_of_the_same_successor_are_one_evasion() -> None:
    assert told(decision(), sequel(), sequel(200, Action.BLOCK)) == [EVASION]


def test_who_goes_on_from_nobody_evades_nothing() -> None:
    assert told(decision(), replace(sequel(), continues=None)) == []


def test_a_decision_that_is_not_at_hand_is_left_out() -> None:
    assert told(sequel()) == []


def test_the_report_lists_it() -> None:
    page = render(findings([Asked(0)], decision(), sequel()))

    assert "<h2>Evasion</h2>" in page
    assert "2026-11-24 12:00:45" in page
    assert "had the next numbers of a list" in page
    assert "<h2>Evasion</h2>" not in render(findings([Asked(0)], decision()))


def test_an_explanation_names_the_decision_that_was_evaded() -> None:
    record = Record([decision(), sequel()], [], ROSTER, Policy())

    assert f"continues {decision().id}" in record.explain(OTHER).note
    assert "continues" not in record.explain(ADDRESS).note
