"""`hedgerow doctor`: check this machine, and what it is to reach, and say how to mend it."""

from __future__ import annotations

import os
import re
import sys
import time
from importlib.metadata import PackageNotFoundError, requires, version
from shutil import get_terminal_size, which
from typing import TYPE_CHECKING

import click
import numpy as np
from rich.markup import escape

from access.kernels.compiled import cache_folder
from access.site.origins import distant
from streams.commands.finding import Finding
from streams.commands.given import given_site, settings_option, site_option
from streams.commands.live import given_live
from streams.commands.reached import services
from streams.commands.shown import ROOMY
from streams.commands.terminal import console
from streams.crawlerfile import DAY, STALE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from access.site import Site

OLDEST = (3, 11)
PLACES = ("HEDGEROW_BROKER_", "HEDGEROW_REDIS_")
# What Hedgerow can feed or be tested with; everything else works without them.
TOOLS = {
    "nft": "nftables",
    "nginx": "nginx",
    "haproxy": "haproxy",
    "redis-server": "redis-server",
}


def python() -> Finding:
    """Check the interpreter."""
    seen = f"Python {'.'.join(map(str, sys.version_info[:3]))}"
    wanted = ".".join(map(str, OLDEST))
    return Finding(seen, "" if sys.version_info[:2] >= OLDEST else f"install Python {wanted} or up")


def packages() -> Iterator[Finding]:
    """Check that what Hedgerow stands on is installed."""
    for requirement in requires("hedgerow") or ():
        name = re.split(r"[^A-Za-z0-9._-]", requirement)[0]
        if "extra ==" in requirement:
            continue
        try:
            yield Finding(f"{name} {version(name)}")
        except PackageNotFoundError:
            yield Finding(f"no {name}", f"pip install {name}")


def kernels(folder: Path) -> Iterator[Finding]:
    """Check that kernels are compiled, and can be kept."""
    count = len(list(folder.rglob("*.nbi")))
    yield Finding(f"{count} kernels compiled", "" if count else "hedgerow warm", needed=False)
    home = next(path for path in (folder, *folder.parents) if path.exists())
    kept = os.access(home, os.W_OK)
    yield Finding(
        f"{home} {'can' if kept else 'cannot'} be written",
        "" if count or kept else "set NUMBA_CACHE_DIR to a folder that can",
        needed=False,
    )


def terminal() -> Finding:
    """Check how much a table may show."""
    columns = get_terminal_size().columns
    colour = "no colour" if os.environ.get("NO_COLOR") else "colour"
    where = "a terminal" if sys.stdout.isatty() else "no terminal"
    mend = f"{ROOMY} show more" if columns < ROOMY and sys.stdout.isatty() else ""
    return Finding(f"{where}, {columns} columns, {colour}", mend, needed=False)


def tools() -> Iterator[Finding]:
    """Look for programs that Hedgerow can feed."""
    for program, package in TOOLS.items():
        path = which(program) or which(program, path="/usr/sbin:/sbin")
        mend = "" if path else f"optional: apt-get install {package}"
        yield Finding(path or f"no {program}", mend, needed=False)


def lists(site: Site, folder: Path, now: int) -> Iterator[Finding]:
    """Check that the ranges of known crawlers are young enough."""
    if site.ranges:
        days = distant(site.origins, now, 0)
        refresh = f"hedgerow refresh --ranges {folder / site.ranges}"
        mend = refresh if days * DAY > STALE or not site.origins else ""
        yield Finding(f"{site.ranges}: ranges of crawlers, {days} days old", mend, needed=False)


def accounts(site: Site) -> Finding:
    """Say whether it is known how old accounts are."""
    if (site.accounts.created >= 0).any() or np.isfinite(site.accounts.days).any():
        return Finding("accounts: their age is told")
    seen = "no age of any account; `tenure` is silent"
    return Finding(seen, "optional: [lookups] accounts, created", needed=False)


def galleries(site: Site) -> Finding:
    """Say whether it is known how many pictures owners have."""
    if len(site.galleries):
        return Finding(f"galleries: of {len(site.galleries):,} owners it is told how many pictures")
    seen = "no number of pictures of any owner; `depth` is silent"
    return Finding(seen, "optional: [lookups] galleries, or owners", needed=False)


def systems(site: Site) -> Finding:
    """Say whether it is known whose network an address is in, and who rents out machines."""
    if site.systems.tells_hosters:
        return Finding("systems: hosters are told apart")
    named = site.systems.records is not None
    seen = "systems: the file names no hosters" if named else "no file of systems"
    wanted = "hosters" if named else "systems"
    silent = "`hosting` is silent" if named else "`hosting` is silent, fleets have no system"
    return Finding(f"{seen}; {silent}", f"optional: [lookups] {wanted}", needed=False)


@click.command("doctor")
@settings_option
@site_option
def doctor_command(settings_file: Path | None, site_file: Path | None) -> None:
    """Check Python, packages, compiled kernels, the terminal and optional programs.

    And what the site's files tell, and how old they are; the broker with its topics, and Redis,
    where the settings or the environment name them. Exit code 1 if something is missing that
    nothing works without.
    """
    findings = [python(), *packages(), *kernels(cache_folder()), terminal(), *tools()]
    site, now = given_site(site_file), int(time.time())  # noqa: TID251 - lists age by the clock
    findings += [accounts(site), galleries(site), systems(site)]
    if site_file:
        findings += lists(site, site_file.parent, now)
    if settings_file or any(name.startswith(PLACES) for name in os.environ):
        findings += services(given_live(settings_file))
    shown = console()
    for finding in findings:
        mark = "[green]ok[/]" if not finding.mend else "[red]!![/]" if finding.needed else "--"
        told = escape(f"{finding.seen}{finding.mend and f'  →  {finding.mend}'}")
        shown.print(f"{mark:>2}  {told}")
    if any(finding.mend and finding.needed for finding in findings):
        sys.exit(1)
