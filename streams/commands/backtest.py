"""`hedgerow backtest --from … --settings new.toml`: who would be acted upon otherwise."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click
import msgspec

from evidence.changes import changes
from streams.backtesting import Both, backtested
from streams.commands import Failure, Mistake
from streams.commands.compared import plain, show
from streams.commands.doubts import doubts
from streams.commands.given import PATH, given_settings, given_site, site_option
from streams.commands.origins import given_origins
from streams.commands.terminal import console, metered

if TYPE_CHECKING:
    from pathlib import Path

    from access.site import Site
    from streams.infrastructure import Broker
    from streams.settings import Settings


@click.command("backtest")
@click.option(
    "--from",
    "origins",
    multiple=True,
    required=True,
    metavar="LOG|DIR|kafka://TOPIC@BEGIN",
    help="What to judge; may be given several times.",
)
@click.option(
    "--settings", "new_file", type=PATH, required=True, help="What may come (settings.toml)."
)
@click.option(
    "--against", "old_file", type=PATH, help="What is in place; the defaults if not given."
)
@site_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def backtest_command(
    origins: tuple[str, ...],
    new_file: Path,
    old_file: Path | None,
    site_file: Path | None,
    *,
    as_json: bool,
) -> None:
    """Judge the same traffic under two settings, and say who fares otherwise.

    Nothing is decided and no firewall is told. Said is who would be blocked, challenged or slowed
    down in addition and who no longer, pictures that would be saved or lost, and how many people
    looked at pages meanwhile: sessions, and user agents where there are none.

    A folder means all files in it and below it. Parquet is read by the names of its columns, as
    JSON by its keys. Of a topic all that is kept is read, or from an offset or time
    on, up to where it ends now: kafka://access-log@2026-11-24T12:00:00Z. The broker is that of
    the new settings.
    """
    old, new = given_settings(old_file), given_settings(new_file)
    site = given_site(site_file)
    both = given_both(site, old, new)
    sources = given_origins(origins, given_broker(new))
    for _ in metered(backtested(sources, site, both), sources):
        pass
    tally = both.new.tally
    for doubt in doubts(tally):
        click.echo(doubt, err=True)
    told = changes(both.old.fates(), both.new.fates())
    if as_json:
        click.echo(msgspec.json.encode(plain(both, told)))
    else:
        show(both, told, console())
    if troubles := [f"{each.name}: {each.trouble}" for each in sources if each.trouble]:
        raise Failure("; ".join(troubles))


def given_both(site: Site, old: Settings, new: Settings) -> Both:
    """Set up two sides, or say why one reading cannot serve both."""
    try:
        return Both(site, old, new)
    except ValueError as error:
        raise Mistake(str(error)) from None


def given_broker(settings: Settings) -> Broker:
    """Find the broker, where variables of the environment may say another."""
    try:
        return settings.within(os.environ).broker
    except ValueError as error:
        raise Mistake(str(error)) from None
