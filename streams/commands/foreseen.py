"""Foreseen: what a block would be and whom it would hit, said before it is ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from enforcement.moments import moment
from streams.commands import Mistake
from streams.commands.given import given_site
from streams.expanding import counted, expanded
from streams.run import spared_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from streams.hit import Hit
    from streams.infrastructure import Broker
    from streams.settings import Settings


def networks_of(target: str, site_file: Path | None, settings: Settings) -> tuple[str, ...]:
    """Find the networks of a system, or say in one line why that cannot be."""
    site = given_site(site_file)
    try:
        return expanded(target, site.systems, spared_by(site, settings), settings.rails.entries)
    except ValueError as error:
        raise Mistake(str(error)) from None


def foresee(target: str, networks: Sequence[str], broker: Broker) -> None:
    """Say how many addresses are meant, and, where that is known, who was there lately."""
    click.echo(f"{target}: {counted(networks)}.", err=True)
    click.echo(lately(broker, networks), err=True)


def lately(broker: Broker, networks: Sequence[str]) -> str:
    """Say who of the last hour would be hit, as far as the live system knows."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.hit import hit_by, newest  # noqa: PLC0415

    try:
        found = hit_by(newest(broker), networks)
    except KafkaError as error:
        return f"Nobody knows whom that hits: no broker at {broker.bootstrap} answered ({error})."
    return sentence(found) if found else "Nobody knows whom that hits: no requests were seen."


def sentence(hit: Hit) -> str:
    """Say it in words; where a log names nobody, people are not told of."""
    people = f", {hit.accounts:,} of {hit.site_accounts:,} people logged in"
    return (
        f"Of the newest {hit.site_requests:,} requests, since {moment(hit.since // 1000)}, "
        f"{hit.requests:,} came from there: {hit.addresses:,} addresses"
        f"{people if hit.site_accounts else ''}."
    )
