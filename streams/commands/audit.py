"""`hedgerow audit`: say who did what, and why, and whether nothing was changed since."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evidence.audit import broken, by_chain
from streams.auditing import TOPIC, AuditFile, Sought, read_acts
from streams.commands import Failure, Mistake
from streams.commands.given import PATH, denied, settings_option
from streams.commands.live import given_live
from streams.commands.wishes import instant_now
from streams.records import ENCODER

if TYPE_CHECKING:
    from evidence.audit import Act
    from streams.infrastructure import Broker


@click.command("audit")
@click.option("--by", default="", help="Only what this person, machine or key did.")
@click.option("--target", default="", help="Only what was done to it: 203.0.113.7, session:… .")
@click.option("--what", default="", help='Only this: block, release, "create key" … .')
@click.option("--since", default="", help="Only from then on: 2026-11-24, or with T12:00.")
@click.option("--file", "file", type=PATH, help="Only a file of acts, without the broker.")
@click.option("--check", is_flag=True, help="Only check the chains, and print their last hashes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@settings_option
def audit_command(
    file: Path | None, settings_file: Path | None, *, check: bool, as_json: bool, **sought: str
) -> None:
    """List acts of people and machines, the oldest first: topic audit, and admission.audit_file.

    Exit code 1 where an act was changed, left out or put in later.
    """
    acts = given_acts(file, settings_file)
    for act in () if check else Sought(**sought).among(acts):
        click.echo(ENCODER.encode(act) if as_json else line(act))
    troubles = 0
    for name, chain in by_chain(acts).items():
        trouble = broken(chain)
        troubles += bool(trouble)
        if trouble:
            click.echo(f"broken: {trouble}", err=True)
        elif check:
            click.echo(f"{name}: {len(chain)} acts hold; the last is {chain[-1].hash}")
    sys.exit(bool(troubles))


def given_acts(file: Path | None, settings_file: Path | None) -> list[Act]:
    """Read all acts, or say in one line why not."""
    settings = given_live(settings_file)
    named = file or (settings.admission.audit_file and Path(settings.admission.audit_file))
    try:
        written = AuditFile(named, lambda: instant_now() / 1000).acts() if named else []
    except OSError as error:
        raise Failure(denied(named, error)) from None
    except ValueError as error:
        raise Failure(str(error)) from None
    return written if file else [*read_topic(settings.broker), *written]


def read_topic(broker: Broker) -> list[Act]:
    """Read the topic, or say in one line why not."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.rereading import all_of  # noqa: PLC0415

    try:
        return read_acts(all_of(broker, TOPIC))
    except KafkaError as error:
        msg = f"no broker at {broker.bootstrap} said what was done ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def line(act: Act) -> str:
    """Write an act as a line."""
    change = f" ({act.before or 'nothing'} → {act.after or 'nothing'})"
    changed = change if act.before != act.after else ""
    return f"{act.at}  {act.by} ({act.role})  {act.what}  {act.target}{changed}: {act.why}"
