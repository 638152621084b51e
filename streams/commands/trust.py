"""`hedgerow trust [--in DIR]`: how far each detector mattered, and what more trust would do."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
import msgspec
from rich import box
from rich.table import Table

from evidence.testimony import held_against, weighed
from streams.commands.attested import attested
from streams.commands.given import (
    PATH,
    given_folder,
    given_place,
    given_settings,
    settings_option,
)
from streams.commands.recorded import given_record
from streams.commands.terminal import console
from streams.folder import orders_in
from streams.wire.orders import Verb

if TYPE_CHECKING:
    from pathlib import Path

    from evidence.testimony import Testimony

COUNTS = ("spoke", "alone", "blocked", "needed", "silent", "overturned", "added")


@click.command("trust")
@click.option(
    "--in",
    "folder",
    type=PATH,
    callback=given_place,
    help="The folder that replay or guard wrote; without it, the live system is meant.",
)
@settings_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def trust_command(folder: Path | None, settings_file: Path | None, *, as_json: bool) -> None:
    """Say how far each detector mattered in a run, in actors.

    spoke: about whom it said anything; alone: no other did; blocked: of those; needed: who would
    not have been blocked without it; silent: who were blocked though it said nothing; overturned:
    whom it helped to block, and people let go since; added: who would have been too, had it been
    trusted wholly, but for shared addresses and pardons.

    Of the live system these are the last seven days, and overturned are pardons, releases of blocks
    in force, and appeals that were granted; of a folder pardons.

    A detector that is new, or has hit somebody innocent, is tried in shadow: with trust 0 in
    settings.toml it speaks and nobody acts. Give the settings that the run had.
    """
    told = weighed_in(folder, settings_file) if folder else attested(settings_file)
    if as_json:
        click.echo(msgspec.json.encode([asdict(testimony) for testimony in told]))
    else:
        console().print(laid_out(told))


def weighed_in(folder: Path, settings_file: Path | None) -> list[Testimony]:
    """Weigh the detectors of a run in a folder."""
    settings = given_settings(settings_file)
    record = given_record(folder, settings)
    with given_folder(folder):
        spared = {order.target for order in orders_in(folder) if order.verb == Verb.PARDON}
    told = weighed(
        record.signals, record.decisions, settings.detectors, settings.trust, settings.policy
    )
    return held_against(told, record.decisions, spared)


def laid_out(told: list[Testimony]) -> Table:
    """Lay out the table; detectors in shadow are dim."""
    table = Table("detector", "family", box=box.SIMPLE_HEAD)
    for heading in ("trust", *COUNTS):
        table.add_column(heading, justify="right")
    for testimony in told:
        counts = (f"{getattr(testimony, name):,}" for name in COUNTS)
        table.add_row(
            testimony.detector,
            testimony.family,
            f"{testimony.trust:g}" if testimony.trust else "shadow",
            *counts,
            style="" if testimony.trust else "dim",
        )
    return table
