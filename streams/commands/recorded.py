"""Recorded: what a replay or a guard wrote, read back for whoever asks about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from actors.frame import Scope
from enforcement.decision import Signal
from enforcement.moments import seconds
from evidence.explain import Record
from streams.commands.given import given_folder
from streams.folder import decision_of, lines_of
from streams.records import DecisionRecord, SignalRecord

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from enforcement.decision import Decision
    from streams.settings import Settings


def given_record(folder: Path, settings: Settings) -> Record:
    """Read a run back, and say if it had other settings than those that it is read with."""
    with given_folder(folder):
        record = record_in(folder, settings)
    warn_of_others(folder, record.decisions, settings)
    return record


def warn_of_others(folder: Path, decisions: Iterable[Decision], settings: Settings) -> None:
    """Say if a run had other settings than those that it is read with."""
    others = {decision.settings for decision in decisions} - {settings.hash}
    others -= {settings.trial.hash} if settings.trial else set()
    if others:
        click.echo(
            f"{folder} was made with other settings ({', '.join(sorted(others))}): "
            "give them with --settings; what would have changed the answer is off until then",
            err=True,
        )


def record_in(folder: Path, settings: Settings) -> Record:
    """Read decisions and signals back, whole."""
    signals = [signal_of(record) for record in lines_of(folder / "signals.ndjson", SignalRecord)]
    known = unsaid(settings) | {signal.detector: signal for signal in signals}
    decisions = [
        whole(record, known) for record in lines_of(folder / "decisions.ndjson", DecisionRecord)
    ]
    return Record(decisions, signals, settings.detectors, settings.policy)


def unsaid(settings: Settings) -> dict[str, Signal]:
    """Weigh each detector by the settings: a share may be too faint for a signal of its own."""
    return {
        d.name: Signal(
            at=0,
            scope=Scope.ADDRESS,
            target="",
            detector=d.name,
            family=str(d.family),
            score=0.0,
            weight=d.weight * settings.trust[d.name],
            evidence={},
        )
        for d in settings.detectors
    }


def signal_of(record: SignalRecord) -> Signal:
    """Turn a record back into a signal."""
    return Signal(
        at=seconds(record.at),
        scope=Scope(record.scope),
        target=record.target,
        detector=record.detector,
        family=record.family,
        score=record.score,
        weight=record.weight,
        evidence=record.evidence,
    )


def whole(record: DecisionRecord, known: dict[str, Signal]) -> Decision:
    """Turn a record back into a decision; what its detectors weigh is known of their signals."""
    decision = decision_of(record)
    shares = (
        replace(
            known[share.detector],
            at=decision.at,
            scope=decision.scope,
            target=decision.target,
            score=share.score,
            evidence=share.evidence,
        )
        for share in record.signals
    )
    return replace(decision, signals=tuple(shares))
