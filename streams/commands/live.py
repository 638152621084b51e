"""Live: reach the running platform that settings and environment name, or say why not."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.commands.given import given_settings
from streams.secret import exposed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kafka import KafkaAdminClient

    from streams.infrastructure import Broker
    from streams.settings import Settings


def given_live(path: Path | None) -> Settings:
    """Read the settings, and over them the environment."""
    try:
        return given_settings(path).within(os.environ)
    except ValueError as error:
        raise Mistake(str(error)) from None


def given_broker(path: Path | None) -> Broker:
    """Read where the broker is, and warn if its password is no secret."""
    broker = given_live(path).broker
    if exposed(broker.password_file):
        click.echo(f"every user of this machine can read {broker.password_file}", err=True)
    return broker


@contextmanager
def connected(broker: Broker) -> Iterator[KafkaAdminClient]:
    """Connect as administrator, or say in one line why not."""
    from streams.administering import administering  # noqa: PLC0415 - Kafka's client

    try:
        with administering(broker) as admin:
            yield admin
    except ValueError as error:
        raise Mistake(str(error)) from None
    except ConnectionError as error:
        raise Failure(str(error)) from None
