"""Queries: all that boards and rules ask Prometheus, and which of it has no answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import promql_parser
import yaml
from promql_parser import Expr, VectorSelector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Board: TypeAlias = dict[str, Any]
    Panel: TypeAlias = dict[str, Any]

HOME = Path(__file__).parents[2]
BOARDS = sorted((HOME / "dashboards").glob("*.json"))
RULES = HOME / "deploy/prometheus"
VARIABLES = {"$__rate_interval": "5m", "$__range": "1h", "$job": ".+", "$instance": ".+"}


@dataclass(frozen=True, slots=True)
class Query:
    """What one panel, recording rule or alert asks."""

    where: str  # the board's file, or the rules'
    what: str  # the panel's title, or the name of the rule
    written: str  # as it stands there
    legend: str = ""

    @property
    def expression(self) -> str:
        """Put values in the place of Grafana's variables."""
        told = self.written
        for variable, value in VARIABLES.items():
            told = told.replace(variable, value)
        return told


def board(path: Path) -> Board:
    read: Board = json.loads(path.read_text("utf-8"))
    return read


def panels(path: Path) -> list[Panel]:
    """List the panels that show something; rows are headings."""
    return [panel for panel in board(path)["panels"] if panel["type"] != "row"]


def queries() -> list[Query]:
    """List what the boards ask."""
    return [
        Query(path.name, panel["title"], target["expr"], target["legendFormat"])
        for path in BOARDS
        for panel in panels(path)
        for target in panel["targets"]
    ]


def rules(file: str) -> list[dict[str, Any]]:
    groups = yaml.safe_load((RULES / file).read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def recordings() -> list[Query]:
    """List what is recorded."""
    return [Query("recording.yml", rule["record"], rule["expr"]) for rule in rules("recording.yml")]


def alerts() -> list[Query]:
    """List when somebody is called."""
    return [Query("alerts.yml", rule["alert"], rule["expr"]) for rule in rules("alerts.yml")]


def nodes(query: Query) -> list[Expr]:
    """Take a query into its parts; ValueError where it is no PromQL."""
    found: list[Expr] = []
    promql_parser.walk(Expr.parse(query.expression), found.append)
    return found


def selectors(query: Query) -> list[VectorSelector]:
    """List the series that a query reads."""
    return [node for node in nodes(query) if isinstance(node, VectorSelector)]


def unanswered(asked: Iterable[Query], ask: Callable[[str], list[Any]]) -> list[str]:
    """Say which queries have no answer now; *ask* is `PrometheusServer.query`.

    NaN is none either: it is what a division by nothing gives.
    """
    return [
        f"{query.where}, {query.what}: {query.expression}"
        for query in asked
        if all(isnan(float(series["value"][1])) for series in ask(query.expression))
    ]


def unread(asked: Iterable[Query], ask: Callable[[str], list[Any]]) -> list[str]:
    """Say which series of queries do not exist; for alerts, which are empty while all is well."""
    return sorted(
        {
            f"{query.where}, {query.what}: {series}"
            for query in asked
            for series in map(now, selectors(query))
            if not ask(series)
        }
    )


def now(selector: VectorSelector) -> str:
    """Write a selector that looks back as one that does not: a test has no yesterday."""
    selector.offset = None
    return str(selector)
