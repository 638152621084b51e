"""A real Prometheus scrapes real workers: boards and rules have answers, and an alert fires."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.cast.world import World
from tests.dashboards.queries import alerts, queries, recordings, unanswered, unread
from tests.dashboards.scraping import deployed
from tests.dashboards.shapes import misshapen
from tests.services.java import NEEDS_KAFKA
from tests.services.ports import HOST, until
from tests.services.prometheus import NEEDS_PROMETHEUS, prometheus
from tests.services.redis import NEEDS_REDIS, redis
from tests.streams.platform import HEDGEROW, platform

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.services.prometheus import PrometheusServer
    from tests.streams.platform import Platform

pytestmark = [NEEDS_KAFKA, NEEDS_PROMETHEUS, NEEDS_REDIS]

IDLE = 2_000  # milliseconds; the traffic is live
TRAFFIC = ("traffic", "--once", "--hours=0.4", "--speed=30", "--people=400")


@contextmanager
def traffic(running: Platform) -> Iterator[None]:
    """Let people and harvesters come."""
    process = subprocess.Popen(
        [*HEDGEROW, *TRAFFIC], env=running.environment, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def watched(folder: Path) -> Iterator[tuple[Platform, PrometheusServer]]:
    """Run two workers and a service, with all that deploy/ gives Prometheus."""
    world = World(1, people=20, hours=0.1)
    with (
        redis(folder / "redis") as kept,
        platform(
            folder, world, redis_url=kept.url, flow_checkpoint=1, flow_idle=IDLE
        ) as running,
    ):
        workers = [f"{HOST}:{running.start().port}" for _ in range(2)]
        served = f"{HOST}:{running.serve().port}"
        jobs = {"hedgerow": workers, "hedgerow-faust": workers, "hedgerow-serve": [served]}
        with prometheus(folder / "prometheus", deployed(folder, jobs)) as server:
            yield running, server


def firing(server: PrometheusServer) -> set[str]:
    """Name the alerts that fire."""
    told = server.query('ALERTS{alertstate="firing"}')
    return {series["metric"]["alertname"] for series in told}


def test_every_query_is_answered_by_real_workers_and_the_death_of_one_is_told(
    tmp_path: Path,
) -> None:
    with watched(tmp_path) as (running, server):
        until(lambda: len(server.query("up == 1")) == 5, "five targets", 60)
        with traffic(running):
            running.run("block", "203.0.113.9", "--reason=seen by eye")
            running.run("pardon", "203.0.113.8", "--reason=our own")
            asked = [*queries(), *recordings()]
            missing: list[str] = []

            def answered() -> bool:
                with urlopen(f"http://{HOST}:{running.workers[2].port}/blocklist.txt") as answer:
                    assert answer.read().startswith(b"#")
                missing[:] = unanswered(asked, server.query)
                return not missing

            try:
                until(answered, "every query has an answer", 90)
            except TimeoutError:
                assert missing == []
            wrong = [wrong for query in asked for wrong in misshapen(query, server.query(query.expression))]
            assert wrong == []
            assert unread(alerts(), server.query) == []
            assert "HedgerowWorkerGone" not in firing(server)

            running.workers[0].kill9()
            until(lambda: "HedgerowWorkerGone" in firing(server), "an alert fires", 30)
