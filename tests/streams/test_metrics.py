"""Metrics are few, explained, bounded, and never name anybody."""

from __future__ import annotations

from math import prod
from subprocess import run

import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from access.problems import PROBLEMS, WHOLE
from streams.meter import PREFIX
from streams.metrics import METRICS, PARTITION, REASONS, RELEASED, TOPIC, Meters, reason_of
from tests.services.programs import needs

PERSONAL = {"address", "target", "actor", "network", "session", "account", "owner", "picture"}
SERIES = 2_000  # of one worker with 12 shards; Prometheus holds millions
BUCKETS = 20


def filled() -> CollectorRegistry:
    """Register everything, each gauge set once."""
    registry = CollectorRegistry()
    meters = Meters.of(registry)
    meters.build.info({"version": "0.1.0", "rules": "0" * 16, "settings": "0" * 16})
    for name, meter in METRICS.items():
        if meter.kind is Gauge and meter.labels:
            values = (v[0] if isinstance(v, tuple) else "0" for v in meter.labels.values())
            getattr(meters, name).labels(*values).set(1)
    return registry


@needs("promtool")
def test_the_exposition_is_as_prometheus_wants_it() -> None:
    page = generate_latest(filled())

    checked = run(["promtool", "check", "metrics"], input=page, capture_output=True, check=False)

    assert checked.returncode == 0, checked.stderr.decode()


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_says_what_it_counts(name: str) -> None:
    assert METRICS[name].meaning.endswith(".")


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_has_values_that_are_listed_or_bounded_by_the_settings(name: str) -> None:
    meter = METRICS[name]
    bounds = {values for values in meter.labels.values() if isinstance(values, str)}

    assert bounds <= {PARTITION, TOPIC, RELEASED}
    assert len(meter.buckets) <= BUCKETS
    assert list(meter.buckets) == sorted(meter.buckets)


@pytest.mark.parametrize("name", METRICS)
def test_no_metric_is_labelled_by_somebody(name: str) -> None:
    assert not PERSONAL & METRICS[name].labels.keys()


def test_a_worker_tells_few_series() -> None:
    listed = [
        prod(len(v) if isinstance(v, tuple) else 12 for v in meter.labels.values())
        * (len(meter.buckets) + 3 if meter.kind is Histogram else 1)
        for meter in METRICS.values()
        if RELEASED not in meter.labels.values()
    ]

    assert sum(listed) <= SERIES


def test_what_is_counted_begins_at_nothing() -> None:
    registry = CollectorRegistry()
    Meters.of(registry)

    for name, meter in METRICS.items():
        if meter.kind is Counter:
            series = prod(len(values) for values in meter.labels.values())
            family = next(f for f in registry.collect() if f.name == f"{PREFIX}_{name}")
            assert [0.0] * series == [sample.value for sample in family.samples]


def test_what_nobody_set_is_not_told() -> None:
    registry = CollectorRegistry()
    Meters.of(registry)

    assert registry.get_sample_value(f"{PREFIX}_projection_up", {"projection": "redis"}) is None


def test_every_problem_of_a_line_has_a_listed_reason() -> None:
    assert {reason_of(problem) for problem in (*PROBLEMS, *WHOLE, 9_999)} == set(REASONS)
    assert all(reason.isidentifier() for reason in REASONS)
    assert "other" in REASONS
