"""`hedgerow push`: keep somebody else's list as ours is."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import click

from streams.commands import Mistake
from streams.commands.enforced import meters_at
from streams.commands.given import settings_option
from streams.commands.live import given_live

if TYPE_CHECKING:
    from pathlib import Path

    from streams.crowdsec.pushing import Pushing
    from streams.crowdsec.turns import Delta
    from streams.metrics import Meters
    from streams.settings import Settings
    from streams.subscription import Subscription

CLOCK = time.time  # noqa: TID251 - entries end by the clock
OFTEN = 0.2  # seconds between two looks at what is new
AGAIN = 2.0  # seconds until the next attempt, where it did not answer


@click.group("push")
def push_command() -> None:
    """Keep somebody else's list as ours is: that of a CrowdSec."""


@push_command.command("crowdsec")
@click.option("--metrics-port", type=int, help="Tell Prometheus here how it fares; 0: a free one.")
@settings_option
def crowdsec_command(settings_file: Path | None, metrics_port: int | None) -> None:
    """Tell a CrowdSec who is refused, and take it back when he is released; Ctrl-C ends it.

    Which CrowdSec, and who we are there, stands under [crowdsec] in the settings. What it was told
    ends there by itself, also when nobody pushes any more. What it loses is told again.
    """
    settings = given_live(settings_file)
    meters = meters_at(settings, metrics_port)
    try:
        asyncio.run(pushed(settings, meters))
    except ValueError as error:
        raise Mistake(str(error)) from None


async def pushed(settings: Settings, meters: Meters | None = None) -> None:
    """Follow the block list and push, until cancelled."""
    from streams.crowdsec.asked import Asked  # noqa: PLC0415 - Kafka's client loads slowly
    from streams.crowdsec.board import Board  # noqa: PLC0415
    from streams.crowdsec.lapi import Lapi  # noqa: PLC0415
    from streams.crowdsec.pushing import Pushing  # noqa: PLC0415
    from streams.posted import Posted  # noqa: PLC0415
    from streams.subscription import Subscription  # noqa: PLC0415

    place, posted = settings.crowdsec, Posted()
    board = Board(posted, CLOCK)
    subscription = Subscription(settings.broker, posted, CLOCK)
    subscription.hearers.append(board.hear)
    pushing = Pushing(board, Lapi(place), Asked.of({}, place.types))
    await asyncio.gather(subscription.keep(), kept(pushing, subscription, meters))


async def kept(pushing: Pushing, subscription: Subscription, meters: Meters | None = None) -> None:
    """Push what is new, and say how many; a trouble is said once, and tried again."""
    trouble = ""
    while True:
        await asyncio.sleep(OFTEN)
        if not subscription.knows:
            continue
        try:
            delta = await pushing.push()
        except OSError as error:
            if str(error) != trouble:
                click.echo(f"crowdsec: {error}; trying again", err=True)
            trouble = str(error)
            if meters:
                meters.pushes.labels("refused").inc()
            await asyncio.sleep(AGAIN)
            continue
        trouble = ""
        if delta.new or delta.deleted:
            count(meters, delta)
            click.echo(f"crowdsec: {len(delta.new)} told, {len(delta.deleted)} taken back")


def count(meters: Meters | None, delta: Delta) -> None:
    """Count what was told."""
    if meters:
        meters.pushes.labels("told").inc()
        meters.pushed_remedies.labels("told").inc(len(delta.new))
        meters.pushed_remedies.labels("taken_back").inc(len(delta.deleted))
