"""`hedgerow blocklist --in DIR`: print who is refused, now or at another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from enforcement.moments import seconds
from feeds.listing import listing
from streams.commands import Mistake
from streams.commands.given import folder_option, given_folder
from streams.folder import end_of, standing_in

if TYPE_CHECKING:
    from pathlib import Path


@click.command("blocklist")
@folder_option
@click.option("--at", "moment", help="An event time such as 2026-11-24T12:00:00Z; the end, if not.")
def blocklist_command(folder: Path, moment: str | None) -> None:
    """Print the addresses and networks that are refused, as sorted CIDRs."""
    with given_folder(folder):
        at = end_of(folder) if moment is None else given_moment(moment)
        click.echo(listing(standing_in(folder, at)), nl=False)


def given_moment(text: str) -> int:
    """Read a time as decisions write it."""
    try:
        return seconds(text)
    except ValueError:
        msg = f"--at: expected a time such as 2026-11-24T12:00:00Z, saw {text!r}"
        raise Mistake(msg) from None
