"""`hedgerow pardon TARGET --in DIR --reason …`: spare somebody, at once and from now on."""

from __future__ import annotations

import getpass
import os
import time
from typing import TYPE_CHECKING

import click

from access.addresses import as_network
from enforcement.moments import moment
from streams.commands import Failure
from streams.commands.given import folder_option, given_folder
from streams.folder import PLACES, Order, add_order, decisions_in

if TYPE_CHECKING:
    from pathlib import Path


@click.command("pardon")
@click.argument("target")
@folder_option
@click.option("--reason", required=True, help="Why; it is kept with who and when.")
def pardon_command(target: str, folder: Path, reason: str) -> None:
    """Spare TARGET: an address, a CIDR, or a session or account named in a decision.

    It leaves blocklist.txt at once; a guard of this folder will not act on it again.
    """
    with given_folder(folder):
        if not known(target, folder):
            msg = f"{target} is no address, no CIDR, and in no decision in {folder}: check it"
            raise Failure(msg)
    with given_folder(folder, "write"):
        now = moment(int(time.time()))  # noqa: TID251 - when people act is no event of the log
        add_order(folder, Order(now, user(), target, reason))
        click.echo(f"{target} is spared: {reason}")


def user() -> str:
    """Name whoever types; a container may give its user no name, but a number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def known(target: str, folder: Path) -> bool:
    """Tell whether anything can be meant by this."""
    decisions = decisions_in(folder)  # whatever is meant: a folder without any is not ours
    try:
        as_network(target)
    except ValueError:
        return target in (d.target for d in decisions if d.scope not in PLACES)
    return True
