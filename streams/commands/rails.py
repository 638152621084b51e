"""`hedgerow rails show|reset`: which caps were reached, what would have happened; act again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from enforcement.moments import moment
from streams.commands.given import PATH, given_folder, given_place, given_settings, settings_option
from streams.commands.live import given_live
from streams.commands.reckoned import reckoned
from streams.commands.sentences import told
from streams.commands.wishes import give, reason_option, user
from streams.folder import Order, add_order, decisions_in, orders_in, summary_in
from streams.metrics import SCOPES
from streams.railed import railed
from streams.wire.orders import Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path

    from enforcement.rails import Trip

place_option = click.option(
    "--in",
    "folder",
    type=PATH,
    callback=given_place,
    help="The folder that replay or guard wrote; without it, the live system is meant.",
)


@click.group("rails")
def rails_command() -> None:
    """Say what machines were kept from doing, and let them act again."""


@rails_command.command("show")
@place_option
@settings_option
def show_command(folder: Path | None, settings_file: Path | None) -> None:
    """Say which scopes are in shadow, since when, why, and what would have happened.

    Of the live system it is worked out anew from what was decided and ordered: give the settings
    of the workers.
    """
    trips = trips_in(folder, settings_file) if folder else reckoned(given_live(settings_file))
    for trip in trips:
        click.echo(told(trip))
    if not trips:
        click.echo("No cap was reached: machines act in every scope.")


@rails_command.command("reset")
@click.argument("scope", type=click.Choice(SCOPES))
@place_option
@reason_option
@settings_option
def reset_command(scope: str, folder: Path | None, reason: str, settings_file: Path | None) -> None:
    """Let machines act again in SCOPE, up to the same caps; what was withheld stays undone.

    On the live system it waits until a second person runs `hedgerow approve`.
    """
    if folder is None:
        give(Wish(Verb.RESET, scope, reason), settings_file)
        return
    with given_folder(folder, "write"):
        now = moment(int(time.time()))  # noqa: TID251 - when people act is no event of the log
        add_order(folder, Order(now, user(), scope, reason, Verb.RESET))
        click.echo(f"Machines act again on each {scope}: {reason}")


def trips_in(folder: Path, settings_file: Path | None) -> tuple[Trip, ...]:
    """Work out how the rails stand in a folder, by the settings of the run if it told them."""
    with given_folder(folder):
        rails = summary_in(folder).limits or given_settings(settings_file).rails
        return railed(decisions_in(folder), orders_in(folder), rails)[1].trips
