"""`hedgerow block TARGET --reason … --for 24h`: act, whatever the detectors say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from enforcement.decision import Action
from streams.commands.durations import given_duration
from streams.commands.given import settings_option
from streams.commands.wishes import give, reason_option
from streams.wire.orders import ACTIONS, Verb, Wish

if TYPE_CHECKING:
    from pathlib import Path


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
@settings_option
def block_command(
    target: str, reason: str, lasts: int, action: str, settings_file: Path | None
) -> None:
    """Act on TARGET: an address, a CIDR, session:… or account:…. A pardon of it holds all the same.

    No wider than /16, or /32 of IPv6.
    """
    seconds = max(lasts // 1000, 1)
    give(Wish(Verb.BLOCK, target, reason, seconds, Action[action.upper()]), settings_file)
