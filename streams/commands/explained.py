"""Explained: an explanation as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.markup import escape
from rich.table import Table

from enforcement.moments import moment
from evidence.words import clipped
from streams.commands.sentences import who
from streams.folder import PLACES

if TYPE_CHECKING:
    from rich.console import Console

    from actors.frame import Scope
    from evidence.explanation import Explanation

APPLICATION = (
    "blocklist.txt does not hold it, as firewalls know neither sessions nor accounts: "
    "let your application act on decisions.ndjson"
)


def show(told: Explanation, scope: Scope, shown: Console) -> None:
    """Print it for people."""
    name = escape(clipped(who(scope, told.target)))
    shown.print(f"[bold]{name}[/]: {told.action}, {told.score:.2f} nats")
    steps = (
        f"[{'bold' if told.score >= nats else 'dim'}]{name} {nats:g}[/]"
        for name, nats in told.thresholds.items()
    )
    shown.print(f"thresholds in nats, those crossed are bold: {', '.join(steps)}")
    if told.note:
        shown.print(escape(told.note), soft_wrap=True)
    if scope not in PLACES:
        shown.print(APPLICATION, soft_wrap=True)
    if told.parts:
        shown.print(parts(told), reasons(told), "")
    if told.turns:
        shown.print("[bold]What would have changed the answer[/], all else being the same")
        for lever in told.levers:
            shown.print(f"  {lever}")
        if not told.levers:
            shown.print("  no single count: see the column “without it”")
        shown.print("", turns(told))
    if told.others:
        shown.print(others(told, scope))


def parts(told: Explanation) -> Table:
    """Lay out what each detector brought."""
    table = Table("detector", "family", box=box.SIMPLE_HEAD)
    for heading in ("score", "nats", "share"):
        table.add_column(heading, justify="right")
    table.add_column("without it")
    table.add_column("seen at", no_wrap=True)
    for part in told.parts:
        numbers = (f"{part.score:.2f}", f"{part.nats:.2f}", f"{part.share:.0%}")
        table.add_row(part.detector, part.family, *numbers, part.without, moment(part.said_at))
    return table


def reasons(told: Explanation) -> Table:
    """Say why, under the figures: beside them sentences would have no room on a terminal."""
    said = Table.grid(padding=(0, 2))
    for part in told.parts:
        said.add_row(f"  {part.detector}", escape(part.reason))
    return said


def turns(told: Explanation) -> Table:
    """Lay out the decisions on the way."""
    table = titled("Its decisions", "at", "action", "until")
    for heading in ("nats", "pictures gone"):
        table.add_column(heading, justify="right")
    for turn in told.turns:
        numbers = (f"{turn.score:.2f}", f"{turn.pictures:,}")
        table.add_row(moment(turn.at), turn.action, moment(turn.until), *numbers)
    return table


def others(told: Explanation, scope: Scope) -> Table:
    """Lay out who came close to a block, and what was missing; they are of the same scope."""
    table = titled("Why others were not blocked", "who", "action")
    table.add_column("nats", justify="right")
    table.add_column("because")
    for other in told.others:
        name = escape(clipped(who(scope, other.target)))
        table.add_row(name, other.action, f"{other.score:.2f}", escape(other.lack))
    return table


def titled(title: str, *headings: str) -> Table:
    """Begin a table under its title."""
    return Table(
        *headings,
        title=title,
        title_style="bold",
        title_justify="left",
        box=box.SIMPLE_HEAD,
    )
