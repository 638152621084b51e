"""A real Prometheus scrapes a made-up worker: queries have answers, an alert notices its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info

from streams.exposing import expose
from streams.metrics import METRICS, Meters
from tests.dashboards.queries import RULES, alerts, queries, recordings, unanswered, unread
from tests.services.ports import HOST, until
from tests.services.prometheus import NEEDS_PROMETHEUS, prometheus, scrape

if TYPE_CHECKING:
    from pathlib import Path

FILES = [RULES / "recording.yml", RULES / "alerts.yml"]


def work(meters: Meters) -> None:
    """Let everything happen once, with each value of each label."""
    for name, meter in METRICS.items():
        if meter.kind is Info:
            continue
        collector = getattr(meters, name)
        values = [v if isinstance(v, tuple) else ("0",) for v in meter.labels.values()]
        for one in [collector.labels(*row) for row in rows(values)] if values else [collector]:
            happen(one)


def happen(one: Counter | Gauge | Histogram) -> None:
    if isinstance(one, Counter):
        one.inc()
    elif isinstance(one, Gauge):
        one.set(1)
    else:
        one.observe(0.1)


def rows(values: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Take the first value of each label, the second …, as long as the longest list is."""
    longest = max(map(len, values))
    return [tuple(listed[i % len(listed)] for listed in values) for i in range(longest)]


@NEEDS_PROMETHEUS
def test_every_query_has_an_answer_and_the_end_of_the_last_worker_is_noticed(
    tmp_path: Path,
) -> None:
    registry = CollectorRegistry()
    meters = Meters.of(registry)
    meters.build.info({"version": "0.1.0", "rules": "0" * 16, "settings": "0" * 16})
    exposure = expose(registry, HOST, 0)
    with prometheus(tmp_path, scrape([f"{HOST}:{exposure.port}"], FILES)) as server:

        def answered() -> bool:
            work(meters)
            return not unanswered([*queries(), *recordings()], server.query)

        until(answered, "every query has an answer")
        assert unread(alerts(), server.query) == []

        exposure.close()
        pending = 'ALERTS{alertname="HedgerowNoWorkers"}'
        until(lambda: bool(server.query(pending)), "an alert is pending")
