"""What holds for every detector of the roster."""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.features import Newcomers
from actors.frame import Frame, Scope
from detectors.base import Family
from detectors.roster import ROSTER, rules_hash
from tests.scene import FEATURES, PERSON, frame

every = pytest.mark.parametrize("detector", ROSTER, ids=lambda d: d.name)

counted = st.one_of(
    st.integers(0, 400).map(float),
    st.floats(0, 1e12),
    st.integers(0, 2**32 - 1).map(float),
)


@st.composite
def frames(draw):
    rows = draw(st.integers(0, 12))
    values = {
        feature: draw(
            st.lists(
                st.floats(0, 1) if isinstance(feature, Newcomers) else counted,
                min_size=rows,
                max_size=rows,
            )
        )
        for feature in FEATURES
    }
    at = draw(st.lists(st.integers(0, 2_000_000_000), min_size=rows, max_size=rows))
    scope = draw(st.sampled_from(Scope))
    return frame(values, scope=scope, at=sorted(at), actor=list(range(1, rows + 1)))


def picked(actors: Frame, rows) -> Frame:
    columns = {feature: column[rows] for feature, column in actors.columns.items()}
    at, actor, row = actors.at[rows], actors.actor[rows], actors.row[rows]
    return replace(actors, at=at, actor=actor, row=row, columns=columns)


@every
@given(actors=frames())
def test_a_score_is_a_number_from_0_to_1_for_every_row(detector, actors):
    scores = detector.score(actors)

    assert scores.shape == (len(actors),)
    assert scores.dtype == np.float64
    assert np.all((scores >= 0) & (scores <= 1))


@every
@given(actors=frames(), data=st.data())
def test_the_order_of_rows_is_irrelevant(detector, actors, data):
    rows = np.array(data.draw(st.permutations(range(len(actors)))), np.intp)

    assert detector.score(actors)[rows].tolist() == detector.score(picked(actors, rows)).tolist()


@every
@given(actors=frames())
def test_it_is_pure(detector, actors):
    before = {feature: column.copy() for feature, column in actors.columns.items()}

    first, second = detector.score(actors), detector.score(actors)

    assert first.tolist() == second.tolist()
    assert all(np.array_equal(before[f], actors[f]) for f in before)


@every
@given(actors=frames())
def test_it_reads_only_what_it_declares(detector, actors):
    declared = {feature: actors[feature] for feature in detector.reads}

    assert (
        detector.score(replace(actors, columns=declared)).tolist()
        == detector.score(actors).tolist()
    )


@every
def test_who_did_nothing_is_innocent(detector):
    assert detector.score(frame({})).tolist() == [0.0]


@every
def test_a_person_is_innocent(detector):
    assert detector.score(frame(PERSON, at=1_648_600_000)).tolist() == [0.0]


@every
def test_its_module_says_what_it_catches_misses_and_spares(detector):
    lines = (sys.modules[type(detector).__module__].__doc__ or "").splitlines()

    assert lines[0].startswith(f"{detector.name.capitalize()}: ")
    assert [line.split(":")[0] for line in lines[2:]] == ["Catches", "Misses", "Innocent"]


@every
def test_its_name_is_its_modules_name(detector):
    assert type(detector).__module__ == f"detectors.{detector.name}"


@every
def test_its_weight_is_positive_and_its_family_known(detector):
    assert detector.weight > 0
    assert detector.family in Family


def test_names_are_unique():
    assert len({detector.name for detector in ROSTER}) == len(ROSTER)


def test_the_rules_hash_follows_every_threshold_and_no_type():
    volume, *others = ROSTER

    assert rules_hash([volume, *others]) == rules_hash([replace(volume, certain_24h=1000), *others])
    assert rules_hash(ROSTER) != rules_hash([replace(volume, certain_24h=1001.0), *others])
    assert rules_hash(ROSTER) != rules_hash(others)
