"""Shown: the closing table of a run, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from enforcement.decision import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

ROWS = 30  # more than one screen is read by nobody; all of them are in decisions.ndjson
LEAST = Action.DEGRADE  # what is only observed is not shown one by one
STYLES = {"block": "bold red", "challenge": "yellow", "throttle": "yellow", "degrade": "cyan"}


def show_summary(summary: Mapping[str, Any], console: Console) -> None:
    """Print who was acted upon, when, and what was gone and saved, then the totals."""
    acted = [row for row in summary["acted"] if Action[row["action"].upper()] >= LEAST]
    acted.sort(key=lambda row: -Action[row["action"].upper()])  # pictures come second
    if acted:
        console.print(table(acted[:ROWS]))
    if len(acted) > ROWS:
        console.print(f"… and {len(acted) - ROWS} more in decisions.ndjson")
    for line in totals(summary):
        console.print(line)


def table(acted: list[dict[str, Any]]) -> Table:
    """Lay out one row for each target."""
    shown = Table(
        box=box.SIMPLE_HEAD, caption="pictures gone by then, of how many owners, and saved"
    )
    shown.add_column("who", no_wrap=True)
    shown.add_column("action", no_wrap=True)
    for heading in ("since (UTC)", "until (UTC)"):
        shown.add_column(heading, no_wrap=True)
    for heading in ("gone", "owners", "saved"):
        shown.add_column(heading, justify="right")
    shown.add_column("because of")
    for row in acted:
        shown.add_row(
            row["target"],
            f"[{STYLES[row['action']]}]{row['action']}[/]",
            *(short(row[key]) for key in ("at", "until")),
            *(f"{row[key]:,}" for key in ("pictures", "owners", "saved")),
            ", ".join(row["families"]),
        )
    return shown


def short(moment: str) -> str:
    """Leave out the year, which everybody knows, so that a row fits a terminal."""
    return moment[5:-1].replace("T", " ")


def totals(summary: Mapping[str, Any]) -> list[str]:
    """Say the sums in a few lines."""
    actions = summary["actions"]
    harder = [f"{actions[a.name.lower()]:,} {PAST[a]}" for a in reversed(Action)]
    return [
        "{lines:,} lines: {requests:,} requests, {rejects:,} unreadable, {late:,} late".format(
            **summary
        ),
        "{pictures:,} pictures delivered; blocks would have refused {saved:,} of them".format(
            **summary
        ),
        ", ".join(harder),
    ]


PAST = {
    Action.BLOCK: "blocked",
    Action.CHALLENGE: "challenged",
    Action.THROTTLE: "throttled",
    Action.DEGRADE: "degraded",
    Action.OBSERVE: "observed",
}
