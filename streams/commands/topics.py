"""`hedgerow topics create|check|describe`: the topics on a broker, and as they should be."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click
from rich import box
from rich.table import Table

from streams.commands.given import settings_option
from streams.commands.live import connected, given_broker
from streams.commands.terminal import console
from streams.layout import layout, plan
from streams.topics import TOPICS

if TYPE_CHECKING:
    from pathlib import Path

    from kafka import KafkaAdminClient

    from streams.infrastructure import Broker


@click.group("topics")
def topics_command() -> None:
    """Create and check what travels through Kafka; nothing is ever shrunk or deleted."""


@topics_command.command("create")
@settings_option
def create_command(settings_file: Path | None) -> None:
    """Create what is missing, wait until it can be written to, and say what differs.

    It may be repeated. Partitions are added where the settings ask for more and nothing depends on
    their number; all else that differs is said and left alone.
    """
    from streams.administering import await_leaders, existing, mend  # noqa: PLC0415 - Kafka's client

    broker = given_broker(settings_file)
    with connected(broker) as admin:
        for done in mend(admin, broker, plan(broker, existing(admin))):
            click.echo(done)
        await_leaders(admin)
        say(broker, admin)


@topics_command.command("check")
@settings_option
def check_command(settings_file: Path | None) -> None:
    """Say what differs from the list; exit code 1 if anything does."""
    broker = given_broker(settings_file)
    with connected(broker) as admin:
        differs = say(broker, admin)
    sys.exit(1 if differs else 0)


@topics_command.command("describe")
@settings_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def describe_command(settings_file: Path | None, *, as_json: bool) -> None:
    """Say what each topic holds, by which key, and for how long; asks no broker."""
    broker = given_broker(settings_file)
    if as_json:
        click.echo(json.dumps(described(broker), indent=2))
        return
    table = Table("topic", "partitions", "kept", "key", "a message is", box=box.SIMPLE_HEAD)
    for topic in TOPICS:
        kept = f"{topic.days} d" if topic.days else "newest of a key"
        count = str(topic.partitions(broker))
        table.add_row(topic.name, count, kept, topic.key or "none", topic.holds)
    console().print(table)


def described(broker: Broker) -> list[dict[str, str | int | None]]:
    """List the topics as JSON has them."""
    return [
        {
            "name": topic.name,
            "holds": topic.holds,
            "key": topic.key,
            "days": topic.days,
            "version": topic.version,
            "partitions": topic.partitions(broker),
            "replication": broker.replication,
            **layout(topic, broker).settings,
        }
        for topic in TOPICS
    ]


def say(broker: Broker, admin: KafkaAdminClient) -> bool:
    """Say what differs, a line each; tell whether anything does."""
    from streams.administering import existing  # noqa: PLC0415 - Kafka's client

    differences = plan(broker, existing(admin))
    for difference in differences:
        click.echo(str(difference))
    if not differences:
        click.echo(f"{len(TOPICS)} topics, all as they should be")
    return bool(differences)
