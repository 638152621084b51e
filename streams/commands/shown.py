"""Shown: the closing table of a run, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.markup import escape
from rich.table import Table

from enforcement.decision import Action
from streams.commands.sentences import who
from streams.folder import PLACES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

CAPTION = "gone: pictures delivered by then; saved: those that a block would have refused"
FLEETS = "fleets: many addresses, one list; pictures: those that their members were given"
ROWS = 20  # more than one screen is read by nobody; all of them are in decisions.ndjson
ROOMY = 105  # columns of a terminal that fit all headings
LEAST = Action.DEGRADE  # what is only observed is not shown one by one
UNKNOWN = "?"  # whose pictures they are: neither their addresses nor a table of owners says it
STYLES = {"block": "bold red", "challenge": "yellow", "throttle": "yellow", "degrade": "cyan"}
PAST = {
    Action.CHALLENGE: "challenged",
    Action.THROTTLE: "throttled",
    Action.DEGRADE: "degraded",
    Action.OBSERVE: "only observed",
}


def show_summary(summary: Mapping[str, Any], console: Console) -> None:
    """Print who was acted upon, when, and what was gone and saved, then the totals."""
    acted = [row for row in summary["acted"] if Action[row["action"].upper()] >= LEAST]
    acted.sort(key=lambda row: -Action[row["action"].upper()])  # pictures come second
    if acted:
        console.print(table(acted[:ROWS], roomy=console.width >= ROOMY))
    if len(acted) > ROWS:
        console.print(f"  … and {len(acted) - ROWS:,} more: see decisions.ndjson (--out DIR)\n")
    if summary["campaigns"]:
        console.print(fleets(summary["campaigns"]))
    console.print(totals(summary))


def table(acted: list[dict[str, Any]], *, roomy: bool) -> Table:
    """Lay out one row for each target; without room, when it ends and why is left out."""
    shown = Table(box=box.SIMPLE_HEAD, caption=CAPTION)
    shown.add_column("who", overflow="fold")
    for heading in ("action", "since (UTC)", *(["until (UTC)"] if roomy else [])):
        shown.add_column(heading, no_wrap=True)
    for heading in ("gone", "owners", "saved"):
        shown.add_column(heading, justify="right", no_wrap=True)
    if roomy:
        shown.add_column("because of")
    for row in acted:
        shown.add_row(
            escape(who(row["scope"], row["target"])),
            f"[{STYLES[row['action']]}]{row['action']}[/]",
            *([short(row["at"]), short(row["until"])] if roomy else [short(row["at"])[:-3]]),
            f"{row['pictures']:,}",
            owners(row),
            f"{row['saved']:,}",
            *([", ".join(row["families"])] if roomy else []),
        )
    return shown


def fleets(campaigns: list[dict[str, Any]]) -> Table:
    """Lay out one row for each fleet."""
    shown = Table(box=box.SIMPLE_HEAD, caption=FLEETS)
    for heading in ("campaign", "since (UTC)"):
        shown.add_column(heading, no_wrap=True)
    for heading in ("members", "challenged", "pictures", "owners"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for row in campaigns[:ROWS]:
        counts = (row[name] for name in ("members", "challenged", "pictures"))
        since = short(row["first"])[:-3]
        shown.add_row(row["target"], since, *map("{:,}".format, counts), owners(row))
    return shown


def owners(row: Mapping[str, Any]) -> str:
    """Say of how many owners pictures are."""
    return f"{row['owners']:,}" if row["owners"] else UNKNOWN


def short(moment: str) -> str:
    """Leave out the year, which everybody knows, so that a row fits a terminal."""
    return moment[5:-1].replace("T", " ")


def blocked(summary: Mapping[str, Any]) -> str:
    """Say why blocklist.txt holds fewer: blocks end, and it takes no sessions and accounts."""
    rows = [row for row in summary["acted"] if row["action"] == "block"]
    still = sum(row["until"] > summary["to"] for row in rows)
    others = sum(row["scope"] not in PLACES for row in rows)
    return f", {still:,} of them until after the end of the log" * bool(rows) + (
        f"; {others:,} are sessions or accounts, which blocklist.txt does not hold" * bool(others)
    )


def totals(summary: Mapping[str, Any]) -> Table:
    """Say the sums, one a line."""
    shown = Table.grid(padding=(0, 2))
    shown.add_column(justify="right")
    said = [
        (summary["lines"], "lines"),
        (summary["rejects"], "could not be read"),
        (summary["late"], "came late"),
        (summary["pictures"], "pictures delivered"),
        (summary["saved"], "of them would have been refused"),
        (summary["actions"]["block"], f"blocked{blocked(summary)}"),
        *((summary["actions"][action.name.lower()], past) for action, past in PAST.items()),
    ]
    for count, what in said:
        shown.add_row(f"{count:,}", what)
    return shown
