"""`hedgerow block TARGET --reason … --for 24h`: act, whatever the detectors say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from enforcement.decision import Action
from streams.commands.durations import given_duration
from streams.commands.given import settings_option, site_option
from streams.commands.live import given_live
from streams.commands.wishes import give, instant_now, reason_option, user
from streams.wire.orders import ACTIONS, Verb, Wish, ordered, takes_two
from streams.wire.sense import is_system

if TYPE_CHECKING:
    from pathlib import Path

    from streams.settings import Settings


@click.command("block")
@click.argument("target")
@reason_option
@click.option(
    "--for",
    "lasts",
    default="24h",
    show_default=True,
    callback=given_duration,
    help="How long, by the clock: 90s, 30m, 24h.",
)
@click.option("--action", type=click.Choice(ACTIONS), default="block", show_default=True)
@site_option
@settings_option
def block_command(  # noqa: PLR0913 - whom, what, for how long and why, and two files
    *,
    target: str,
    reason: str,
    lasts: int,
    action: str,
    site_file: Path | None,
    settings_file: Path | None,
) -> None:
    """Act on TARGET: an address, a CIDR, session:… or account:…. A pardon of it holds all the same.

    No wider than /16, or /32 of IPv6. AS64500 is all networks that the file of systems in site.toml
    gives that autonomous system, without those that are never listed; it always takes two people.
    Give the site and the settings of the workers. Of what takes two people is said before how many
    addresses that is, and who of the last hour is among them.
    """
    wish = Wish(Verb.BLOCK, target, reason, max(lasts // 1000, 1), Action[action.upper()])
    if is_system(target) or two_for(wish):
        wish = foreseen(wish, given_live(settings_file), site_file)
    give(wish, settings_file)


def foreseen(wish: Wish, settings: Settings, site_file: Path | None) -> Wish:
    """Say whom a block would hit; of a system find the networks."""
    from streams.commands.foreseen import foresee, networks_of  # noqa: PLC0415 - loads slowly

    if is_system(wish.target):
        wish = replace(wish, networks=networks_of(wish.target, site_file, settings))
    foresee(wish.target, wish.networks or (wish.target,), settings.broker)
    return wish


def two_for(wish: Wish) -> bool:
    """Tell whether a block takes two people; of what makes no sense something else is said."""
    try:
        return takes_two(ordered(wish, user(), instant_now()))
    except ValueError:
        return False
