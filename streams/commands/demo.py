"""`hedgerow demo`: a photo platform with people and harvesters, watched live."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.live import Live

from enforcement.decision import Action
from streams.commands.given import PATH, given_folder, given_place, given_source
from streams.commands.scored import board, verdicts
from streams.commands.terminal import console
from streams.pipeline import Pipeline
from streams.run import Run
from streams.settings import Settings
from streams.sitefiles import read_site
from tests.cast.score import score
from tests.cast.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from access.site import Site
    from enforcement.decision import Decision
    from streams.pipeline import Step

LINES = 300_000  # enough for every class of visitor to show what it does
PEOPLE = 6_000
LASTS = 25.0  # seconds in which six hours pass: long enough to follow, short enough to stay
LEFT = {"block list": "blocklist.txt", "report": "report.html", "log": "access.log"}
LEAST = Action.THROTTLE  # what is shown as it comes
PIECE = 256 << 10  # bytes judged at once: small, so that decisions come one by one


@click.command("demo")
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="Another seed, another day.",
)
@click.option(
    "--out",
    type=PATH,
    callback=given_place,
    default=Path("demo-out"),
    show_default=True,
    help="Where to leave it all.",
)
@click.option("--fast", is_flag=True, help="Do not wait between lines.")
def demo_command(seed: int, out: Path, *, fast: bool) -> None:
    """Watch six hours on a made-up photo platform with people and harvesters pass in half a minute.

    Ends with what was found, held against the truth, which only the demo knows.
    """
    shown = console()
    with given_folder(out, "write"):
        out.mkdir(parents=True, exist_ok=True)
        shown.print(f"Making up {LINES:,} requests of {PEOPLE:,} people and some harvesters …")
        world = World(seed, people=PEOPLE, lines=LINES)
        world.write(out / "access.log")
        log, report = given_source(str(out / "access.log")), out / "report.html"
        run = Run([log], site_of(world, out), Settings(), out, report)
        watch(run, 0.0 if fast or not shown.is_terminal else LASTS, shown)
        decisions = msgspec.json.Decoder(dict).decode_lines((out / "decisions.ndjson").read_bytes())
        shown.print(verdicts(score(decisions, world)))
    for what, name in LEFT.items():
        shown.print(f"{what:10} {out / name}")


def site_of(world: World, out: Path) -> Site:
    """Let the platform describe itself."""
    return read_site(world.write_site(out))


def watch(run: Run, lasts: float, shown: Console) -> None:
    """Show the run while it goes; it takes *lasts* seconds."""
    latest: list[Decision] = []
    steps = run.recorded(paced(run, lasts))
    if not shown.is_terminal:
        for _ in steps:
            pass
        return
    with Live(console=shown, transient=True) as live:
        for step in steps:
            latest += [d for d in step.decisions if d.action >= LEAST]
            live.update(board(run.tally, latest))


def paced(run: Run, lasts: float) -> Iterator[Step]:
    """Judge the one log of a run piece by piece, evenly over *lasts* seconds."""
    pipeline, source = Pipeline(run.site, run.settings), run.sources[0]
    began = time.monotonic()  # noqa: TID251 - for the eye; nothing is decided by it
    pipeline.expect(0)
    for chunk in source.chunks(0, PIECE):
        yield pipeline.feed(chunk)
        due = began + lasts * source.position / source.size
        time.sleep(max(0.0, due - time.monotonic()))  # noqa: TID251 - as above
    yield pipeline.end(0)
