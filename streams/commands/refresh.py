"""`hedgerow refresh`: fetch the ranges that known crawlers publish, into one dated, hashed file."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from access.agents.taxonomy import KNOWN
from streams.commands import Mistake
from streams.commands.given import PATH, given_crawlers, given_folder
from streams.crawlerfile import DAY, STALE
from streams.fetching import fetch_all
from streams.refreshing import refreshed

if TYPE_CHECKING:
    from streams.crawlerfile import CrawlerFile

ranges_option = click.option(
    "--ranges",
    "path",
    type=PATH,
    default=Path("crawlers.json"),
    show_default=True,
    help="The file that site.toml names under `ranges`.",
)


@click.command("refresh")
@ranges_option
@click.option("--check", is_flag=True, help="Fetch nothing; say how old the file is.")
@click.option("--mirror", default="", help="Ask URL/host/path in place of https://host/path.")
def refresh_command(path: Path, mirror: str, *, check: bool) -> None:
    """Fetch the ranges that known crawlers publish.

    A list that cannot be read, is empty, holds private or very wide networks, or has lost more than
    half of its addresses is refused, and the former one kept. Exit code 1 if any was, or if --check
    finds one older than 30 days.
    """
    if mirror and not mirror.startswith(("http://", "https://")):
        msg = f"--mirror: expected http:// or https://, saw {mirror!r}"
        raise Mistake(msg)
    file, now = given_crawlers(path), int(time.time())  # noqa: TID251 - lists age by the clock
    if check:
        sys.exit(0 if told_age(file, path, now) else 1)
    found = refreshed(file, KNOWN, fetch_all, now, mirror)
    for refusal in found.refused:
        click.echo(f"kept as it was: {refusal}", err=True)
    if found.taken:
        with given_folder(path, "write"):
            found.file.write(path)
    click.echo(f"{len(found.taken)} crawlers' ranges written to {path}, hash {found.file.digest()}")
    sys.exit(1 if found.refused else 0)


def told_age(file: CrawlerFile, path: Path, now: int) -> bool:
    """Say how old each crawler's list is; tell whether all are young enough."""
    for token, entry in sorted(file.crawlers.items()):
        if entry.fetched:
            days = (now - entry.origin.fetched) // DAY
            click.echo(f"{token}: {len(entry.ranges)} ranges, {days} days old")
    age = file.oldest(now)
    if age is None:
        click.echo(f"{path}: no lists yet; `hedgerow refresh` fetches them", err=True)
    elif age > STALE:
        click.echo(f"{path}: {age // DAY} days old; run `hedgerow refresh`", err=True)
    return age is not None and age <= STALE
