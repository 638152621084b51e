"""Shapes: what an answer of Prometheus has to look like, by what was asked."""

from __future__ import annotations

from math import isfinite, isnan
from typing import TYPE_CHECKING, Any

from promql_parser import AggregateExpr

from tests.dashboards.known import SCRAPED
from tests.dashboards.queries import BOARDS, nodes, panels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.dashboards.queries import Query

    Series = dict[str, Any]

UNITS = {
    (path.name, panel["title"]): panel["fieldConfig"]["defaults"]["unit"]
    for path in BOARDS
    for panel in panels(path)
}


def kept(query: Query) -> set[str] | None:
    """Tell the labels that an answer has: those grouped by last; None: all that there are."""
    for node in nodes(query):
        if isinstance(node, AggregateExpr):
            return set(node.modifier.labels if node.modifier else ()) - {"le"}
    return None


def misshapen(query: Query, answer: Iterable[Series]) -> list[str]:
    """Say which series of an answer have other labels, or a value that cannot be."""
    labels, share = kept(query), UNITS.get((query.where, query.what)) == "percentunit"
    wrong = []
    for series in answer:
        names, value = set(series["metric"]) - {"__name__"}, float(series["value"][1])
        fits = names >= SCRAPED if labels is None else names == labels
        possible = isnan(value) or (isfinite(value) and 0 <= value <= (1 if share else value))
        if not (fits and possible):
            wrong.append(f"{query.where}, {query.what}: {series}")
    return wrong
