"""Explained: an explanation as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.markup import escape
from rich.table import Table

from evidence.words import clipped
from streams.records import moment

if TYPE_CHECKING:
    from rich.console import Console

    from evidence.explanation import Explanation


def show(told: Explanation, shown: Console) -> None:
    """Print it for people."""
    shown.print(f"[bold]{escape(clipped(told.target))}[/]: {told.action}, {told.score:.2f} nats")
    steps = (
        f"[{'bold' if told.score >= nats else 'dim'}]{name} {nats:g}[/]"
        for name, nats in told.thresholds.items()
    )
    shown.print(f"thresholds in nats, those crossed are bold: {', '.join(steps)}")
    if told.note:
        shown.print(escape(told.note), soft_wrap=True)
    if told.parts:
        shown.print(parts(told))
    if told.turns:
        shown.print("[bold]What would have changed the answer[/], all else being the same")
        for lever in told.levers:
            shown.print(f"  {lever}")
        if not told.levers:
            shown.print("  no single count: see the column “without it”")
        shown.print(turns(told))
    if told.others:
        shown.print(others(told))


def parts(told: Explanation) -> Table:
    """Lay out what each detector brought."""
    table = Table("detector", "family", box=box.SIMPLE_HEAD)
    for heading in ("score", "nats", "share"):
        table.add_column(heading, justify="right")
    for heading in ("without it", "seen at", "because"):
        table.add_column(heading)
    for part in told.parts:
        numbers = (f"{part.score:.2f}", f"{part.nats:.2f}", f"{part.share:.0%}")
        said = (part.without, moment(part.said_at), escape(part.reason))
        table.add_row(part.detector, part.family, *numbers, *said)
    return table


def turns(told: Explanation) -> Table:
    """Lay out the decisions on the way."""
    table = Table("at", "action", "until", box=box.SIMPLE_HEAD, title="Its decisions")
    for heading in ("nats", "pictures gone"):
        table.add_column(heading, justify="right")
    for turn in told.turns:
        numbers = (f"{turn.score:.2f}", f"{turn.pictures:,}")
        table.add_row(moment(turn.at), turn.action, moment(turn.until), *numbers)
    return table


def others(told: Explanation) -> Table:
    """Lay out who came close to a block, and what was missing."""
    table = Table("who", "action", box=box.SIMPLE_HEAD, title="Why others were not blocked")
    table.add_column("nats", justify="right")
    table.add_column("because")
    for other in told.others:
        table.add_row(
            escape(clipped(other.target)), other.action, f"{other.score:.2f}", escape(other.lack)
        )
    return table
