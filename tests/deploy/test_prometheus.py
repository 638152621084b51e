"""What Prometheus is given is valid, alerts fire when they should, and each leads to a way out."""

from __future__ import annotations

import re
from subprocess import run

import pytest
import yaml

from tests.dashboards.known import GIVEN, METRIC
from tests.dashboards.queries import HOME, RULES, rules
from tests.services.programs import needs

PROMTOOL = needs("promtool")
SCENES = sorted((HOME / "tests/deploy").glob("*.yml"))
ALERTS = rules("alerts.yml")
EACH = pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: str(alert["alert"]))


def promtool(*words: str) -> None:
    done = run(["promtool", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@PROMTOOL
def test_the_configuration_is_valid() -> None:
    promtool("check", "config", str(RULES / "prometheus.yml"))


@PROMTOOL
@pytest.mark.parametrize("file", ["recording.yml", "alerts.yml"])
def test_rules_are_valid(file: str) -> None:
    promtool("check", "rules", "--lint=all", "--lint-fatal", str(RULES / file))


@PROMTOOL
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.stem)
def test_alerts_fire_when_they_should_and_only_then(scene: object) -> None:
    promtool("test", "rules", str(scene))


@EACH
def test_an_alert_was_seen_to_fire_and_not_to_fire(alert: dict[str, str]) -> None:
    tried = [
        bool(case["exp_alerts"])
        for scene in SCENES
        for test in yaml.safe_load(scene.read_text("utf-8"))["tests"]
        for case in test["alert_rule_test"]
        if case["alertname"] == alert["alert"]
    ]

    assert {True, False} == set(tried)


@EACH
def test_an_alert_says_what_is_wrong_how_bad_it_is_and_where_to_read_on(
    alert: dict[str, dict[str, str]],
) -> None:
    told = alert["annotations"]

    assert re.fullmatch(r"Hedgerow([A-Z][a-z]+)+", str(alert["alert"]))
    assert alert["labels"]["severity"] in ("critical", "warning")
    assert told["summary"].endswith(".")
    assert "{{" not in told["summary"]
    assert told["description"].endswith(".")
    assert told["runbook_url"] == f"docs/runbooks/{alert['alert']}.md"


@EACH
def test_a_runbook_says_what_people_lose_three_commands_and_how_to_end_it(
    alert: dict[str, str],
) -> None:
    page = (HOME / "docs/runbooks" / f"{alert['alert']}.md").read_text("utf-8")
    commands = re.findall(r"^    \S.*$", page, re.MULTILINE)

    assert page.startswith(f"# {alert['alert']}\n")
    assert "**What people lose.**" in page
    assert len(commands) == 3
    assert re.search(r"## How to end it\n\n- ", page)


@EACH
def test_a_runbook_asks_for_series_that_are_there(alert: dict[str, str]) -> None:
    page = (HOME / "docs/runbooks" / f"{alert['alert']}.md").read_text("utf-8")
    known = {*METRIC, *GIVEN}

    for wanted in re.findall(r'__name__=~"(.*?)"', page):
        assert any(re.fullmatch(wanted, series) for series in known)


def test_no_runbook_is_left_of_an_alert_that_is_gone() -> None:
    pages = {page.stem for page in (HOME / "docs/runbooks").glob("*.md")}

    assert pages == {str(alert["alert"]) for alert in ALERTS}


def test_grafana_is_given_the_source_that_the_boards_choose() -> None:
    given = HOME / "deploy/grafana/provisioning"
    source = yaml.safe_load((given / "datasources/prometheus.yml").read_text("utf-8"))
    boards = yaml.safe_load((given / "dashboards/hedgerow.yml").read_text("utf-8"))

    assert [s["uid"] for s in source["datasources"]] == ["prometheus"]
    assert [p["allowUiUpdates"] for p in boards["providers"]] == [False]
