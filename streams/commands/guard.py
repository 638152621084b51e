"""`hedgerow guard LOG…`: follow logs, act at once, keep a block list that firewalls can read."""

from __future__ import annotations

import signal
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from streams.commands.given import (
    PATH,
    given_folder,
    given_settings,
    given_site,
    settings_option,
    site_option,
)
from streams.commands.sentences import sentence
from streams.commands.terminal import console
from streams.guarding import Guard

if TYPE_CHECKING:
    from rich.console import Console

POLL = 0.2  # seconds between two looks at logs that have not grown: people call that at once


@dataclass(slots=True)
class Stop:
    """Whether somebody asked to stop; between two looks is a good moment for it."""

    asked: bool = False

    def ask(self, *_: object) -> None:
        """Be a signal handler."""
        self.asked = True


@click.command("guard")
@click.argument("logs", nargs=-1, required=True, type=PATH, metavar="LOG…")
@site_option
@settings_option
@click.option("--out", type=PATH, default=Path("guard"), show_default=True, help="What it keeps.")
def guard_command(
    logs: tuple[Path, ...], site_file: Path | None, settings_file: Path | None, out: Path
) -> None:
    """Follow access logs through rotation and truncation, and block harvesters while they come.

    blocklist.txt in the folder is always whole and current. Stop it any way you like, also by
    kill -9: started again with the same folder, it goes on and neither loses nor repeats a line.
    """
    settings, site = given_settings(settings_file), given_site(site_file)
    stop, shown = Stop(), console()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop.ask)
    with given_folder(out):
        guard = Guard.start([log.absolute() for log in logs], site, settings, out)
        while not stop.asked:
            look(guard, shown)
        guard.close()


def look(guard: Guard, shown: Console) -> None:
    """Do one round; rest where nothing is new."""
    guard.obey()
    step = guard.look()
    for decision in step.decisions if step else ():
        shown.print(sentence(decision), soft_wrap=True)
    for trouble in guard.troubles():
        click.echo(trouble, err=True)
    guard.keep(time.monotonic)  # noqa: TID251 - measures its own work, not the log's time
    if step is None:
        time.sleep(POLL)
