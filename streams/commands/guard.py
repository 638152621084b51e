"""`hedgerow guard LOG…`: follow logs, act at once, keep a block list that firewalls can read."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from prometheus_client import CollectorRegistry

from streams.bouncing.fitting import KINDS
from streams.commands import Failure, Mistake
from streams.commands.alone import alone_in
from streams.commands.given import (
    PATH,
    given_folder,
    given_log,
    given_place,
    given_settings,
    given_site,
    settings_option,
    site_option,
)
from streams.commands.neighbours import Neighbours, beside
from streams.commands.rereading import reread
from streams.commands.sentences import say
from streams.commands.terminal import console
from streams.exposing import expose
from streams.guarding import Guard
from streams.guardmeters import GuardMeters
from streams.letters import letters
from streams.metering import show_program, show_state, show_trust
from streams.metrics import Meters
from streams.stopping import Stop
from streams.watchedfile import WatchedFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from streams.pipeline import Step
    from streams.settings import Settings


@click.command("guard")
@click.argument("logs", nargs=-1, required=True, type=PATH, metavar="LOG…")
@site_option
@settings_option
@click.option(
    "--out",
    type=PATH,
    callback=given_place,
    default=Path("guard"),
    show_default=True,
    help="What it keeps.",
)
@click.option(
    "--serve",
    "place",
    is_flag=False,
    flag_value="",
    metavar="[HOST:PORT]",
    help="Serve the block list, as `hedgerow serve` does.",
)
@click.option(
    "--bouncer", "kind", type=click.Choice(KINDS[:-1]), help="Keep a firewall of this host at it."
)
@click.option("--metrics-port", type=int, help="Tell Prometheus here how it fares; 0: a free one.")
def guard_command(  # noqa: PLR0913, PLR0917 - an option is an argument
    logs: tuple[Path, ...],
    site_file: Path | None,
    settings_file: Path | None,
    out: Path,
    place: str | None,
    kind: str | None,
    metrics_port: int | None,
) -> None:
    """Follow access logs through rotation and truncation, and block harvesters while they come.

    blocklist.txt in the folder is always whole and current. Stop it any way you like, also by
    kill -9: started again with the same folder, it goes on and neither loses nor repeats a line.

    Time is that of the log: the newest seconds wait for a newer line, also when the guard is
    stopped. Of several logs, one that falls silent holds back the others for at most a minute
    (lateness.silent in the settings). The ranges of crawlers are read again when they change.
    """
    settings, site = given_settings(settings_file), given_site(site_file)
    paths, stop = given_logs(logs), Stop.when_asked()
    meters = None if metrics_port is None else metered(settings, metrics_port)
    ranges = WatchedFile.of(site_file.parent / site.ranges if site_file and site.ranges else None)
    with given_folder(out, "write"), alone_in(out):
        check_free(out)
        begun(paths, out)
        neighbours = beside(settings, place, kind, out, meters)
        guard = neighbours.attend(Guard.start(paths, site, settings, out))
        while not follow(guard, meters, ranges, neighbours, stop):
            site = replace(site, origins=reread(ranges.path, site))
            guard = neighbours.attend(Guard.start(paths, site, settings, out))
            guard.published.tell()  # who is spared from now on is refused no more
        neighbours.close()
    click.echo(f"Stopped. Go on with the same command; all it needs is in {out}.", err=True)


def follow(
    guard: Guard, meters: Meters | None, ranges: WatchedFile, neighbours: Neighbours, stop: Stop
) -> bool:
    """Look again and again; tell whether to stop, or else to begin anew with other ranges."""
    shown, counting = console(), meters and GuardMeters(meters, guard)
    while not stop.asked and not ranges.changed():
        step = look(guard, shown)
        neighbours.look(guard, caught_up=step is None)
        if counting:
            counting.tell(step, time.time())  # noqa: TID251 - how late it was is the clock's to say
        if not step:
            stop.rest()
    guard.close()
    return stop.asked


def given_logs(logs: Sequence[Path]) -> list[Path]:
    """Take each log once, and no standard input: that cannot be taken up again after a kill."""
    if Path("-") in logs:
        msg = "standard input cannot be followed; name a file, or use `hedgerow replay -`"
        raise Mistake(msg)
    paths = [given_log(log) for log in logs]
    twice = next((path for path in paths if paths.count(path) > 1), None)
    if twice:
        msg = f"{twice} is named twice: each of its lines would count twice"
        raise Mistake(msg)
    return paths


def check_free(out: Path) -> None:
    """Refuse a folder that holds the outcome of a replay: following would write over it."""
    told = out / "summary.json"
    if told.exists() and "lines" in msgspec.json.decode(told.read_bytes()):
        msg = f"--out: {out} holds what a replay found, and would be written over; choose another"
        raise Mistake(msg)


def begun(logs: list[Path], out: Path) -> None:
    """Say what is followed and where the result is."""
    for log in logs:
        waited = "" if log.exists() else ", which is not there yet"
        click.echo(f"Following {log}{waited}", err=True)
    click.echo(f"Block list: {out / 'blocklist.txt'}; Ctrl-C stops.", err=True)


def metered(settings: Settings, port: int) -> Meters:
    """Let Prometheus ask at a port how the guard fares."""
    registry, host = CollectorRegistry(), settings.metrics.host
    meters = Meters.of(registry)
    show_program(meters, settings)
    show_trust(meters, settings.trust)
    show_state(meters, "running")
    try:
        exposure = expose(registry, host, port)
    except OSError as error:
        msg = f"--metrics-port: cannot listen at {host}:{port}: {error.strerror}"
        raise Failure(msg) from None
    click.echo(f"Metrics: http://{host}:{exposure.port}/metrics", err=True)
    return meters


def look(guard: Guard, shown: Console) -> Step | None:
    """Do one round; give what was new."""
    guard.published.obey()
    step = guard.look()
    if step:
        news = guard.news(step)
        say(news, shown)
        for letter in letters(guard.site, news):
            click.echo(letter, err=True)
    for trouble in guard.troubles():
        click.echo(trouble, err=True)
    guard.keep(time.monotonic)  # noqa: TID251 - measures its own work, not the log's time
    return step
