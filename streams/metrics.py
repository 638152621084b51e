"""Metrics: everything that Prometheus is told, in one list; a new metric adds an entry."""

# ruff: noqa: RUF009 - what these calls give is metadata that never changes, not a shared default

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
)

from access.event import Outcome
from access.problems import PROBLEMS, WHOLE
from actors.frame import Scope
from enforcement.decision import Action
from enforcement.rails import Cap
from feeds.roster import FEEDS as ROSTER
from streams.meter import KEY, counter, fact, gauge, histogram
from streams.settings import HEARD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streams.meter import Meter


def reason_of(problem: int) -> str:
    """Say in a word or two what was wrong with a line, by its code of `access.problems`."""
    words = {**WHOLE, **PROBLEMS}.get(problem, "other")
    return re.split(r"[:,]", words.lower())[0].replace(" ", "_")


ACTIONS = tuple(action.name.lower() for action in Action)
CHECKS = ("pass", *ACTIONS[1:], "unready", "unnamed", "stranger")  # what /check answers
BOUNCERS = ("current", "behind", "silent")  # firewalls, by what they acknowledge
AGENTS = ("parsing", "detecting", "cohorts", "deciding", "publishing")
DETECTORS = tuple(detector.name for detector in HEARD)
FEEDS = (*(feed.name for feed in ROSTER), "taxii", "events", "crowdsec")
FORMATS = ("text", "json")
LISTS = ACTIONS[:0:-1]  # the hardest first; nobody is told of what is only observed
OUTCOMES = tuple(outcome.name.lower() for outcome in Outcome)
PROJECTIONS = ("file", "redis", "serve")  # the block list, kept where somebody asks for it
REASONS = tuple(sorted({reason_of(problem) for problem in (-1, *WHOLE, *PROBLEMS)}))
SCOPES = tuple(scope.value for scope in Scope)
STATES = ("starting", "restoring", "running", "stopping")
STATUSES = ("2xx", "3xx", "4xx", "5xx")
VERBS = ("pardon", "block", "release", "approve", "halt", "resume", "reset", "raise", "lower")
CAPS = tuple(cap.value for cap in Cap)

PARTITION = "as many as [broker] partitions and shards say"
TOPIC = "those of streams.topics"
RELEASED = "one at a time"  # a program has one version and one set of rules

ROWS = tuple(float(2**power) for power in range(0, 18, 2))
BYTES = tuple(float(2**power) for power in range(8, 26, 2))  # 256 to 16 MiB
MOMENTS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0, 30.0, 60.0)
# Fine around what is promised: half before 0.3 s, all but 1 % before 1 s.
DELAYS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 120.0, 600.0)
TENTHS = tuple(tenth / 10 for tenth in range(1, 11))


@dataclass(frozen=True, slots=True)
class Meters:
    """One collector a metric, registered as `hedgerow_<field>`; times are seconds since 1970."""

    build: Info = fact("What is running.", version=RELEASED, rules=RELEASED, settings=RELEASED)
    state: Gauge = gauge("1 for the state that the program is in, else 0.", state=STATES)

    lines: Counter = counter("Log lines read.", format=FORMATS, outcome=("event", "reject"))
    rejects: Counter = counter("Log lines that could not be read.", reason=REASONS)
    late_lines: Counter = counter("Log lines too late to be judged in their own tick.")
    unnamed_lines: Counter = counter("Requests of no actor: own machines, private addresses.")
    forgotten_actors: Counter = counter("Actors forgotten early, for want of room in memory.")

    records: Counter = counter("Kafka records taken in.", agent=AGENTS)
    failures: Counter = counter("Batches that an agent failed to handle.", agent=AGENTS)
    batch_rows: Histogram = histogram("Rows an agent handled at once.", ROWS, agent=AGENTS)
    batch_bytes: Histogram = histogram("Bytes an agent handled at once.", BYTES, agent=AGENTS)
    batch_seconds: Histogram = histogram("Time to handle a batch.", MOMENTS, agent=AGENTS)
    lag_records: Gauge = gauge(
        "Records of a partition that wait to be handled.", topic=TOPIC, partition=PARTITION
    )
    position: Gauge = gauge(
        "Offset up to which a partition was handled.", topic=TOPIC, partition=PARTITION
    )
    newest_event_timestamp_seconds: Gauge = gauge(
        "Newest event time read from a partition of access-log.", partition=PARTITION
    )
    watermark_timestamp_seconds: Gauge = gauge(
        "Event time up to which a shard was judged.", shard=PARTITION
    )
    rebalances: Counter = counter("Times that partitions were dealt out anew.")

    pictures: Counter = counter(
        "Pictures asked for; blocked: while a block of who asked was in force.",
        outcome=OUTCOMES,
        blocked=("yes", "no"),
    )
    signals: Counter = counter("Signals given.", detector=DETECTORS, scope=SCOPES)
    signal_score: Histogram = histogram("Scores of signals.", TENTHS, detector=DETECTORS)
    detector_trust: Gauge = gauge(
        "How far a detector is believed; 0: in shadow, it speaks and nobody acts.",
        detector=DETECTORS,
    )
    decisions: Counter = counter("Decisions made.", action=ACTIONS, scope=SCOPES)
    decision_signals: Counter = counter(
        "Decisions in which a detector had a say.", detector=DETECTORS, action=ACTIONS
    )
    rail_tripped: Gauge = gauge(
        "1 while a cap keeps a scope in shadow, else 0.", scope=SCOPES, cap=CAPS
    )
    withheld: Gauge = gauge(
        "Decisions that a scope in shadow did not act on, since its cap was reached.", scope=SCOPES
    )
    halted: Gauge = gauge("1 while a person has emptied every list, else 0.")
    entries: Gauge = gauge("Block list entries in force.", action=(*ACTIONS[1:], "pardon"))
    protected_owners: Gauge = gauge(
        "Distinct owners of pictures taken by those now blocked: at least the largest count of one"
        " block, at most the sum of all, for two may have hit the same owner.",
        bound=("least", "most"),
    )
    orders: Counter = counter("Orders of people.", verb=VERBS, outcome=("obeyed", "refused"))
    event_to_decision_seconds: Histogram = histogram(
        "From a decision's event time to the moment it was made.", DELAYS
    )
    event_to_blocklist_seconds: Histogram = histogram(
        "From a decision's event time to the moment its entry was acknowledged.", DELAYS
    )

    shards: Gauge = gauge("Shards that this worker holds.")
    checkpoint_timestamp_seconds: Gauge = gauge(
        "When a shard's last checkpoint was acknowledged.", shard=PARTITION
    )
    checkpoint_bytes: Gauge = gauge("Size of a shard's last checkpoint.", shard=PARTITION)
    checkpoint_seconds: Histogram = histogram(
        "Time that judging stood still for a checkpoint.", MOMENTS
    )
    restore_seconds: Histogram = histogram(
        "Time to take up a shard where another left it.", MOMENTS
    )

    projection_up: Gauge = gauge(
        "1 while a projection of the block list can be written, else 0.", projection=PROJECTIONS
    )
    projection_entries: Gauge = gauge("Entries that a projection holds.", projection=PROJECTIONS)
    projection_timestamp_seconds: Gauge = gauge(
        "When a projection was last known to hold what is in force.", projection=PROJECTIONS
    )
    feed_requests: Counter = counter(
        "Requests for the block list answered.", feed=FEEDS, status=STATUSES
    )
    check_requests: Counter = counter(
        "Visits that proxies asked /check about; the last three let pass for want of knowledge: no"
        " list yet, no address given, no key shown.",
        answer=CHECKS,
    )
    refused_requests: Counter = counter(
        "Requests that serve refused: no known key, a key of another role, or too many.",
        reason=("key", "role", "rate"),
    )
    feed_subscribers: Gauge = gauge("Open streams of block list events.")
    bouncers: Gauge = gauge(
        "Firewalls that acknowledge what they hold, by how that stands.", state=BOUNCERS
    )
    bouncers_drift_seconds: Gauge = gauge(
        "Since when a firewall does not hold what is published; the longest of all."
    )

    bouncer_entries: Gauge = gauge("CIDRs that this firewall was made to hold.", list=LISTS)
    bouncer_changes: Counter = counter(
        "Times that this firewall was told what to hold.", outcome=("applied", "refused")
    )
    bouncer_seconds: Histogram = histogram("Time to change this firewall.", MOMENTS)
    bouncer_drifts: Counter = counter(
        "Times that this firewall was found to hold something else, and was told anew."
    )
    bouncer_left_out: Gauge = gauge("Entries that the rail of this bouncer keeps out.")
    bouncer_without_room: Gauge = gauge("CIDRs that this firewall has no room for.")
    bouncer_up: Gauge = gauge("1 while the source of the block list is heard, else 0.")
    bouncer_heard_timestamp_seconds: Gauge = gauge("When the source was last heard.")

    pushes: Counter = counter(
        "Times that a CrowdSec was told what has changed; refused: it is tried again.",
        outcome=("told", "refused"),
    )
    pushed_remedies: Counter = counter(
        "Remedies that a CrowdSec was told, or that were taken back there.",
        change=("told", "taken_back"),
    )

    @classmethod
    def of(cls, registry: CollectorRegistry) -> Self:
        """Register all of them, and those of the process; once a registry."""
        # Else each counter is told twice, the second time as a gauge.
        disable_created_metrics()  # type: ignore[no-untyped-call] # it has no types
        ProcessCollector(registry=registry)
        return cls(**{name: meter.made(name, registry) for name, meter in METRICS.items()})


METRICS: Mapping[str, Meter] = {f.name: f.metadata[KEY] for f in fields(Meters)}
