"""What a detector was good for is counted in the actors it spoke about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actors.frame import Scope
from detectors.roster import ROSTER
from enforcement.decision import Action, Signal
from enforcement.policy import Policy
from evidence.testimony import weighed
from tests.evidence.scenes import ADDRESS, AT, decision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enforcement.decision import Decision
    from evidence.testimony import Testimony

BY_NAME = {detector.name: detector for detector in ROSTER}
HARVESTER = ("volume", "orphans", "disguise")  # 8.4 + 2.7 + 3.9 nats: each two reach no block


def said(*names: str, target: str = ADDRESS, second: int = 0) -> list[Signal]:
    """Let detectors say all they can about somebody."""
    told = (BY_NAME[name] for name in names)
    return [
        Signal(AT + second, Scope.ADDRESS, target, d.name, str(d.family), 1.0, d.weight, {})
        for d in told
    ]


def judged(
    signals: Sequence[Signal],
    decisions: Sequence[Decision],
    trust: Mapping[str, float] | None = None,
) -> dict[str, Testimony]:
    told = weighed(signals, decisions, ROSTER, trust or {}, Policy())
    return {testimony.detector: testimony for testimony in told}


def test_whoever_a_block_cannot_do_without_is_needed() -> None:
    told = judged(said("volume", "disguise"), [decision()])

    assert (told["volume"].needed, told["disguise"].needed) == (1, 1)
    assert (told["volume"].blocked, told["cadence"].blocked) == (1, 0)


def test_nobody_is_needed_where_the_others_are_enough() -> None:
    told = judged(said(*HARVESTER, "enumeration", "cadence"), [decision()])

    assert told["orphans"].blocked == 1
    assert told["orphans"].needed == 0


def test_a_block_that_a_detector_missed_is_counted_as_its_silence() -> None:
    told = judged(said("volume", "disguise"), [decision()])

    assert (told["cadence"].silent, told["volume"].silent) == (1, 0)


def test_whoever_only_one_detector_speaks_about_is_told_apart() -> None:
    signals = [*said("referrers"), *said("referrers", "breadth", target="192.0.2.2")]
    told = judged(signals, [])

    assert (told["referrers"].spoke, told["referrers"].alone) == (2, 1)
    assert (told["breadth"].spoke, told["breadth"].alone) == (1, 0)


def test_a_detector_in_shadow_says_whom_it_would_have_added() -> None:
    told = judged(said("volume", "disguise"), [], {"disguise": 0.0})

    assert (told["disguise"].trust, told["disguise"].added) == (0.0, 1)
    assert told["volume"].added == 0


def test_what_has_faded_adds_nothing() -> None:
    late = 10 * 24 * 3600  # seconds: forty half-lives
    signals = [*said("volume"), *said("disguise", second=late)]

    assert judged(signals, [], {"disguise": 0.0})["disguise"].added == 0


def test_a_challenge_is_no_block() -> None:
    told = judged(said("volume", "disguise"), [decision(action=Action.CHALLENGE)])

    assert told["volume"].blocked == 0


def test_a_run_without_signals_has_nothing_to_tell() -> None:
    told = judged([], [])

    assert {t.spoke + t.blocked + t.needed + t.silent + t.added for t in told.values()} == {0}
