"""`hedgerow warm`: compile what has to be compiled; set-up calls it."""

from __future__ import annotations

import click

from streams.commands import Failure
from streams.warming import warm


@click.command("warm")
def warm_command() -> None:
    """Compile every kernel now, so that nobody waits for it later; a minute or two, once."""
    read = warm()
    if not read:
        msg = "no line of the sample was read: run `hedgerow doctor`"
        raise Failure(msg)
    click.echo("compiled")
