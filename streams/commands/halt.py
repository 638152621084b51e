"""`hedgerow halt --reason …`: empty every list, and say who has done so."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from enforcement.moments import moment
from streams.commands import Failure
from streams.commands.emptied import emptied
from streams.commands.given import given_folder, settings_option
from streams.commands.live import given_live
from streams.commands.rails import place_option
from streams.commands.wishes import give, reason_option, user
from streams.folder import Order, add_order
from streams.wire.orders import EVERYTHING, Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 10.0  # seconds until we say who has not let go: bouncers acknowledge in ten


@click.command("halt")
@place_option
@reason_option
@settings_option
def halt_command(folder: Path | None, reason: str, settings_file: Path | None) -> None:
    """Empty every list at once; decisions are written down, nobody acts until `hedgerow resume`.

    It then asks `hedgerow serve` which firewalls acknowledge that they hold nothing any more; exit
    code 1 where one of them does not, or nobody can tell. Where the service asks for keys, that of
    bouncer.key_file is shown.
    """
    told(Verb.HALT, folder, reason, settings_file)
    if folder:
        click.echo(f"{folder / 'blocklist.txt'} is empty. What reads it was not asked.")
        return
    settings = given_live(settings_file)
    troubles = emptied(settings.service, settings.bouncer, PATIENCE)
    if troubles:
        raise Failure("; ".join(troubles))
    click.echo("Every firewall that acknowledges holds nothing any more.")


def told(verb: Verb, folder: Path | None, reason: str, settings_file: Path | None) -> None:
    """Write the order down, in a folder or for the live system."""
    if folder is None:
        give(Wish(verb, EVERYTHING, reason), settings_file)
        return
    with given_folder(folder, "write"):
        now = moment(int(time.time()))  # noqa: TID251 - when people act is no event of the log
        add_order(folder, Order(now, user(), EVERYTHING, reason, verb))
