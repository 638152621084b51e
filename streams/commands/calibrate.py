"""`hedgerow calibrate LOG…`: learn what a platform's own people do, and propose thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import msgspec

from evidence.distribution import ENOUGH
from evidence.proposals import proposals
from streams.commands import Failure, Mistake
from streams.commands.doubts import doubts
from streams.commands.given import (
    LOG,
    PATH,
    denied,
    given_settings,
    given_site,
    given_sources,
    settings_option,
    site_option,
)
from streams.commands.learned import plain, remarks, show
from streams.commands.terminal import console, metered
from streams.learning import Learning
from streams.outputs import replace_file
from streams.proposed import settings_text
from streams.replay import replay
from streams.settings import HEARD
from streams.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from evidence.distribution import Distribution


@click.command("calibrate")
@click.argument("logs", nargs=-1, required=True, type=LOG, metavar="LOG…")
@site_option
@settings_option
@click.option("--out", type=PATH, required=True, help="Write the proposed settings here (TOML).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def calibrate_command(
    logs: tuple[str, ...],
    site_file: Path | None,
    settings_file: Path | None,
    out: Path,
    *,
    as_json: bool,
) -> None:
    """Learn from logs what people do on this platform, and propose thresholds above it.

    Measured is the most that each visitor did in each window, as the detectors see it. Left out is
    whoever the settings challenge or block, says to be a machine, is spared, or is a crowd behind
    one address. A harvester whom the settings don't find is learned from: look at the loudest.

    The file holds only what changes. Nothing takes effect before you put it into your settings:
    try it with `hedgerow backtest` first.
    """
    check_place(out)
    settings, site = given_settings(settings_file), given_site(site_file)
    sources = given_sources(logs, None)
    learning, tally = Learning(site, settings), Tally()
    for step in metered(replay(sources, site, settings, learning), sources):
        tally.add(step)
    for doubt in doubts(tally):
        click.echo(doubt, err=True)
    if troubles := [f"{each.name}: {each.trouble}" for each in sources if each.trouble]:
        raise Failure("; ".join(troubles))
    seen = [each for each in learning.survey.distributions() if each.windows]
    check_enough(seen)
    proposed = list(proposals(seen, settings.detectors, HEARD))
    text = settings_text(proposed, settings.hash, remarks(learning.survey, seen))
    put(out, text)
    if as_json:
        click.echo(msgspec.json.encode(plain(learning.survey, seen, proposed)))
    else:
        show(learning.survey, seen, proposed, console())


def check_place(out: Path) -> None:
    """Refuse a place that cannot be written to before reading for an hour."""
    if out.is_dir() or not out.absolute().parent.is_dir():
        msg = f"--out: expected a file in a folder that exists, saw {out}"
        raise Mistake(msg)


def check_enough(seen: Sequence[Distribution]) -> None:
    """Refuse to say anything where no p99.9 can be told."""
    if any(each.enough for each in seen):
        return
    most = max(seen, key=lambda each: each.windows, default=None)
    saw = f"{most.windows:,} of {most.quantity.name}" if most else "none"
    msg = (
        f"too little data: a p99.9 takes {ENOUGH:,} windows in which a visitor took pictures, and "
        f"the most that was seen is {saw}; give logs of more days"
    )
    raise Failure(msg)


def put(out: Path, text: str) -> None:
    """Write the file."""
    try:
        replace_file(out, text.encode())
    except OSError as error:
        raise Failure(denied(out, error, "write")) from None
