"""`hedgerow worker`: judge what is streamed, beside any number of workers like it."""

from __future__ import annotations

import logging  # noqa: TID251 - an edge: Faust and the clients say there what happens to them
import sys
from typing import TYPE_CHECKING

import click

from streams.commands import Failure, Mistake
from streams.commands.given import given_site, settings_option, site_option
from streams.commands.live import connected, given_live

if TYPE_CHECKING:
    from pathlib import Path

    from streams.agents.form import Place
    from streams.settings import Settings

NAMES = ("parsing", "detecting", "cohorts", "deciding", "publishing")
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


@click.command("worker")
@site_option
@settings_option
@click.option(
    "--agents",
    default=",".join(NAMES),
    show_default=True,
    help="Which to run, commas between. Each must run in some worker.",
)
@click.option("--metrics-port", type=int, help="Over [metrics] port; 0: any free one.")
def worker_command(
    site_file: Path | None, settings_file: Path | None, agents: str, metrics_port: int | None
) -> None:
    """Judge what is streamed; workers of the same program share the partitions.

    Kill it any way you like: whoever takes over goes on from its last checkpoint, and neither loses
    nor doubles a line. It ends by itself, for a supervisor to start it again, where nothing moves
    any more.
    """
    from streams.agents.worker import Worker  # noqa: PLC0415 - Faust takes a second to load
    from streams.warming import warm  # noqa: PLC0415

    settings, site = given_live(settings_file), given_site(site_file)
    names = given_names(agents, settings)
    place = given_place(settings)
    warm()  # a worker that compiles is a worker that stands still
    logging.basicConfig(level=logging.INFO, format=FORMAT, stream=sys.stderr)
    logging.getLogger("aiokafka").setLevel(logging.WARNING)
    # It says at ERROR whatever happens when partitions are dealt out anew; `holds` says the rest.
    logging.getLogger("aiokafka.consumer.group_coordinator").setLevel(logging.CRITICAL)
    logging.getLogger("faust").setLevel(logging.WARNING)
    logging.getLogger("mode").setLevel(logging.WARNING)
    Worker.main(site, settings, place, names, metrics_port)


def given_names(agents: str, settings: Settings) -> list[str]:
    """Check the names of agents; without a Redis nobody publishes to it."""
    names = [name.strip() for name in agents.split(",") if name.strip()]
    for name in names:
        if name not in NAMES:
            msg = f"--agents: expected some of {', '.join(NAMES)}, saw {name!r}"
            raise Mistake(msg)
    kept = [name for name in NAMES if name in names]
    return [name for name in kept if name != "publishing" or settings.redis.url]


def given_place(settings: Settings) -> Place:
    """Ask the broker for its topics, and refuse to start without them."""
    from streams.administering import existing  # noqa: PLC0415 - Kafka's client
    from streams.agents.form import Place  # noqa: PLC0415
    from streams.topics import TOPICS  # noqa: PLC0415

    with connected(settings.broker) as admin:
        found = existing(admin)
    missing = [topic.name for topic in TOPICS if topic.name not in found]
    if missing:
        msg = f"no topics {', '.join(missing)}: run `hedgerow topics create`"
        raise Failure(msg)
    return Place(found["access-log"].partitions, found["requests"].partitions)
