"""`hedgerow replay FILE…`: read logs, say who harvested, write decisions and a block list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from streams.commands import Failure
from streams.commands.given import (
    PATH,
    given_settings,
    given_site,
    given_source,
    settings_option,
    site_option,
)
from streams.commands.shown import show_summary
from streams.commands.terminal import console, metered
from streams.run import Run

if TYPE_CHECKING:
    from pathlib import Path


@click.command("replay")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@site_option
@settings_option
@click.option("--out", type=PATH, help="Write decisions, signals, rejects and blocklist.txt here.")
@click.option("--report", type=PATH, help="Write a page for people here (HTML).")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON, not as a table.")
def replay_command(  # noqa: PLR0913 - an option is an argument
    files: tuple[str, ...],
    site_file: Path | None,
    settings_file: Path | None,
    out: Path | None,
    report: Path | None,
    *,
    as_json: bool,
) -> None:
    """Say who harvested pictures in access logs, when, and what was saved.

    FILE is a log, also .gz or .zst, or - for standard input. Several are merged by event time.
    """
    settings, site = given_settings(settings_file), given_site(site_file)
    run = Run([given_source(name) for name in files], site, settings, out, report)
    for _ in metered(run.steps(), run.sources):
        pass
    summary = run.summary()
    if as_json:
        click.echo(msgspec.json.encode(summary))
    else:
        show_summary(summary, console())
    if run.troubles:
        raise Failure("; ".join(run.troubles))
