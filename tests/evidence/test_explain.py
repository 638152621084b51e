"""An explanation adds up, and what it says would have helped would have helped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actors.frame import Scope
from detectors.roster import ROSTER
from enforcement.decision import Action, Decision, Signal
from enforcement.policy import Policy
from evidence.explain import Record
from evidence.levers import Bench
from tests.evidence.scenes import ADDRESS, AT, NEIGHBOUR, decision
from tests.scene import LONE, frame

if TYPE_CHECKING:
    from detectors.base import Detector

POLICY = Policy()
COUNTS = {"pictures_10min": 290.0, "pictures_24h": 290.0, "pictures_1h": 290.0}
EVERYBODY = {str(habit): 1.0 for habit in LONE}  # every newcomer of the site has every habit


def spoken(name: str, **seen: float) -> Signal:
    """Let a detector speak about evidence."""
    detector = detector_of(name)
    given = {**EVERYBODY, **COUNTS, **seen}
    evidence = {str(feature): given.get(str(feature), 0.0) for feature in detector.reads}
    scene = frame({feature: evidence[str(feature)] for feature in detector.reads})
    score = float(detector.score(scene)[0])
    weight = detector.weight
    return Signal(AT, Scope.ADDRESS, ADDRESS, name, detector.family, score, weight, evidence)


def detector_of(name: str) -> Detector:
    return next(d for d in ROSTER if d.name == name)


SIGNALS = (
    spoken("volume"),
    spoken("orphans", originals_1h=290, bare_1h=290),
    spoken("referrers", asked_1h=290, unreferred_1h=290),
)


def decided(*signals: Signal) -> Decision:
    """Decide as the policy does."""
    nats = [signal.score * signal.weight for signal in signals]
    families = [signal.family for signal in signals]
    action = POLICY.action_for(nats, families)
    assert action is not None
    return replace(
        decision(signals=signals),
        action=action,
        score=sum(nats),
        families=tuple(sorted(set(families))),
    )


HARVESTER = decided(*SIGNALS)


def record(*decisions: Decision, signals: tuple[Signal, ...] = SIGNALS) -> Record:
    return Record(decisions, signals, ROSTER, POLICY)


def test_the_shares_add_up_to_the_score() -> None:
    told = record(HARVESTER).explain(ADDRESS)

    assert told.action == "block"
    assert sum(part.nats for part in told.parts) == pytest.approx(told.score)
    assert sum(part.share for part in told.parts) == pytest.approx(1)


def test_without_a_detector_the_others_decide() -> None:
    told = record(HARVESTER).explain(ADDRESS)

    assert {"volume": "observe", "orphans": "challenge", "referrers": "challenge"} == {
        part.detector: part.without for part in told.parts
    }


def test_a_lever_is_the_first_value_that_helps() -> None:
    lever = next(Bench(HARVESTER, [(s, s.score) for s in SIGNALS], ROSTER, POLICY).levers())
    bound, action = lever.bounds[0]

    def with_pictures(count: float) -> Action:
        fewer = dict.fromkeys((*COUNTS, "originals_1h", "bare_1h"), count)
        volume, orphans = spoken("volume", **fewer), spoken("orphans", **fewer)
        return decided(volume, orphans, SIGNALS[2]).action

    assert (lever.what, lever.was, action) == ("different pictures", 290, "challenge")
    assert with_pictures(bound) is Action.CHALLENGE
    assert with_pictures(bound + 1) is Action.BLOCK


def test_more_of_what_people_do_would_have_helped() -> None:
    unled = decided(SIGNALS[0], spoken("orphans"), SIGNALS[2])

    assert "0 pages: with at least 2, challenge" in record(unled).explain(ADDRESS).levers[2]


def test_evidence_that_is_held_is_told_as_it_was_seen() -> None:
    faded = replace(SIGNALS[2], evidence=dict.fromkeys(SIGNALS[2].evidence, 1.0), at=AT + 50)
    later = replace(HARVESTER, at=AT + 50, signals=(*SIGNALS[:2], faded))
    told = record(later).explain(ADDRESS)

    assert told.parts[2].said_at == AT
    assert "290 of 290" in told.parts[2].reason


def test_an_address_is_explained_by_its_network() -> None:
    network = decision(scope=Scope.NETWORK, signals=SIGNALS)

    assert record(network).explain(NEIGHBOUR).target == "192.0.2.0/24"
    assert record(network).explain("192.0.3.1").action == "nothing"


def test_one_kind_of_evidence_lacks_another() -> None:
    alone = decided(SIGNALS[0])
    told = record(alone).explain(ADDRESS)

    assert told.action == "throttle"
    assert "it takes 2 independent kinds of evidence, and here is volume" in told.note


def test_a_shared_address_is_spared_for_its_people() -> None:
    told = record(replace(HARVESTER, action=Action.CHALLENGE)).explain(ADDRESS)

    assert "5 user agents" in told.note
    assert {part.without for part in told.parts} <= {"observe", "challenge"}


def test_a_network_is_spared_for_its_people_however_few() -> None:
    network = decision(scope=Scope.NETWORK, action=Action.OBSERVE, signals=SIGNALS)

    assert "one for every 10 addresses" in record(network).explain(NEIGHBOUR).note


def test_whoever_took_from_one_owner_may_be_that_owner() -> None:
    told = record(replace(HARVESTER, action=Action.CHALLENGE, owners=1)).explain(ADDRESS)

    assert "all its pictures are of one owner" in told.note


def test_those_who_came_close_are_named_with_what_they_lack() -> None:
    close = [
        replace(decided(SIGNALS[0]), target=f"192.0.2.{n}", score=7.0 + n / 10) for n in range(9)
    ]
    others = record(HARVESTER, *close, replace(HARVESTER, target="192.0.2.99")).explain(ADDRESS)

    assert [o.target for o in others.others] == [f"192.0.2.{n}" for n in (8, 7, 6, 5, 4)]
    assert "3.7 nats of evidence are missing" in others.others[0].lack


def test_whoever_was_only_spoken_of_is_told_what_was_said() -> None:
    told = record().explain(ADDRESS)

    assert (told.action, len(told.parts)) == ("nothing", 3)
    assert "too weakly or at different times" in told.note


def test_of_a_stranger_nothing_was_said() -> None:
    told = record(HARVESTER).explain("198.51.100.1")

    assert not told.parts
    assert "no detector ever said anything" in told.note
