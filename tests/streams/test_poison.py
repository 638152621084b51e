"""What nobody can read is refused with a ValueError, which every agent gets past."""

from __future__ import annotations

import pytest

from enforcement.campaigns import Fleets
from streams.cohorts import Cohorts
from streams.deciding import Deciding
from streams.posted import Posted
from streams.wire.requests import Requests
from streams.wire.summaries import read_summary
from tests.streams.poison import RECORDS


@pytest.mark.parametrize("value", [value for _, value in RECORDS["decisions"]])
def test_a_decision_that_is_none_is_refused(value: bytes | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        Deciding().decide(value or b"", 1)


@pytest.mark.parametrize("value", [value for _, value in RECORDS["orders"]])
def test_an_order_that_is_none_is_refused(value: bytes | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        Deciding().order(value or b"", 1)


@pytest.mark.parametrize("value", [value for _, value in RECORDS["requests"]])
def test_a_message_of_requests_that_is_none_is_refused(value: bytes | None) -> None:
    with pytest.raises(ValueError, match=r"."):
        Requests.decoded(value or b"")


@pytest.mark.parametrize(("key", "value"), RECORDS["blocklist"])
def test_an_entry_that_is_none_changes_nothing(key: bytes, value: bytes | None) -> None:
    posted = Posted()

    assert posted.hear(key, value, 1_000, 1.0) == []


@pytest.mark.parametrize("value", [value for _, value in RECORDS["summaries"]])
def test_a_summary_that_is_none_closes_nothing(value: bytes | None) -> None:
    cohorts = Cohorts(2, Fleets())

    try:
        said = cohorts.hear(read_summary(value))
    except ValueError:
        said = None

    assert said is None
