"""Metering: count in `Meters` what a step of the stream brought; a few numbers a batch."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from importlib.metadata import version
from typing import TYPE_CHECKING

import msgspec
import numpy as np

from access.event import Field, Outcome
from detectors.roster import rules_hash
from enforcement.decision import Action
from streams.metrics import CAPS, SCOPES, STATES, VERBS, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from access.batch import Batch
    from access.lines import Reject
    from enforcement.decision import Decision, Signal
    from enforcement.rails import Trip
    from evidence.pictures import Pictures
    from streams.metrics import Meters
    from streams.settings import Settings

BRACE = ord("{")
LEADS = b"\xef\xbb\xbf \t"  # what may stand before a JSON object: a byte order mark, blanks


def count_lines(meters: Meters, batch: Batch, rejects: Sequence[Reject]) -> None:
    """Count what was read, and what could not be read and why."""
    opens = batch.buffer[batch.spans[:, 2 * Field.LINE]]
    json = int(np.count_nonzero(opens == BRACE))
    meters.lines.labels("json", "event").inc(json)
    meters.lines.labels("text", "event").inc(len(batch) - json)
    json = sum(reject.line.lstrip(LEADS).startswith(b"{") for reject in rejects)
    meters.lines.labels("json", "reject").inc(json)
    meters.lines.labels("text", "reject").inc(len(rejects) - json)
    for problem, count in Counter(reject.problem for reject in rejects).items():
        meters.rejects.labels(reason_of(problem)).inc(count)
    meters.unnamed_lines.inc(int(np.count_nonzero(batch.address == 0)))


def count_judged(
    meters: Meters, signals: Sequence[Signal], decisions: Sequence[Decision], now: float
) -> None:
    """Count who said what and what was done about it; *now* in seconds since 1970."""
    for (detector, scope), count in Counter((s.detector, s.scope.value) for s in signals).items():
        meters.signals.labels(detector, scope).inc(count)
    for signal in signals:
        meters.signal_score.labels(signal.detector).observe(signal.score)
    for decision in decisions:
        action = decision.action.name.lower()
        meters.decisions.labels(action, decision.scope.value).inc()
        meters.event_to_decision_seconds.observe(max(now - decision.at, 0.0))
        for detector in {signal.detector for signal in decision.signals}:
            meters.decision_signals.labels(detector, action).inc()


def count_pictures(meters: Meters, asked: Pictures) -> None:
    """Count picture requests by what came of them, and whether a block was in force."""
    for outcome in Outcome:
        rows = asked.outcome == outcome
        blocked = int(np.count_nonzero(rows & asked.held))
        meters.pictures.labels(outcome.name.lower(), "yes").inc(blocked)
        meters.pictures.labels(outcome.name.lower(), "no").inc(int(rows.sum()) - blocked)


class Said(msgspec.Struct):
    """The part of an order that says what is to be done, whatever the rest of it is worth."""

    verb: str


def count_order(meters: Meters, record: bytes | None, outcome: str) -> None:
    """Count a person's order, obeyed or refused; one that nobody can read is a failure only."""
    with suppress(msgspec.DecodeError):
        verb = msgspec.json.decode(record or b"", type=Said).verb
        if verb in VERBS:
            meters.orders.labels(verb, outcome).inc()


def show_entries(meters: Meters, entries: Mapping[str, int], owners: Sequence[int]) -> None:
    """Tell how many entries of each action are in force, and the owners of each block's loot."""
    for action in (*(action.name.lower() for action in Action if action), "pardon"):
        meters.entries.labels(action).set(entries.get(action, 0))
    meters.protected_owners.labels("least").set(max(owners, default=0))
    meters.protected_owners.labels("most").set(sum(owners))


def show_rails(meters: Meters, trips: Sequence[Trip]) -> None:
    """Tell which scopes are in shadow, and how much they did not act on."""
    for scope in SCOPES:
        for cap in CAPS:
            meters.rail_tripped.labels(scope, cap).set(0)
        meters.withheld.labels(scope).set(0)
    for trip in trips:
        meters.rail_tripped.labels(trip.scope, trip.cap).set(1)
        meters.withheld.labels(trip.scope).set(trip.decisions)


def show_program(meters: Meters, settings: Settings) -> None:
    """Tell which program runs, by which rules and settings."""
    rules = rules_hash(settings.detectors)
    meters.build.info({"version": version("hedgerow"), "rules": rules, "settings": settings.hash})


def show_trust(meters: Meters, trust: Mapping[str, float]) -> None:
    """Tell how far each detector is believed."""
    for detector, believed in trust.items():
        meters.detector_trust.labels(detector).set(believed)


def show_state(meters: Meters, state: str) -> None:
    """Tell the one state of `STATES` that the program is in."""
    for name in STATES:
        meters.state.labels(name).set(name == state)


def leave_partition(meters: Meters, topic: str, partition: int) -> None:
    """Say no more about a partition that another worker has now."""
    for gauge in (meters.lag_records, meters.position):
        gauge.remove(topic, str(partition))
    if topic == "access-log":
        meters.newest_event_timestamp_seconds.remove(str(partition))


def leave_shard(meters: Meters, shard: int) -> None:
    """Say no more about a shard that another worker has now."""
    for gauge in (
        meters.watermark_timestamp_seconds,
        meters.checkpoint_timestamp_seconds,
        meters.checkpoint_bytes,
    ):
        gauge.remove(str(shard))


def leave_entries(meters: Meters) -> None:
    """Say no more about what is in force: another worker decides."""
    for gauge in (meters.rail_tripped, meters.withheld):
        gauge.clear()
    meters.halted.set(0)
    meters.entries.clear()
    meters.protected_owners.clear()


def leave_projection(meters: Meters, projection: str) -> None:
    """Say no more about a projection that another worker writes, else it would be called stale."""
    for gauge in (
        meters.projection_up,
        meters.projection_entries,
        meters.projection_timestamp_seconds,
    ):
        gauge.remove(projection)
