"""Every board follows the rules of Grafana's dashboard linter, written down anew here."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from promql_parser import Call, MatrixSelector, VectorSelector

from tests.dashboards.queries import BOARDS, HOME, Query, board, nodes, panels, queries, selectors

if TYPE_CHECKING:
    from pathlib import Path

    from tests.dashboards.queries import Board, Panel

TITLES = [
    "Are we under attack and what did we do?",
    "Who said what?",
    "Is the pipeline well?",
]
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
UNITS = {"short", "none", "s", "bytes", "percentunit", "cps", "reqps"}  # as Grafana calls them
WIDTH = 24
EACH = pytest.mark.parametrize("path", BOARDS, ids=lambda path: path.name)
QUERY = pytest.mark.parametrize("query", queries(), ids=lambda query: f"{query.where}-{query.what}")


def variables(read: Board) -> dict[str, Panel]:
    return {variable["name"]: variable for variable in read["templating"]["list"]}


def cells(panel: Panel) -> list[tuple[int, int]]:
    at = panel["gridPos"]
    columns, lines = range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"])
    return [(column, line) for column in columns for line in lines]


def test_there_are_three_boards_and_each_asks_one_question() -> None:
    assert sorted(TITLES) == sorted(board(path)["title"] for path in BOARDS)
    assert len({board(path)["uid"] for path in BOARDS}) == len(BOARDS)


@EACH
def test_a_board_is_changed_as_a_file(path: Path) -> None:
    read = board(path)

    assert read["editable"] is False
    assert "id" not in read  # Grafana gives one
    assert [panel["id"] for panel in read["panels"]] == list(range(1, len(read["panels"]) + 1))


@EACH
def test_a_board_lets_one_choose_source_job_and_instance(path: Path) -> None:
    known = variables(board(path))

    assert ["datasource", "job", "instance"] == list(known)
    assert (known["datasource"]["type"], known["datasource"]["label"]) == (
        "datasource",
        "Data source",
    )
    for name in ("job", "instance"):
        chosen = known[name]
        assert (chosen["label"], chosen["datasource"]) == (name, SOURCE)
        assert (chosen["multi"], chosen["includeAll"], chosen["allValue"]) == (True, True, ".+")
        assert chosen["refresh"] == 2  # whenever the time range changes


@EACH
def test_a_panel_says_what_it_shows_and_in_what(path: Path) -> None:
    for panel in panels(path):
        assert panel["title"]
        assert panel["description"].strip()
        assert panel["datasource"] == SOURCE
        assert panel["targets"]
        assert panel["fieldConfig"]["defaults"]["unit"] in UNITS


@EACH
def test_no_two_panels_share_a_title_or_a_place(path: Path) -> None:
    read = board(path)
    taken = Counter(cell for panel in read["panels"] for cell in cells(panel))

    assert max(taken.values()) == 1
    assert max(column for column, _ in taken) < WIDTH
    assert len({panel["title"] for panel in read["panels"]}) == len(read["panels"])


@EACH
def test_a_runbook_that_a_panel_names_is_there(path: Path) -> None:
    named = re.findall(r"docs/runbooks/\w+\.md", path.read_text("utf-8"))

    assert [name for name in named if not (HOME / name).exists()] == []


@EACH
def test_firing_alerts_are_shown_on_the_time_axis(path: Path) -> None:
    told = board(path)["annotations"]["list"]

    assert any('alertstate="firing"' in annotation["expr"] for annotation in told)


@QUERY
def test_a_query_is_about_the_chosen_job_and_instance(query: Query) -> None:
    count = len(selectors(query))

    assert query.written.count('job=~"$job", instance=~"$instance"') == count


@QUERY
def test_a_rate_is_taken_over_the_interval_that_grafana_knows_to_be_right(query: Query) -> None:
    ranges = set(re.findall(r"\[(.*?)\]", query.written))
    rates = re.findall(r"\bi?rate\([^()\[]*\[(.*?)\]", query.written)

    assert ranges <= {"$__rate_interval", "$__range"}
    assert set(rates) <= {"$__rate_interval"}


@QUERY
def test_a_counter_is_never_shown_as_it_stands(query: Query) -> None:
    found = nodes(query)
    rated = {
        str(node.args[0])
        for node in found
        if isinstance(node, Call) and node.func.name in ("rate", "irate", "increase")
    }
    ranged = [node for node in found if isinstance(node, MatrixSelector)]
    totals = [
        node
        for node in found
        if isinstance(node, VectorSelector) and (node.name or "").endswith("_total")
    ]

    assert len(totals) == sum("_total" in str(node) and str(node) in rated for node in ranged)
