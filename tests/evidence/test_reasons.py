"""Every detector's evidence is told in words that name its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from actors.frame import Scope
from detectors.roster import ROSTER
from enforcement.decision import Signal
from enforcement.informed import KNOWING
from evidence.portrait import PORTRAIT, portrait
from evidence.reasons import WORDS, reason
from tests.scene import PERSON

if TYPE_CHECKING:
    from detectors.base import Detector

DETECTORS = (*ROSTER, *KNOWING)
SEEN = {str(feature): float(value) for feature, value in PERSON.items()}  # type: ignore[arg-type]


def spoken(detector: Detector, **seen: float) -> str:
    evidence = {str(feature): SEEN.get(str(feature), 0.0) for feature in detector.reads} | seen
    signal = Signal(0, Scope.ADDRESS, "x", detector.name, detector.family, 1.0, 1.0, evidence)
    return reason(signal)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.name)
def test_every_detector_has_words_and_a_portrait(detector: Detector) -> None:
    said = spoken(detector)

    assert detector.name in WORDS
    assert said.endswith(".")
    assert "_" not in said
    assert set(portrait(detector)) == set(PORTRAIT)


@pytest.mark.parametrize("detector", DETECTORS, ids=lambda d: d.name)
def test_no_evidence_breaks_the_words(detector: Detector) -> None:
    nothing = dict.fromkeys(map(str, detector.reads), 0.0)

    assert spoken(detector, **nothing)


def test_windows_that_add_nothing_are_left_out() -> None:
    volume = next(d for d in ROSTER if d.name == "volume")
    counts = {"pictures_10min": 301.0, "pictures_24h": 301.0, "pictures_30d": 2_000.0}

    assert "301 different pictures within 10 minutes, 2,000 within 30 days." in spoken(
        volume, **counts
    )


def test_a_detector_without_words_shows_its_numbers() -> None:
    signal = Signal(0, Scope.ADDRESS, "x", "new", "trap", 1.0, 1.0, {"traps_1h": 2.0})

    assert reason(signal) == "new: traps_1h 2"
