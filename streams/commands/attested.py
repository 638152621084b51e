"""Attested: what the live system kept of signals and decisions, and what people made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from evidence.testimony import counted_against, weighed
from streams.appeals import cases
from streams.commands import Failure, Mistake
from streams.commands.live import given_live
from streams.commands.recorded import signal_of
from streams.overturning import blocks_in, overturned
from streams.records import SignalRecord

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.decision import Signal
    from evidence.testimony import Testimony

TOPICS = ("signals", "decisions", "orders", "appeals")
SIGNALS = msgspec.json.Decoder(SignalRecord)


def attested(settings_file: Path | None) -> list[Testimony]:
    """Weigh the detectors of the live system; say in one line why that cannot be."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.rereading import recorded  # noqa: PLC0415

    settings = given_live(settings_file)
    try:
        signals, decisions, orders, appeals = (recorded(settings.broker, t) for t in TOPICS)
    except KafkaError as error:
        msg = f"no broker at {settings.broker.bootstrap} said what was decided ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None
    said = [signal for value, _ in signals for signal in signals_of(value)]
    blocks = [block.decision for block in blocks_in(decisions)]
    told = weighed(said, blocks, settings.detectors, settings.trust, settings.policy)
    against = overturned(decisions, orders, cases(value for value, _ in appeals))
    return counted_against(told, against)


def signals_of(value: bytes) -> list[Signal]:
    """Read a message of signals, a line each; one that nobody can read is left out, and said."""
    try:
        return [signal_of(record) for record in SIGNALS.decode_lines(value)]
    except msgspec.DecodeError as error:
        click.echo(f"left out a record of signals: {error}", err=True)
        return []
