"""What came of a request, by method and status."""

from __future__ import annotations

import numpy as np
import pytest

from access.event import Method, Outcome
from access.outcomes import outcomes_of

CASES = {
    (Method.GET, 200): Outcome.DELIVERED,
    (Method.GET, 206): Outcome.DELIVERED,
    (Method.GET, 304): Outcome.DELIVERED,
    (Method.GET, 403): Outcome.REFUSED,
    (Method.GET, 429): Outcome.REFUSED,
    (Method.GET, 444): Outcome.REFUSED,
    (Method.GET, 404): Outcome.MISSING,
    (Method.GET, 410): Outcome.MISSING,
    (Method.GET, 301): Outcome.OTHER,
    (Method.GET, 500): Outcome.OTHER,
    (Method.GET, 0): Outcome.OTHER,
    (Method.GET, 32767): Outcome.OTHER,
    (Method.GET, -1): Outcome.OTHER,
    (Method.HEAD, 200): Outcome.OTHER,
    (Method.POST, 403): Outcome.OTHER,
    (Method.OTHER, 400): Outcome.OTHER,
}


@pytest.mark.parametrize(("request_", "outcome"), CASES.items())
def test_only_get_takes_and_only_some_statuses_give(
    request_: tuple[Method, int], outcome: Outcome
) -> None:
    method, status = request_

    assert outcomes_of(np.array([method], np.uint8), np.array([status], np.int16)) == [outcome]
