"""Docket: what is heard, remembered and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from access.addresses import address_text
from actors.features import HOUR, MINUTE
from actors.frame import Scope
from detectors.roster import ROSTER
from enforcement.decision import Action, Decision
from enforcement.docket import Docket
from enforcement.pardons import Pardon, Pardons
from enforcement.policy import Policy
from tests.scene import counts, frame

if TYPE_CHECKING:
    from actors.frame import Frame
    from tests.scene import Values

NOON = 1_777_636_800  # seconds since 1970 UTC
HARVEST = counts(10 * MINUTE, PICTURES=400) | counts(PICTURES=400, ASKED=400, UNREFERRED=400)
KNOCKING = counts(PICTURES=0, ASKED=400, UNREFERRED=400)  # whatever it asks for is refused
WALK = counts(HOUR, NUMBERED=60, STEPS=60)


def name(actors: Frame, row: int) -> str:
    return address_text(int(actors.actor[row]))


def docket(policy: Policy | None = None, pardons: Pardons | None = None, **trust: float) -> Docket:
    return Docket(ROSTER, trust, policy or Policy(), pardons or Pardons(), "settings")


def hear(judge: Docket, at: int, values: Values) -> list[Decision]:
    return judge.hear([frame(values, at=at)], name)[1]


def test_a_harvest_is_blocked_for_an_hour_with_its_reasons() -> None:
    (decision,) = hear(docket(), NOON, HARVEST)

    assert (decision.action, decision.target) == (Action.BLOCK, "203.0.113.7")
    assert (decision.at, decision.until) == (NOON, NOON + 3600)
    assert decision.families == ("shape", "volume")
    assert [signal.detector for signal in decision.signals] == ["volume", "orphans", "referrers"]


def test_the_score_is_the_sum_of_what_its_signals_brought() -> None:
    (decision,) = hear(docket(), NOON, HARVEST | WALK)

    assert decision.score == pytest.approx(sum(s.score * s.weight for s in decision.signals))


def test_while_a_block_holds_nothing_is_added() -> None:
    judge = docket()

    assert [len(hear(judge, NOON + s, HARVEST)) for s in range(0, 3600, 60)] == [1] + [0] * 59


def test_whoever_comes_back_is_blocked_twice_as_long() -> None:
    judge = docket()
    found = [d for s in range(0, 5 * 3600, 600) for d in hear(judge, NOON + s, HARVEST)]

    assert [d.until - d.at for d in found] == [3600, 7200, 14400]
    assert all(d.action is Action.BLOCK for d in found)


def test_after_an_end_the_same_again_takes_fresh_evidence() -> None:
    judge = docket()
    hear(judge, NOON, HARVEST)

    assert hear(judge, NOON + 3601, {}) == []
    assert [d.action for d in hear(judge, NOON + 3660, WALK)] == [Action.OBSERVE]


def test_where_silence_ends_an_action_it_goes_on_for_as_long_as_its_target_asks() -> None:
    judge = docket(Policy(quiet=900))
    found = [d for s in range(0, 3001, 60) for d in hear(judge, NOON + s, HARVEST)]

    assert [(d.at - NOON, d.until - d.at, d.quiet) for d in found] == [
        (begins, 900, 900) for begins in range(0, 3001, 480)
    ]
    assert {d.action for d in found} == {Action.BLOCK}
    assert len({d.id for d in found}) == len(found)


def test_who_is_refused_and_goes_on_asking_stays_refused() -> None:
    judge = docket(Policy(quiet=900))
    hear(judge, NOON, HARVEST)
    found = [d for s in range(60, 3001, 60) for d in hear(judge, NOON + s, KNOCKING)]

    assert {d.action for d in found} == {Action.BLOCK}
    assert found[-1].until > NOON + 3000


def test_who_comes_back_after_a_silence_is_blocked_for_twice_as_long() -> None:
    judge = docket(Policy(quiet=900))
    found = [d for s in (0, 901, 901 + 1801) for d in hear(judge, NOON + s, HARVEST)]

    assert [d.until - d.at for d in found] == [d.quiet for d in found] == [900, 1800, 3600]


def test_silence_never_makes_an_action_longer_than_it_would_be() -> None:
    (block,) = hear(docket(Policy(quiet=86_400)), NOON, HARVEST)

    assert block.until - block.at == 3600


def test_a_month_without_return_is_forgiven() -> None:
    judge = docket()
    hear(judge, NOON, HARVEST)
    (later,) = hear(judge, NOON + 3600 + 30 * 86_400, HARVEST)

    assert later.until - later.at == 3600


def test_suspicion_rises_rung_by_rung_and_never_shortens_what_holds() -> None:
    judge = docket()
    first = hear(judge, NOON, WALK)
    second = hear(judge, NOON + 60, HARVEST)

    assert [d.action for d in (*first, *second)] == [Action.OBSERVE, Action.BLOCK]
    assert second[0].until > first[0].until


def test_evidence_of_different_moments_adds_up_as_it_fades() -> None:
    judge = docket(orphans=0.0, referrers=0.0)
    hear(judge, NOON, WALK)
    (decision,) = hear(judge, NOON + 6 * 3600 - 3000, HARVEST)

    assert 8.4 < decision.score < 8.4 + 3.9


def test_the_same_word_heard_often_is_not_more_evidence() -> None:
    judge = docket()
    found = [d for s in range(0, 3600, 10) for d in hear(judge, NOON + s, WALK)]

    assert [d.action for d in found] == [Action.OBSERVE]


def test_a_signal_is_given_once_for_each_fifth() -> None:
    judge = docket()
    rising = [counts(10 * MINUTE, PICTURES=150 + 1.5 * step) for step in range(101)]
    frames = [frame(values, at=NOON + step) for step, values in enumerate(rising)]
    scores = [s.score for s in judge.hear(frames, name)[0]]

    assert len(scores) == 5
    assert scores == sorted(scores)


def test_a_detector_without_trust_speaks_and_nobody_acts() -> None:
    signals, decisions = docket(enumeration=0.0).hear([frame(WALK, at=NOON)], name)

    assert [(s.detector, s.weight) for s in signals] == [("enumeration", 0.0)]
    assert decisions == []


def test_trust_in_a_stranger_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="enumerations"):
        docket(enumerations=1.0)


def test_a_pardon_wins_at_once() -> None:
    pardons = Pardons([Pardon("a partner", ("203.0.113.0/28",))])
    signals, decisions = docket(pardons=pardons).hear([frame(HARVEST, at=NOON)], name)

    assert signals
    assert decisions == []


def test_a_shared_address_is_challenged() -> None:
    shared = HARVEST | counts(24 * HOUR, AGENTS=5)

    assert [d.action for d in hear(docket(), NOON, shared)] == [Action.CHALLENGE]


def test_the_same_decision_has_the_same_id() -> None:
    first, second = hear(docket(), NOON, HARVEST), hear(docket(), NOON, HARVEST)

    assert first == second
    assert hear(docket(), NOON + 1, HARVEST)[0].id != first[0].id


def test_answers_come_in_order_of_time_then_scope() -> None:
    crowd = HARVEST | counts(24 * HOUR, MEMBERS=9)
    networks = frame(crowd, scope=Scope.NETWORK, at=[NOON, NOON + 1])
    addresses = frame(HARVEST, at=[NOON, NOON + 1], actor=[1 << 40, 2 << 40])
    found = docket().hear([networks, addresses], name)[1]

    assert [d.at - NOON for d in found] == [0, 0, 1]
    assert [str(d.scope) for d in found] == ["address", "network", "address"]


def test_a_state_of_other_detectors_is_refused() -> None:
    state = docket().state()
    other = Docket(ROSTER[1:], {}, Policy(), Pardons(), "settings")

    with pytest.raises(ValueError, match="detectors"):
        other.restore(state)


def test_the_memory_is_bounded_and_the_weakest_go_first() -> None:
    judge = docket(Policy(entries=8))
    weak = [frame(WALK, at=NOON + n, actor=(n + 1) << 33) for n in range(50)]
    judge.hear([frame(HARVEST, at=NOON, actor=99 << 33), *weak], name)
    memory = judge.memories[Scope.ADDRESS]

    assert len(memory) <= 9
    assert 99 << 33 in memory.entries["key"]


def test_who_is_under_a_decision_is_remembered_before_who_only_looks_bad() -> None:
    policy = Policy(entries=8, half_life=60, block_lasts=86_400, observe=4.0)
    judge = docket(policy)
    later = [frame(WALK, at=NOON + 3600 + n, actor=(n + 1) << 33) for n in range(50)]
    judge.hear([frame(HARVEST, at=NOON, actor=99 << 33), *later], name)

    assert 99 << 33 in judge.memories[Scope.ADDRESS].entries["key"]
