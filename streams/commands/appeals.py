"""`hedgerow appeals list|close`: what people wrote who were refused; a person answers."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
import msgspec

from enforcement.targets import key_of
from streams.appeals import Case, cases, overturned
from streams.commands import Failure, Mistake
from streams.commands.given import settings_option
from streams.commands.live import given_broker
from streams.commands.terminal import visible
from streams.commands.wishes import give, reason_option, user
from streams.folder import decision_of
from streams.records import DecisionRecord
from streams.wire.appeals import Closing, Outcome, write_appeal
from streams.wire.orders import Verb, Wish, instant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from enforcement.decision import Decision
    from streams.infrastructure import Broker

TOPIC = "appeals"


@click.group("appeals")
def appeals_command() -> None:
    """Read and answer what people wrote who were refused."""


@appeals_command.command("list")
@click.option("--all", "everything", is_flag=True, help="Those that are answered, too.")
@settings_option
def list_command(settings_file: Path | None, *, everything: bool) -> None:
    """List open appeals, the oldest first, and which detectors were overturned how often."""
    broker = given_broker(settings_file)
    with reaching(broker):
        found = appeals_of(broker)
    for case in found:
        if everything or case.closing is None:
            click.echo(line(case))
    wrong = ", ".join(f"{name} {count}" for name, count in overturned(found).items())
    click.echo(f"Overturned, by detector: {wrong or 'none'}")


@appeals_command.command("close")
@click.argument("appeal")
@click.argument("outcome", type=click.Choice([str(each) for each in Outcome]))
@reason_option
@settings_option
def close_command(appeal: str, outcome: str, reason: str, settings_file: Path | None) -> None:
    """Answer APPEAL, by its id; an overturned decision is released everywhere, within seconds."""
    broker = given_broker(settings_file)
    with reaching(broker):
        case = next((c for c in appeals_of(broker) if c.appeal.id == appeal), None)
        if case is None or case.closing:
            msg = f"no open appeal {appeal!r}; `hedgerow appeals list` says which there are"
            raise Mistake(msg)
        decision = decided(broker, case.appeal.reference)
        if outcome == Outcome.OVERTURNED:
            undo(decision, case, reason, settings_file)
        answer(broker, case, Outcome(outcome), reason, decision)
    click.echo(f"Appeal {appeal} is {outcome}: {reason}")


def undo(decision: Decision | None, case: Case, reason: str, settings_file: Path | None) -> None:
    """Release the target of what was wrong."""
    if decision is None:
        msg = f"decision {case.appeal.reference} is kept no more: release its target by hand"
        raise Failure(msg)
    target = key_of(decision.scope, decision.target)
    give(Wish(Verb.RELEASE, target, f"appeal {case.appeal.id}: {reason}"), settings_file)


def answer(
    broker: Broker, case: Case, outcome: Outcome, reason: str, decision: Decision | None
) -> None:
    """Write a person's answer down."""
    from streams.ordering import keep  # noqa: PLC0415 - loads slowly

    now = time.time_ns() // 1_000_000  # noqa: TID251 - when people act is no event of the log
    detectors = decision.detectors if decision else ()
    closing = Closing(case.appeal.id, instant(now), user(), outcome, reason, detectors)
    keep(broker, TOPIC, closing.id, write_appeal(closing))


def appeals_of(broker: Broker) -> list[Case]:
    """Read all appeals that are kept."""
    from streams.rereading import recorded  # noqa: PLC0415 - loads slowly

    return cases(value for value, _ in recorded(broker, TOPIC))


def decided(broker: Broker, reference: str) -> Decision | None:
    """Find a decision by its id; None where it is kept no more, or was a person's."""
    from streams.ordering import orders  # noqa: PLC0415 - loads slowly
    from streams.rereading import recorded  # noqa: PLC0415

    for value, _ in recorded(broker, "decisions"):
        if reference.encode() in value:
            decision = decision_of(msgspec.json.decode(value, type=DecisionRecord))
            if decision.id == reference:
                return decision
    from streams.deciding import decision_by  # noqa: PLC0415

    order = next((each for each in orders(broker) if each.id == reference), None)
    return decision_by((order.scope, order.target), order, 0) if order and order.scope else None


def line(case: Case) -> str:
    """Say an appeal in a line; what somebody wrote cannot steer a terminal."""
    closing = case.closing
    end = f"  [{closing.outcome} by {closing.by}: {closing.reason}]" if closing else ""
    appeal = case.appeal
    return f"{appeal.at}  {appeal.id}  {appeal.reference}  {visible(appeal.text)}{end}"


@contextmanager
def reaching(broker: Broker) -> Iterator[None]:
    """Say in one line that the broker cannot be reached."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    try:
        yield
    except KafkaError as error:
        msg = f"no broker at {broker.bootstrap} answered ({error}): nothing has changed"
        raise Failure(msg) from None
