"""Tenure: new accounts are watched closer."""

from __future__ import annotations

import pyarrow as pa

from access.kernels.hashing import hash_bytes
from access.site.lookups import Accounts
from actors.features import DAY, HOUR
from actors.frame import Scope
from enforcement.tenure import Tenure
from tests.scene import counts, frame

NOW = 1_795_521_600
TABLE = pa.table({"account": ["old", "young"], "created": [NOW - 730 * DAY, NOW - HOUR]})
TENURE = Tenure().knowing(Accounts.of(TABLE, 0))


def score(
    account: str, *, hour: int = 0, day: int = 0, late: int = 0, scope: Scope = Scope.ACCOUNT
) -> float:
    """Score an account that looked at so many owners, *late* seconds after now."""
    values = counts(HOUR, OWNERS=hour) | counts(DAY, OWNERS=day)
    key = hash_bytes(account.encode(), 0)
    return float(TENURE.score(frame(values, scope=scope, actor=key, at=NOW + late))[0])


def test_the_same_trace_is_held_against_a_new_account_and_not_against_an_old_one() -> None:
    assert score("young", hour=30) == 1.0
    assert score("old", hour=30) == 0.0


def test_a_day_counts_as_well_as_an_hour() -> None:
    assert score("young", day=300) == 1.0
    assert score("old", day=300) == 0.0


def test_a_new_account_that_looks_around_is_innocent() -> None:
    assert score("young", hour=15, day=100) == 0.0


def test_an_account_settles_within_a_week() -> None:
    assert score("young", hour=30, late=DAY) < 1.0
    assert score("young", hour=30, late=7 * DAY) == 0.0


def test_an_account_that_came_after_the_table_is_new_until_the_table_is_old() -> None:
    assert score("later", hour=30) == 1.0
    assert score("later", hour=30, late=7 * DAY) == 0.0


def test_a_harvester_with_an_old_account_is_missed_and_so_are_all_without_a_table() -> None:
    told = frame(counts(HOUR, OWNERS=900), scope=Scope.ACCOUNT, at=NOW)

    assert score("old", hour=900) == 0.0
    assert Tenure().score(told).tolist() == [0.0]


def test_an_address_has_no_age() -> None:
    assert score("young", hour=30, scope=Scope.ADDRESS) == 0.0
