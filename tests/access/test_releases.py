"""A claimed version is as old as the time since it was replaced."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from access.claims import Family
from access.releases import TABLES, age_in_years, current_major


def seconds(day: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()], np.int64)


def age(browser: Family, version: int, day: str) -> float:
    claims = np.array([browser | version << 8], np.uint32)
    return float(age_in_years(claims, seconds(day))[0])


@pytest.mark.parametrize(
    ("browser", "day", "version"),
    [
        (Family.CHROME, "2015-05-19", 43),
        (Family.CHROME, "2023-12-05", 120),
        (Family.CHROME, "2024-01-30", 122),
        (Family.FIREFOX, "2017-11-14", 57),
        (Family.EDGE, "2020-01-15", 79),
    ],
)
def test_a_version_is_current_on_the_day_it_comes_out(
    browser: Family, day: str, version: int
) -> None:
    assert [version] == current_major(browser, seconds(day)).tolist()


def test_of_other_browsers_the_current_version_is_not_known() -> None:
    assert np.isnan(current_major(Family.SAFARI, seconds("2024-01-30"))).all()


def test_the_newest_version_and_those_to_come_have_no_age() -> None:
    assert [age(Family.CHROME, version, "2023-12-06") for version in (120, 1023)] == [0, 0]


def test_an_age_counts_from_the_day_the_version_was_replaced() -> None:
    assert age(Family.CHROME, 119, "2024-12-05") == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("browser", [Family.SAFARI, Family.SAMSUNG, Family.APP, Family.OTHER])
def test_a_browser_that_its_device_holds_back_has_no_age(browser: Family) -> None:
    assert age(browser, 9, "2024-12-05") == 0


def test_a_browser_that_names_no_version_has_no_age() -> None:
    assert age(Family.CHROME, 0, "2024-12-05") == 0


@pytest.mark.parametrize("browser", list(TABLES))
def test_later_versions_come_out_later(browser: Family) -> None:
    versions, times = TABLES[browser]

    assert (np.diff(versions) > 0).all()
    assert (np.diff(times) > 0).all()
