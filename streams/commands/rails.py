"""`hedgerow rails show|reset|raise|lower`: which caps were reached or raised, and act again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from enforcement.moments import moment
from enforcement.rails import Cap
from enforcement.raising import SET_BY
from streams.commands.durations import given_duration
from streams.commands.given import PATH, given_folder, given_place, settings_option
from streams.commands.live import given_live
from streams.commands.raised import cap_in, rails_in, raise_live, say_raised
from streams.commands.reckoned import reckoned
from streams.commands.sentences import told
from streams.commands.wishes import give, instant_now, reason_option, user
from streams.folder import Order, add_order, end_of
from streams.metrics import SCOPES
from streams.wire.orders import Verb, Wish
from streams.wire.sense import HIGHEST

if TYPE_CHECKING:
    from pathlib import Path

RAISED = tuple(cap.value for cap in SET_BY)

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
    if folder:
        with given_folder(folder):
            railing, now = rails_in(folder, settings_file), 1000 * end_of(folder)
    else:
        railing, now = reckoned(given_live(settings_file)), instant_now()
    for trip in railing.trips:
        click.echo(told(trip))
    if not railing.trips:
        click.echo("No cap was reached: machines act in every scope.")
    say_raised(railing, now)


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


@rails_command.command("raise")
@click.argument("scope", type=click.Choice(SCOPES))
@click.argument("cap", type=click.Choice(RAISED))
@click.argument("value", type=click.IntRange(1, HIGHEST))
@click.option(
    "--for",
    "lasts",
    default="1h",
    show_default=True,
    callback=given_duration,
    help="How long, a day at most: 90s, 30m, 24h.",
)
@place_option
@reason_option
@settings_option
def raise_command(  # noqa: PLR0913 - what is raised, to what, for how long, where and why
    *,
    scope: str,
    cap: str,
    value: int,
    lasts: int,
    folder: Path | None,
    reason: str,
    settings_file: Path | None,
) -> None:
    """Let machines reach VALUE of CAP in SCOPE before they stop, for some hours.

    On the live system it waits until a second person runs `hedgerow approve`, and counts from then.
    A scope that this cap had put into shadow acts again, if VALUE is what it had reached or more.
    A cap that is also a share of the site (requests, people) is VALUE at least. Give the settings
    of the workers. In a folder the hours are those of the log.
    """
    seconds = max(lasts // 1000, 1)
    wish = Wish(Verb.RAISE, scope, reason, seconds, cap=Cap(cap), most=value)
    if folder is None:
        raise_live(wish, settings_file)
        return
    cap_in(folder, wish, settings_file)
    click.echo(f"Machines may reach {cap} {value} of each {scope}: {reason}")


@rails_command.command("lower")
@click.argument("scope", type=click.Choice(SCOPES))
@click.argument("cap", type=click.Choice(RAISED))
@place_option
@reason_option
@settings_option
def lower_command(
    scope: str, cap: str, folder: Path | None, reason: str, settings_file: Path | None
) -> None:
    """End what raised CAP in SCOPE: it is what the settings say again. That takes one person."""
    wish = Wish(Verb.LOWER, scope, reason, cap=Cap(cap))
    if folder is None:
        give(wish, settings_file)
        return
    cap_in(folder, wish, settings_file)
    click.echo(f"{cap} of each {scope} is what the settings say: {reason}")
