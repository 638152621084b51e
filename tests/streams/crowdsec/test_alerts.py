"""Alerts: few, for CrowdSec drops decisions with old alerts, and in its own words."""

from __future__ import annotations

import pytest

from streams.crowdsec import alerts
from streams.crowdsec.alerts import left
from streams.crowdsec.pushing import differing
from streams.crowdsec.remedy import Remedy
from tests.streams.crowdsec.scene import ONE, START, TWO

BAN, OTHER = Remedy("Ip", ONE, "ban", START + 600), Remedy("Ip", TWO, "ban", START + 600)
CAPTCHA = Remedy("Ip", ONE, "captcha", START + 600)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("3599s", 3599), ("1h2m3.5s", 3723.5), ("350ms", 0.35), ("58.127449111s", 58.127449111)],
)
def test_durations_are_read_as_go_writes_them(said: str, seconds: float) -> None:
    assert left(said) == pytest.approx(seconds)


def test_many_decisions_are_few_alerts_of_one_type_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "MANY", 2)
    many = [Remedy("Ip", f"203.0.113.{n}", "ban", START + 60) for n in range(3)]
    ended = Remedy("Ip", "203.0.113.9", "ban", START)
    told = list(alerts.alerts([*many, CAPTCHA, ended], START))

    assert [len(alert["decisions"]) for alert in told] == [2, 1, 1]
    assert [alert["scenario"] for alert in told] == ["hedgerow/ban"] * 2 + ["hedgerow/captcha"]
    assert told[0]["decisions"][0]["duration"] == "60s"


@pytest.mark.parametrize(
    ("wanted", "there", "new", "deleted"),
    [
        ([BAN], [], [BAN], []),
        ([BAN], [BAN], [], []),
        ([BAN], [Remedy("Ip", ONE, "ban", START + 570)], [], []),
        ([BAN], [Remedy("Ip", ONE, "ban", START + 300)], [BAN], [ONE]),
        ([BAN], [CAPTCHA], [BAN], [ONE]),
        ([BAN], [BAN, BAN], [BAN], [ONE]),
        ([BAN], [BAN, OTHER], [], [TWO]),
    ],
)
def test_what_differs_is_mended_and_nothing_else(
    wanted: list[Remedy], there: list[Remedy], new: list[Remedy], deleted: list[str]
) -> None:
    delta = differing(wanted, there)

    assert delta.new == new
    assert [remedy.value for remedy in delta.deleted] == deleted
