"""`hedgerow site suggest LOG`: write a first site.toml from what a log shows."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import click

from access.parser import Parser
from access.site import Site
from access.suggest import suggest
from streams.commands import Failure
from streams.commands.given import LOG, given_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from access.batch import Batch
    from streams.sources import Source


@click.group("site")
def site_command() -> None:
    """Describe a platform."""


@site_command.command("suggest", short_help="Print a first site.toml from a log.")
@click.argument("log", type=LOG)
def suggest_command(log: str) -> None:
    """Print a first site.toml for the platform that wrote LOG, with how sure each line is."""
    source = given_source(log)
    read = (batch for batch in batches(source) if len(batch))
    first = next(read, None)
    if first is None:
        message = f"{source.name}: no line is that of an access log, so nothing can be suggested"
        raise Failure(message)
    click.echo(suggest(chain([first], read)), nl=False)
    if source.trouble:
        message = f"{source.name}: {source.trouble}"
        raise Failure(message)


def batches(source: Source) -> Iterator[Batch]:
    """Read a log by the default rules."""
    parser = Parser(Site.default())
    for chunk in source.chunks(0):
        batch, _ = parser.parse(chunk)
        yield batch
