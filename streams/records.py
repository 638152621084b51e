"""Records: what decisions, signals and rejects look like on the wire, one JSON object a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from enforcement.moments import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from access.lines import Reject
    from enforcement.decision import Decision, Signal

ENCODER = msgspec.json.Encoder(order="deterministic")  # sorts the keys of mappings


class Share(msgspec.Struct, frozen=True):
    """What one detector adds to a decision."""

    detector: str
    score: float  # [0, 1]
    evidence: dict[str, float]  # feature name → value


class Hit(msgspec.Struct, frozen=True):
    """A Reach."""

    requests: int = 0
    people: int = 0
    site_requests: int = 0
    site_people: int = 0


class DecisionRecord(msgspec.Struct, frozen=True):
    """A Decision; the keys and their order are promised to readers."""

    id: str
    at: str  # ISO 8601, UTC
    action: str
    scope: str
    target: str
    until: str  # ISO 8601, UTC
    campaign: str | None
    members: tuple[str, ...]
    score: float  # nats
    families: tuple[str, ...]
    signals: tuple[Share, ...]
    pictures: int
    owners: int
    rules: str
    settings: str
    reach: Hit = Hit()
    quiet: int = 0  # seconds without a request after which it ends; 0: it ends whatever is asked
    agent: str = ""  # what the user agent claimed: "chrome/126"
    continues: str | None = None
    ja4: str = ""  # 12 hex digits of the keyed hash of how its client began TLS; "": not told


class SignalRecord(msgspec.Struct, frozen=True):
    """A Signal."""

    at: str  # ISO 8601, UTC
    scope: str
    target: str
    detector: str
    family: str
    score: float  # [0, 1]
    weight: float  # nats
    evidence: dict[str, float]


class TextReject(msgspec.Struct, frozen=True, gc=False):
    """A line that could not be read, though it is text."""

    source: str
    line: int
    reason: str
    text: str


class RawReject(msgspec.Struct, frozen=True, gc=False):
    """A line that could not be read and is no text either."""

    source: str
    line: int
    reason: str
    base64: bytes  # written as base64


def decision_record(decision: Decision) -> DecisionRecord:
    """Write down a decision."""
    return DecisionRecord(
        id=decision.id,
        at=moment(decision.at),
        action=decision.action.name.lower(),
        scope=decision.scope.value,
        target=decision.target,
        until=moment(decision.until),
        campaign=decision.campaign,
        members=decision.members,
        score=decision.score,
        families=decision.families,
        signals=tuple(Share(s.detector, s.score, dict(s.evidence)) for s in decision.signals),
        pictures=decision.pictures,
        owners=decision.owners,
        rules=decision.rules,
        settings=decision.settings,
        reach=msgspec.convert(decision.reach, Hit, from_attributes=True),
        quiet=decision.quiet,
        agent=decision.agent,
        continues=decision.continues,
        ja4=decision.ja4,
    )


def signal_record(signal: Signal) -> SignalRecord:
    """Write down a signal."""
    return SignalRecord(
        at=moment(signal.at),
        scope=signal.scope.value,
        target=signal.target,
        detector=signal.detector,
        family=signal.family,
        score=signal.score,
        weight=signal.weight,
        evidence=dict(signal.evidence),
    )


def reject_record(reject: Reject, names: Sequence[str]) -> TextReject | RawReject:
    """Write down a reject, byte for byte; *names* are those of the inputs."""
    name = names[reject.source]
    try:
        return TextReject(name, reject.number, reject.reason, str(reject.line, "utf-8"))
    except UnicodeDecodeError:
        return RawReject(name, reject.number, reject.reason, reject.line)
