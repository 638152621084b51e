"""Whoever asks a worker how it is gets an answer, from the right registry."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client import CollectorRegistry, Counter

from streams.exposing import Exposure, expose
from streams.metrics import Meters

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"


@contextmanager
def exposed(registry: CollectorRegistry, **more: object) -> Iterator[Exposure]:
    exposure = expose(registry, HOST, 0, **more)  # type: ignore[arg-type] # as its own parameters
    try:
        yield exposure
    finally:
        exposure.close()


def asked(exposure: Exposure, path: str) -> tuple[int, str]:
    try:
        with urlopen(f"http://{HOST}:{exposure.port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_metrics_are_served_where_it_says() -> None:
    registry = CollectorRegistry()
    Meters.of(registry).late_lines.inc(3)

    with exposed(registry) as exposure:
        status, page = asked(exposure, "/metrics")

    assert status == 200
    assert "hedgerow_late_lines_total 3.0" in page


def test_fausts_own_metrics_stand_apart() -> None:
    registry, faust = CollectorRegistry(), CollectorRegistry()
    Meters.of(registry)
    Counter("messages_received", "Messages.", registry=faust)

    with exposed(registry, faust=faust) as exposure:
        ours, theirs = asked(exposure, "/metrics")[1], asked(exposure, "/metrics/faust")[1]

    assert "messages_received_total" not in ours
    assert "messages_received_total" in theirs
    assert "hedgerow_" not in theirs


def test_health_says_what_is_wrong() -> None:
    trouble = ["", "no progress for 61 s"]
    with exposed(CollectorRegistry(), trouble=lambda: trouble.pop(0)) as exposure:
        assert asked(exposure, "/health") == (200, "ok\n")
        assert asked(exposure, "/health") == (503, "no progress for 61 s\n")


def test_an_unknown_page_tells_the_known_ones() -> None:
    with exposed(CollectorRegistry()) as exposure:
        assert asked(exposure, "/tables") == (404, "/metrics\n/health\n")


def test_a_port_that_is_taken_is_refused_and_free_again_after_closing() -> None:
    with exposed(CollectorRegistry()) as exposure, pytest.raises(OSError, match="in use"):
        expose(CollectorRegistry(), HOST, exposure.port)

    again = expose(CollectorRegistry(), HOST, exposure.port)
    again.close()


def test_an_ipv6_address_is_served() -> None:
    exposure = expose(CollectorRegistry(), "::1", 0)
    with urlopen(f"http://[::1]:{exposure.port}/health", timeout=5) as answer:
        assert answer.status == 200
    exposure.close()
