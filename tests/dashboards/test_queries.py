"""Boards, rules and alerts ask for what is there, and all that is there is asked for."""

from __future__ import annotations

import re

import pytest
from promql_parser import AggregateExpr

from streams.metrics import METRICS
from tests.dashboards.known import METRIC, impossible, labels_of
from tests.dashboards.queries import (
    Query,
    alerts,
    nodes,
    queries,
    recordings,
    selectors,
    unanswered,
    unread,
)

ASKED = [*queries(), *recordings(), *alerts()]
EACH = pytest.mark.parametrize("query", ASKED, ids=lambda query: f"{query.where}-{query.what}")


@EACH
def test_a_query_reads_series_that_are_told_by_labels_they_have(query: Query) -> None:
    for selector in selectors(query):
        known = labels_of(selector.name or "")
        for matcher in selector.matchers.matchers:
            assert matcher.name in known
            assert impossible(selector.name or "", matcher) == set()


@EACH
def test_a_query_groups_by_labels_that_are_there(query: Query) -> None:
    known = set().union(*(labels_of(selector.name or "") for selector in selectors(query)))
    for node in nodes(query):
        if isinstance(node, AggregateExpr) and node.modifier is not None:
            assert set(node.modifier.labels) <= known


@pytest.mark.parametrize("query", queries(), ids=lambda query: f"{query.where}-{query.what}")
def test_a_legend_names_labels_that_are_left(query: Query) -> None:
    named = set(re.findall(r"{{(\w+)}}", query.legend))
    outer = next((node for node in nodes(query) if isinstance(node, AggregateExpr)), None)
    left = set(outer.modifier.labels) if outer and outer.modifier else {"job", "instance"}

    assert named <= left


def test_everything_that_is_counted_is_looked_at() -> None:
    read = {selector.name for query in ASKED for selector in selectors(query)}
    seen = {METRIC[name] for name in read if name in METRIC}

    assert [name for name in METRICS if name not in seen] == []


def test_everything_that_is_recorded_is_used() -> None:
    read = {selector.name for query in ASKED for selector in selectors(query)}

    assert [rule.what for rule in recordings() if rule.what not in read] == []


def test_a_recording_is_named_by_its_level_its_metric_and_its_operation() -> None:
    assert [r.what for r in recordings() if not re.fullmatch(r"[a-z_]+(:\w+){2}", r.what)] == []


def test_a_wrong_query_is_noticed() -> None:
    with pytest.raises(KeyError):
        labels_of("hedgerow_lines")
    with pytest.raises(ValueError, match="unclosed"):
        nodes(Query("a board", "a panel", "sum(rate(hedgerow_lines_total[1m])"))
    wrong = selectors(Query("", "", 'hedgerow_lines_total{format="xml", outcome=~"event|lost"}'))
    found = [impossible("hedgerow_lines_total", m) for m in wrong[0].matchers.matchers]
    assert found == [{"xml"}, {"lost"}]


def test_a_query_without_an_answer_is_named() -> None:
    there, nan = Query("a.json", "There", "up"), Query("a.json", "NaN", "0 / 0")
    missing = Query("a.json", "Missing", "sum(down)")
    answers = {"up": [{"value": [0, "1"]}], "0 / 0": [{"value": [0, "NaN"]}]}

    told = unanswered([there, nan, missing], lambda asked: answers.get(asked, []))

    assert told == ["a.json, NaN: 0 / 0", "a.json, Missing: sum(down)"]
    assert unread([missing], lambda _: []) == ["a.json, Missing: down{}"]
