"""`hedgerow traffic`: a made-up photo platform that logs to Kafka, for trials."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import click

from streams.commands import Failure
from streams.commands.given import settings_option
from streams.commands.live import given_broker
from streams.commands.ship import complain
from streams.parcels import Parcel
from streams.producer import producer
from streams.shipping import Shipper
from streams.stopping import Stop
from streams.traffic import Pace, pieces
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOPIC = "access-log"
OFTEN = 100  # milliseconds within which each partition hears something
ROUND = 1 << 32  # sessions kept free for a round, so that nobody of one comes again in the next
NAP = 0.2  # seconds without a look whether somebody asked to stop


@click.command("traffic")
@settings_option
@click.option(
    "--speed",
    type=click.FloatRange(1),
    default=1.0,
    show_default=True,
    help="Pass the first round faster; it begins in the past.",
)
@click.option(
    "--people",
    type=click.IntRange(20),
    default=3000,
    show_default=True,
    help="Who come in a round, besides harvesters.",
)
@click.option(
    "--hours",
    type=click.FloatRange(0.05, 24),
    default=0.25,
    show_default=True,
    help="How long a round is.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Other people.")
@click.option("--once", is_flag=True, help="End after a round.")
def traffic_command(  # noqa: PLR0913 - as many as options
    settings_file: Path | None, speed: float, people: int, hours: float, seed: int, *, once: bool
) -> None:
    """Send what people and harvesters ask of a made-up photo platform to the topic access-log.

    JSON lines, stamped with the present in milliseconds. A round has people of many kinds and seven
    harvesters, who come between a twentieth and half of its time; the next brings others, for ever.
    """
    stop = Stop.when_asked()
    with shipping(settings_file) as shipper:
        for number in range(1) if once else count():
            pace = Pace.ending_now(time.time(), hours, 1.0 if number else speed)  # noqa: TID251 - live
            world = World(seed + number, people=people, hours=hours, start=pace.start)
            told(world, number)
            play(world, pace, shipper, stop)
            if stop.asked:
                break


@contextmanager
def shipping(settings_file: Path | None) -> Iterator[Shipper]:
    """Reach the broker of the settings, or of the environment, or say in one line why not."""
    broker = given_broker(settings_file)
    shipper = Shipper(partial(producer, broker, "zstd"), complain, TOPIC)
    try:
        shipper.open()
        yield shipper
        shipper.settle()
    except ConnectionError as error:
        raise Failure(str(error)) from None
    finally:
        shipper.close()


def told(world: World, number: int) -> None:
    """Say what a round is, and give its people sessions and accounts that no other round has."""
    requests = world.requests
    for who in (requests.session, requests.account):
        who[who > 0] += number * ROUND
    visitors = len(world.truth.role)
    click.echo(f"Round {number + 1}: {len(requests):,} lines of {visitors:,} visitors", err=True)


def play(world: World, pace: Pace, shipper: Shipper, stop: Stop) -> None:
    """Send a round at its pace, a piece to each partition in turn."""
    window = max(1, int(OFTEN * pace.speed / shipper.partitions))
    for piece in pieces(world.lines("json"), world.requests.at, window):
        while not stop.asked and (wait := pace.wait(piece.due, time.time())):  # noqa: TID251 - live
            time.sleep(min(wait, NAP))
        if stop.asked:
            return
        shipper.send(Parcel(TOPIC, None, piece.lines, piece.lines.count(b"\n")))
