"""What is measured of a visitor is what detectors see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from actors.features import DAY, HOUR, MINUTE, Fact, Latest
from evidence.quantities import (
    EVENNESS,
    OWNERS_1H,
    PER_PAGE,
    PICTURES_10MIN,
    STEPS,
    UNLED,
    WALK,
    Quantity,
)
from tests.scene import PERSON, counts, frame, rhythm

if TYPE_CHECKING:
    from tests.scene import Values

RUN = Latest(Fact.RUN)


def measured(quantity: Quantity, values: Values) -> float:
    return float(quantity.of(frame(values))[0])


@pytest.mark.parametrize(
    ("quantity", "found"), [(PICTURES_10MIN, 14), (OWNERS_1H, 9), (PER_PAGE, 40 / 9), (STEPS, 15)]
)
def test_a_person_is_measured(quantity: Quantity, found: float) -> None:
    assert measured(quantity, PERSON) == pytest.approx(found)


@pytest.mark.parametrize("quantity", [UNLED, WALK])
def test_a_person_who_opens_pages_is_not_measured_without_them(quantity: Quantity) -> None:
    assert np.isnan(measured(quantity, PERSON))


def test_who_took_no_picture_is_no_visitor() -> None:
    assert np.isnan(measured(PICTURES_10MIN, counts(10 * MINUTE, REQUESTS=9)))


def test_pictures_without_a_page_or_an_asset_are_counted() -> None:
    assert measured(UNLED, counts(HOUR, PICTURES=40)) == 40
    assert np.isnan(measured(UNLED, counts(HOUR, PICTURES=40, ASSETS=1)))


def test_a_walk_counts_where_no_page_leads() -> None:
    assert measured(WALK, {RUN: 30, **counts(HOUR, NUMBERED=60, PAGES=1)}) == 30
    assert np.isnan(measured(WALK, {RUN: 30, **counts(HOUR, NUMBERED=60, PAGES=2)}))


def test_a_class_that_walks_an_album_thirty_times_has_walked_it_once() -> None:
    assert measured(STEPS, counts(DAY, STEPS=900, NUMBERED=900, PICTURES=30)) == 30


def test_even_gaps_are_the_inverse_of_their_variation() -> None:
    gaps = np.array([4.0, 8.0] * 20)

    assert measured(EVENNESS, rhythm(HOUR, gaps)) == pytest.approx(3.0)
