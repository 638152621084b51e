"""Releases: when the versions of a browser came out, and so how old a claimed one is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from access.claims import Family, family, major

if TYPE_CHECKING:
    from numpy.typing import NDArray

YEAR = 365.25 * 86_400  # seconds

# First stable release of a version on the desktop, from the vendors' release notes. Only browsers
# that update themselves on any device: a Safari is as old as the telephone it cannot leave.
ANCHORS = {
    Family.CHROME: {
        1: "2008-12-11",
        10: "2011-03-08",
        23: "2012-11-06",
        31: "2013-11-12",
        43: "2015-05-19",
        62: "2017-10-17",
        79: "2019-12-10",
        94: "2021-09-21",
        100: "2022-03-29",
        120: "2023-12-05",
    },
    Family.FIREFOX: {
        1: "2004-11-09",
        3: "2008-06-17",
        4: "2011-03-22",
        17: "2012-11-20",
        25: "2013-10-29",
        38: "2015-05-12",
        57: "2017-11-14",
        71: "2019-12-03",
        100: "2022-05-03",
        120: "2023-11-21",
    },
    Family.EDGE: {
        12: "2015-07-29",
        18: "2018-11-13",
        79: "2020-01-15",
        94: "2021-09-24",
        120: "2023-12-07",
    },
}
RHYTHM = 28 * 86_400  # seconds from one version to the next since the last anchor
LAST = 1023  # the highest version a claim can hold


def _table(anchors: dict[int, str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give versions and the seconds since 1970 UTC at which they came, far into the future."""
    epoch = date(1970, 1, 1)
    times = [86_400.0 * (date.fromisoformat(day) - epoch).days for day in anchors.values()]
    future = times[-1] + RHYTHM * (LAST - max(anchors))
    return np.array([*anchors, LAST], np.float64), np.array([*times, future], np.float64)


TABLES = {browser: _table(anchors) for browser, anchors in ANCHORS.items()}


def current_major(of: Family, at: NDArray[np.int64]) -> NDArray[np.float64]:
    """Say which major version of a browser was newest at each time (seconds since 1970 UTC).

    Between two anchors it grows evenly, so it is a fraction; NaN for browsers without anchors.
    """
    if of not in TABLES:
        return np.full(len(at), np.nan)
    versions, times = TABLES[of]
    return np.interp(at, times, versions)


def age_in_years(claims: NDArray[np.uint32], at: NDArray[np.int64]) -> NDArray[np.float64]:
    """Say how many years before *at* (seconds since 1970 UTC) each claimed version was replaced.

    It is 0 for the newest version and any later one, for a claim that names no version, and for
    browsers without anchors.
    """
    families, majors = family(claims), major(claims)
    ages = np.zeros(len(claims))
    for browser, (versions, times) in TABLES.items():
        replaced = np.interp(majors + 1.0, versions, times)
        ages = np.where((families == browser) & (majors > 0), (at - replaced) / YEAR, ages)
    return np.maximum(ages, 0.0)
