"""`hedgerow replay FILE…`: read logs, say who harvested, write decisions and a block list."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import msgspec

from streams.commands import Failure, Mistake
from streams.commands.doubts import aged, doubts
from streams.commands.durations import given_duration
from streams.commands.given import (
    LOG,
    PATH,
    given_place,
    given_settings,
    given_site,
    given_sources,
    settings_option,
    site_option,
)
from streams.commands.sentences import say, told
from streams.commands.shown import show_summary
from streams.commands.terminal import console, metered
from streams.guarding import STATE
from streams.run import Run
from streams.stopping import Stop

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from streams.settings import Settings


@click.command("replay")
@click.argument("files", nargs=-1, required=True, type=LOG, metavar="FILE…")
@site_option
@settings_option
@click.option(
    "--out",
    type=PATH,
    callback=given_place,
    help="Write decisions, signals, rejects and blocklist.txt here.",
)
@click.option("--report", type=PATH, help="Write a page for people here (HTML).")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as JSON, not as a table.")
@click.option(
    "--lateness",
    callback=given_duration,
    metavar="60s",
    help="How much older than the newest a line may be (2s if not given).",
)
@click.option("--follow", is_flag=True, help="Go on with the last FILE while it is written.")
def replay_command(  # noqa: PLR0913, PLR0917 - an option is an argument
    files: tuple[str, ...],
    site_file: Path | None,
    settings_file: Path | None,
    out: Path | None,
    report: Path | None,
    lateness: int | None,
    *,
    as_json: bool,
    follow: bool,
) -> None:
    """Say who harvested pictures in access logs, when, and what was saved.

    FILE is a log, also .gz or .zst, or - for standard input. Several are merged by event time.
    Read are the combined, common and vhost formats of nginx and Apache, and JSON, line by line.

    With --follow it goes on until Ctrl-C, then tells the same.
    """
    settings, site = patient(given_settings(settings_file), lateness), given_site(site_file)
    check_places(out, report)
    sources = given_sources(files, Stop.when_asked() if follow else None)
    run, shown = Run(sources, site, settings, out, report), console()
    go_through(run, shown if follow and not as_json else None)
    if as_json:
        click.echo(msgspec.json.encode(run.summary()))
    elif run.tally.lines:
        show_summary(run.summary(), shown)
    for word in [*map(told, run.railing.trips), *run.letters]:
        click.echo(word, err=True)
    for doubt in [*doubts(run.tally), *aged(site, settings, run.tally.end)]:
        click.echo(doubt, err=True)
    if run.tally.rejects and not run.tally.requests:
        msg = "no line is that of an access log; `hedgerow replay --help` says what is read"
        raise Failure(msg)
    if run.troubles:
        raise Failure("; ".join(run.troubles))


def check_places(out: Path | None, report: Path | None) -> None:
    """Refuse places that cannot be written to before reading for an hour."""
    if out and (out / STATE).exists():
        msg = f"--out: {out} is the folder of a guard, who needs it as it is; choose another"
        raise Mistake(msg)
    if report and (report.is_dir() or not report.absolute().parent.is_dir()):
        msg = f"--report: expected a file in a folder that exists, saw {report}"
        raise Mistake(msg)
    if report and not os.access(report.absolute().parent, os.W_OK):
        msg = f"cannot write {report}: {report.absolute().parent} is not writable; choose another"
        raise Failure(msg)


def patient(settings: Settings, lateness: int | None) -> Settings:
    """Allow lines to be so late, in milliseconds, whatever the settings say."""
    if lateness is None:
        return settings
    allowed = replace(settings.lateness, whole_seconds=lateness, milliseconds=lateness)
    return replace(settings, lateness=allowed)


def go_through(run: Run, shown: Console | None) -> None:
    """Read all there is; print decisions as they come, where somebody waits for them."""
    try:
        for step in metered(run.steps(), run.sources):
            if shown:
                say(step.decisions, shown)
    except OSError as error:
        msg = f"cannot write {error.filename or run.out or run.report}: {error.strerror or error}"
        raise Failure(msg) from None
    except KeyboardInterrupt:
        left = f"; what is in {run.out} ends there and has no block list" if run.out else ""
        msg = f"stopped at {run.tally.lines:,} lines, before the end{left}"
        raise Failure(msg) from None
