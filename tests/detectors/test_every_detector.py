"""What holds for every detector of the roster."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.features import Fact, Latest, Newcomers
from actors.frame import Frame, Scope
from detectors.base import Family
from detectors.roster import ROSTER, rules_hash
from detectors.volume import Volume
from tests.scene import FEATURES, PERSON, frame

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from actors.features import Feature
    from detectors.base import Detector

every = pytest.mark.parametrize("detector", ROSTER, ids=lambda d: d.name)

CLAIM = Latest(Fact.CLAIM)
seeds = st.integers(0, 2**32 - 1)


def any_frame(seed: int) -> Frame:
    """Draw a frame of up to twelve rows: small, huge and no numbers, side by side."""
    dice = np.random.default_rng(seed)
    rows = int(dice.integers(0, 13))
    values: dict[Feature, NDArray[np.float64]] = {
        feature: np.floor(2 ** dice.uniform(0, 40, rows)) * dice.integers(0, 2, rows)
        for feature in FEATURES
    }
    values |= {f: dice.integers(0, 5, rows) / 4 for f in FEATURES if isinstance(f, Newcomers)}
    values[CLAIM] = dice.integers(0, 2**32, rows).astype(np.float64)
    at = np.sort(dice.integers(0, 2_000_000_000, rows))
    scope = tuple(Scope)[dice.integers(len(Scope))]
    return frame(values, scope=scope, at=at.tolist(), actor=list(range(1, rows + 1)))


def picked(actors: Frame, rows: NDArray[np.intp]) -> Frame:
    columns = {feature: column[rows] for feature, column in actors.columns.items()}
    at, actor, row = actors.at[rows], actors.actor[rows], actors.row[rows]
    return replace(actors, at=at, actor=actor, row=row, columns=columns)


@every
@given(seed=seeds)
def test_a_score_is_a_number_from_0_to_1_for_every_row(detector: Detector, seed: int) -> None:
    actors = any_frame(seed)
    scores = detector.score(actors)

    assert scores.shape == (len(actors),)
    assert scores.dtype == np.float64
    assert np.all((scores >= 0) & (scores <= 1))


@every
@given(seed=seeds)
def test_the_order_of_rows_is_irrelevant(detector: Detector, seed: int) -> None:
    actors = any_frame(seed)
    rows = np.random.default_rng(seed).permutation(len(actors))

    assert detector.score(actors)[rows].tolist() == detector.score(picked(actors, rows)).tolist()


@every
@given(seed=seeds)
def test_it_is_pure(detector: Detector, seed: int) -> None:
    actors = any_frame(seed)
    before = {feature: column.copy() for feature, column in actors.columns.items()}

    first, second = detector.score(actors), detector.score(actors)

    assert first.tolist() == second.tolist()
    assert all(np.array_equal(before[f], actors[f]) for f in before)


@every
@given(seed=seeds)
def test_it_reads_only_what_it_declares(detector: Detector, seed: int) -> None:
    actors = any_frame(seed)
    declared = {feature: actors[feature] for feature in detector.reads}

    assert (
        detector.score(replace(actors, columns=declared)).tolist()
        == detector.score(actors).tolist()
    )


@every
def test_who_did_nothing_is_innocent(detector: Detector) -> None:
    assert detector.score(frame({})).tolist() == [0.0]


@every
def test_a_person_is_innocent(detector: Detector) -> None:
    assert detector.score(frame(PERSON, at=1_648_600_000)).tolist() == [0.0]


@every
def test_its_module_says_what_it_catches_misses_and_spares(detector: Detector) -> None:
    lines = (sys.modules[type(detector).__module__].__doc__ or "").splitlines()

    assert lines[0].startswith(f"{detector.name.capitalize()}: ")
    assert [line.split(":")[0] for line in lines[2:]] == ["Catches", "Misses", "Innocent"]


@every
def test_its_name_is_its_modules_name(detector: Detector) -> None:
    assert type(detector).__module__ == f"detectors.{detector.name}"


@every
def test_its_weight_is_positive_and_its_family_known(detector: Detector) -> None:
    assert detector.weight > 0
    assert detector.family in Family


def test_names_are_unique() -> None:
    assert len({detector.name for detector in ROSTER}) == len(ROSTER)


def test_the_rules_hash_follows_every_threshold_and_no_type() -> None:
    assert rules_hash(ROSTER) == rules_hash([Volume(certain_24h=1_000), *ROSTER[1:]])
    assert rules_hash(ROSTER) != rules_hash([Volume(certain_24h=1_001), *ROSTER[1:]])
    assert rules_hash(ROSTER) != rules_hash(ROSTER[1:])
