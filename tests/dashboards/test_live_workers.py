"""A real Prometheus scrapes real workers: boards and rules have answers, and an alert fires."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager, suppress
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

    from tests.dashboards.queries import Query
    from tests.services.prometheus import PrometheusServer
    from tests.streams.platform import Platform

pytestmark = [NEEDS_KAFKA, NEEDS_PROMETHEUS, NEEDS_REDIS]

PATIENCE = 240  # seconds, on a busy machine
TARGETS = 5
DEAD = "HedgerowWorkerGone"
# Milliseconds. The traffic is live, and who sends it may have to wait for the processor: what comes
# from an input that was held to be silent is late, and nobody is blocked for it.
IDLE = 10_000
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
        platform(folder, world, redis_url=kept.url, flow_checkpoint=1, flow_idle=IDLE) as running,
    ):
        workers = [f"{HOST}:{running.start().port}" for _ in range(2)]
        served = f"{HOST}:{running.serve().port}"
        jobs = {"hedgerow": workers, "hedgerow-faust": workers, "hedgerow-serve": [served]}
        with prometheus(folder / "prometheus", deployed(folder, jobs)) as server:
            up = f"count(up == 1) == {TARGETS}"
            until(lambda: bool(server.query(up)), "all are scraped", PATIENCE)
            yield running, server


def firing(server: PrometheusServer) -> set[str]:
    """Name the alerts that fire."""
    told = server.query('ALERTS{alertstate="firing"}')
    return {series["metric"]["alertname"] for series in told}


def await_answers(asked: list[Query], server: PrometheusServer) -> None:
    """Wait until all that was asked has an answer; else name what has none."""
    missing: list[str] = []

    def answered() -> bool:
        missing[:] = unanswered(asked, server.query)
        return not missing

    with suppress(TimeoutError):
        until(answered, "every query has an answer", PATIENCE)
    assert missing == []


def test_every_query_is_answered_by_real_workers_and_the_death_of_one_is_told(
    tmp_path: Path,
) -> None:
    every = [*queries(), *recordings()]
    asked = [one for one in every if "hedgerow_bouncer_" not in one.expression]  # no firewall here
    with watched(tmp_path) as (running, server), traffic(running):
        running.run("block", "203.0.113.9", "--reason=seen by eye")
        running.run("pardon", "203.0.113.8", "--reason=our own")
        urlopen(f"http://{HOST}:{running.workers[-1].port}/blocklist.txt").close()
        assert DEAD not in firing(server)

        running.workers[0].kill9()
        until(lambda: DEAD in firing(server), "an alert fires", PATIENCE)
        await_answers(asked, server)  # the other has taken up what it held
        told = [series for one in asked for series in misshapen(one, server.query(one.expression))]
        assert told == []
        assert unread(alerts(), server.query) == []
