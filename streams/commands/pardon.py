"""`hedgerow pardon TARGET --reason … [--in DIR]`: spare somebody, at once and from now on."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from enforcement.exact import exact
from enforcement.moments import moment
from streams.commands import Failure
from streams.commands.given import PATH, given_folder, given_place, settings_option
from streams.commands.wishes import give, reason_option, user
from streams.folder import PLACES, Order, add_order, decisions_in
from streams.wire.orders import Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path


@click.command("pardon")
@click.argument("target")
@click.option(
    "--in",
    "folder",
    type=PATH,
    callback=given_place,
    help="The folder that replay or guard wrote; without it, the live system is told.",
)
@reason_option
@settings_option
def pardon_command(
    target: str, folder: Path | None, reason: str, settings_file: Path | None
) -> None:
    """Spare TARGET, at once and until a release of it.

    With --in: an address, a CIDR, or a session or account named in a decision. It leaves
    blocklist.txt at once; a guard of this folder will not act on it again.

    Without: an address, a CIDR, session:… or account:…. It leaves every list within two seconds.
    """
    if folder is None:
        give(Wish(Verb.PARDON, target, reason), settings_file)
        return
    with given_folder(folder):
        if flaw := unknown(target, folder):
            msg = f"{target[:500]!r} is in no decision in {folder}, and {flaw}: check it"
            raise Failure(msg)
    with given_folder(folder, "write"):
        now = moment(int(time.time()))  # noqa: TID251 - when people act is no event of the log
        add_order(folder, Order(now, user(), target, reason))
        click.echo(f"{target} is spared: {reason}")


def unknown(target: str, folder: Path) -> str:
    """Say why nothing can be meant by this; "" where something is."""
    decisions = decisions_in(folder)  # whatever is meant: a folder without any is not ours
    if target in (d.target for d in decisions if d.scope not in PLACES):
        return ""
    try:
        scope, _ = exact(target)
    except ValueError as error:
        return str(error)
    return "" if scope in PLACES else "there a session or account stands by its bare name"
