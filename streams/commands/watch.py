"""`hedgerow watch`: who is acted upon on the live platform, and how it stands."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.live import Live

from streams.bouncing.overview import Overview
from streams.commands import Failure, Mistake
from streams.commands.given import settings_option
from streams.commands.live import given_broker, given_live
from streams.commands.terminal import console
from streams.commands.watched import begun, ended, screen, status
from streams.stopping import Stop
from streams.watching import Watching

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console

    from enforcement.standing import Entry
    from streams.infrastructure import Broker
    from streams.tailing import Tail

CLOCK = time.time  # noqa: TID251 - entries end by the clock
# Seconds back; what a block list follows from comes before it.
SINCE = {
    "decisions": 3600.0,
    "orders": None,
    "rejects": 60.0,
    "summaries": 600.0,
    "blocklist": None,
}
OFTEN = 0.5  # seconds between two screens: people read no faster
SELDOM = 30.0  # … and between two lines that say how it stands


@click.command("watch")
@settings_option
@click.option("--plain", is_flag=True, help="Lines instead of a screen, as where nobody looks.")
def watch_command(settings_file: Path | None, *, plain: bool) -> None:
    """Show who is acted upon on the live platform, why, and how far it has come; Ctrl-C ends it.

    It reads the topics and changes nothing. On a terminal it is a screen, elsewhere a line whenever
    something begins or ends, and one every half minute that says how it stands.
    """
    stop, shown = Stop.when_asked(), console()
    live = given_live(settings_file)
    overview = Overview.begin(live.service, live.bouncer)
    with tailing(given_broker(settings_file)) as tail:
        watching = Watching()
        while not (stop.asked or tail.caught_up):
            news(tail, watching)
        show = write if plain or not shown.is_terminal else draw
        show(tail, watching, overview, stop, shown)


@contextmanager
def tailing(broker: Broker) -> Iterator[Tail]:
    """Read the topics, or say in one line why not."""
    from kafka.errors import KafkaError  # noqa: PLC0415 - loads slowly

    from streams.tailing import Tail  # noqa: PLC0415

    now = CLOCK()
    try:
        with Tail(broker, {topic: now - ago if ago else 0.0 for topic, ago in SINCE.items()}) as it:
            yield it
    except KafkaError as error:
        msg = f"no broker at {broker.bootstrap} says what happens ({error})"
        raise Failure(msg) from None
    except ValueError as error:
        raise Mistake(str(error)) from None


def news(tail: Tail, watching: Watching) -> dict[str, Entry | None]:
    """Hear what has come, and let end what has ended; give what has changed, each key once."""
    came = tail.take(OFTEN)
    now = CLOCK()
    changed = [one for told in came for one in watching.hear(told, now)]
    return dict([*changed, *watching.posted.expire(now)])


def draw(tail: Tail, watching: Watching, overview: Overview, stop: Stop, shown: Console) -> None:
    """Keep a screen current."""
    due = 0.0
    with Live(console=shown, screen=True, auto_refresh=False) as live:
        while not stop.asked:
            news(tail, watching)
            if (now := CLOCK()) >= due:
                watching.count(tail.count(), now)
                picture = replace(watching.picture(now), firewalls=overview.said)
                live.update(screen(picture, now, shown.height), refresh=True)
                due = now + OFTEN


def write(tail: Tail, watching: Watching, overview: Overview, stop: Stop, shown: Console) -> None:
    """Write a line whenever something begins or ends, and how it stands now and then."""
    due = 0.0
    while not stop.asked:
        changed, now = news(tail, watching), CLOCK()
        for key, entry in changed.items():
            row = watching.row(key, now) if entry else None
            line = begun(row, now) if row else ended(key, now)
            shown.print(line, soft_wrap=True, markup=False)
        if now >= due:
            watching.count(tail.count(), now)
            picture = replace(watching.picture(now), firewalls=overview.said)
            shown.print(status(picture, now), soft_wrap=True, markup=False)
            due = now + SELDOM
