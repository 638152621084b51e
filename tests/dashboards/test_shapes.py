"""An answer of the wrong shape is noticed."""

from __future__ import annotations

import pytest

from tests.dashboards.queries import Query
from tests.dashboards.shapes import kept, misshapen

INSTANCE = {"job": "hedgerow", "instance": "127.0.0.1:9187"}


def asked(written: str, what: str = "a panel", where: str = "a board") -> Query:
    return Query(where, what, written)


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("sum(up)", set()),
        ("max by (action) (sum by (action, instance) (up))", {"action"}),
        ("histogram_quantile(0.5, sum by (agent, le) (rate(up[1m])))", {"agent"}),
        ("60 * sum by (scope) (rate(up[1m]))", {"scope"}),
        ("rate(up[1m])", None),
    ],
)
def test_an_answer_has_the_labels_that_were_grouped_by_last(
    written: str, labels: set[str] | None
) -> None:
    assert labels == kept(asked(written))


@pytest.mark.parametrize(
    ("written", "metric", "value", "fits"),
    [
        ("sum(up)", {}, "3", True),
        ("sum(up)", {"job": "hedgerow"}, "3", False),
        ("sum by (job) (up)", {}, "3", False),
        ("up", {"__name__": "up", **INSTANCE}, "1", True),
        ("up", {"job": "hedgerow"}, "1", False),
        ("sum(up)", {}, "NaN", True),
        ("sum(up)", {}, "+Inf", False),
        ("sum(up)", {}, "-1", False),
    ],
)
def test_labels_and_values_have_to_fit(
    written: str, metric: dict[str, str], value: str, *, fits: bool
) -> None:
    told = misshapen(asked(written), [{"metric": metric, "value": [0, value]}])

    assert (not told) is fits


def test_a_share_is_not_more_than_all() -> None:
    share = asked("sum(up)", "Unreadable", "pipeline.json")

    assert [len(misshapen(share, [{"metric": {}, "value": [0, value]}])) for value in "01"] == [
        0,
        0,
    ]
    assert len(misshapen(share, [{"metric": {}, "value": [0, "1.1"]}])) == 1
