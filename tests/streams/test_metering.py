"""What is counted adds up to what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from access.event import Kind, Outcome
from access.kernels.faults import EMPTY, NO_STATUS
from access.kernels.walk_json import CUT
from access.lines import Reject
from actors.frame import Scope
from enforcement.decision import Action, Signal
from evidence.casebook import Casebook
from streams.meter import PREFIX
from streams.metering import (
    count_judged,
    count_lines,
    count_order,
    count_pictures,
    leave_entries,
    leave_partition,
    leave_projection,
    leave_shard,
    show_entries,
    show_state,
    show_trust,
)
from streams.metrics import METRICS, Meters
from tests.evidence.scenes import ADDRESS, AT, Asked, batch, decision

if TYPE_CHECKING:
    from collections.abc import Callable

    Read = Callable[..., float | None]


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def meters(registry: CollectorRegistry) -> Meters:
    return Meters.of(registry)


@pytest.fixture
def read(registry: CollectorRegistry) -> Read:
    """Read one series; 0 and never set are different."""
    return lambda name, **labels: registry.get_sample_value(f"{PREFIX}_{name}", labels)


def signal(detector: str = "volume", score: float = 0.75) -> Signal:
    return Signal(AT, Scope.ADDRESS, ADDRESS, detector, "volume", score, 3.0, {})


def test_every_line_is_an_event_or_a_reject(meters: Meters, read: Read) -> None:
    rejects = [
        Reject(0, 1, EMPTY, 0, b""),
        Reject(0, 2, NO_STATUS, 3, b"nonsense"),
        Reject(0, 3, CUT, 1, b'\xef\xbb\xbf{"a":'),
        Reject(0, 4, 9_999, 0, b"of a code from the future"),
    ]
    count_lines(meters, batch([Asked(0), Asked(1), Asked(2, line=b'{"a": 1}')]), rejects)

    told = {
        (form, outcome): read("lines_total", format=form, outcome=outcome)
        for form in ("text", "json")
        for outcome in ("event", "reject")
    }
    assert told == {
        ("text", "event"): 2,
        ("json", "event"): 1,
        ("text", "reject"): 3,
        ("json", "reject"): 1,
    }
    for reason in ("empty_line", "status", "json", "other"):
        assert read("rejects_total", reason=reason) == 1


def test_a_batch_without_rows_counts_nothing(meters: Meters, read: Read) -> None:
    count_lines(meters, batch([]), [])

    assert read("lines_total", format="text", outcome="event") == 0


def test_a_detector_is_counted_when_it_speaks_and_when_it_is_followed(
    meters: Meters, read: Read
) -> None:
    spoken = [signal(), signal(), signal("cadence", 0.2)]
    count_judged(meters, spoken, [decision(signals=spoken)], now=AT + 0.25)

    assert read("signals_total", detector="volume", scope="address") == 2
    assert read("signal_score_bucket", detector="volume", le="0.8") == 2
    assert read("signal_score_bucket", detector="volume", le="0.7") == 0
    assert read("decision_signals_total", detector="volume", action="block") == 1
    assert read("decisions_total", action="block", scope="address") == 1
    assert read("event_to_decision_seconds_sum") == 0.25


def test_a_clock_behind_that_of_the_log_takes_no_time_away(meters: Meters, read: Read) -> None:
    count_judged(meters, [], [decision()], now=AT - 60)

    assert read("event_to_decision_seconds_sum") == 0
    assert read("event_to_decision_seconds_count") == 1


def test_pictures_of_the_blocked_are_told_apart(meters: Meters, read: Read) -> None:
    requests = [
        Asked(0),
        Asked(1, outcome=Outcome.REFUSED),
        Asked(2, "198.51.100.1"),
        Asked(3, kind=Kind.PAGE),
    ]
    count_pictures(meters, Casebook().see(batch(requests), [decision()]))

    assert read("pictures_total", outcome="delivered", blocked="yes") == 1
    assert read("pictures_total", outcome="refused", blocked="yes") == 1
    assert read("pictures_total", outcome="delivered", blocked="no") == 1


def test_an_order_counts_by_what_came_of_it_and_nonsense_counts_as_none(
    meters: Meters, read: Read
) -> None:
    count_order(meters, b'{"verb": "pardon", "target": "203.0.113.7"}', "obeyed")
    count_order(meters, b'{"verb": "pardon"}', "refused")
    for nonsense in (b'{"verb": "hang"}', b'{"verb": 1}', b"", b"\xff", None):
        count_order(meters, nonsense, "refused")

    assert read("orders_total", verb="pardon", outcome="obeyed") == 1
    assert read("orders_total", verb="pardon", outcome="refused") == 1
    assert read("orders_total", verb="block", outcome="refused") == 0


def test_owners_lie_between_the_largest_and_the_sum(meters: Meters, read: Read) -> None:
    show_entries(meters, {"block": 2, "pardon": 1}, owners=[30, 12])

    assert read("protected_owners", bound="least") == 30
    assert read("protected_owners", bound="most") == 42
    assert read("entries", action="block") == 2
    assert read("entries", action=Action.CHALLENGE.name.lower()) == 0


def test_an_empty_block_list_protects_nobody(meters: Meters, read: Read) -> None:
    show_entries(meters, {}, owners=[])

    assert read("protected_owners", bound="most") == 0


def test_a_program_is_in_one_state(meters: Meters, read: Read) -> None:
    show_state(meters, "restoring")
    show_state(meters, "running")

    assert read("state", state="running") == 1
    assert read("state", state="restoring") == 0


def test_trust_tells_who_is_in_shadow(meters: Meters, read: Read) -> None:
    show_trust(meters, {"volume": 1.0, "cadence": 0.0})

    assert read("detector_trust", detector="cadence") == 0


def test_what_another_worker_has_now_is_told_by_that_one_only(meters: Meters, read: Read) -> None:
    meters.lag_records.labels("requests", "3").set(7)
    meters.watermark_timestamp_seconds.labels("3").set(AT)
    meters.newest_event_timestamp_seconds.labels("3").set(AT)
    meters.projection_timestamp_seconds.labels("redis").set(AT)
    show_entries(meters, {"block": 2}, owners=[1])
    for _ in range(2):
        for topic in ("requests", "access-log"):
            leave_partition(meters, topic, 3)
        leave_shard(meters, 3)
        leave_entries(meters)
        leave_projection(meters, "redis")

    assert read("newest_event_timestamp_seconds", partition="3") is None
    assert read("projection_timestamp_seconds", projection="redis") is None
    assert read("entries", action="block") is None
    assert read("protected_owners", bound="most") is None
    assert read("lag_records", topic="requests", partition="3") is None
    assert read("watermark_timestamp_seconds", shard="3") is None


def test_nothing_that_is_counted_names_anybody(meters: Meters, registry: CollectorRegistry) -> None:
    spoken = [signal()]
    count_lines(meters, batch([Asked(0)]), [Reject(0, 1, NO_STATUS, 0, ADDRESS.encode())])
    count_judged(meters, spoken, [decision(scope=Scope.SESSION, session=42)], now=AT)

    page = generate_latest(registry).decode()
    assert ADDRESS not in page
    assert "session 42" not in page
    assert {f"{PREFIX}_{name}" for name in METRICS} <= {f.name for f in registry.collect()}
