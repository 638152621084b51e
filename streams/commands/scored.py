"""Scored: the demo's tables, while it runs and against the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.markup import escape
from rich.table import Table

from enforcement.decision import Action
from streams.commands.terminal import visible
from streams.records import moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from enforcement.decision import Decision
    from streams.tally import Tally
    from tests.cast.score import Standing

LATEST = 12  # decisions in sight
HEADINGS = ("visitors", "blocked", "or challenged", "after", "pictures lost", "owners", "saved")


def board(tally: Tally, latest: Sequence[Decision]) -> RenderableType:
    """Show where time is, what was counted, and the latest decisions."""
    counts = Table(box=None, show_header=False)
    counts.add_row("time on the platform", moment(tally.end))
    counts.add_row("requests", f"{tally.requests:,}")
    counts.add_row("pictures delivered", f"{tally.pictures:,}")
    counts.add_row("… a block would refuse", f"[bold]{tally.saved:,}[/]")
    said = Table(box=None, show_header=False)
    for decision in latest[-LATEST:]:
        style = "bold red" if decision.action is Action.BLOCK else ""
        said.add_row(*brief(decision), style=style)
    return Group(counts, "", said)


def brief(decision: Decision) -> tuple[str, ...]:
    """Say a decision in the cells of one row."""
    return (
        moment(decision.at)[11:19],
        decision.action.name.lower(),
        escape(visible(decision.target)),
        f"{decision.pictures:,} pictures",
        f"{decision.owners:,} owners",
        ", ".join(decision.families),
    )


def verdicts(standings: Iterable[Standing]) -> Table:
    """Hold what was found against the truth, class by class."""
    table = Table(box=box.SIMPLE_HEAD, title="Held against the truth")
    table.add_column("who they were")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for standing in standings:
        table.add_row(*cells(standing), style=style_of(standing))
    return table


def cells(standing: Standing) -> tuple[str, ...]:
    """Write one class; only of harvesters are pictures lost."""
    lost = (f"{standing.lost:,}", f"{standing.owners:,}") if standing.guilty else ("", "")
    return (
        standing.name,
        f"{standing.visitors:,}",
        f"{standing.blocked:,}",
        f"{standing.challenged:,}",
        "" if standing.seconds is None else f"{standing.seconds:,.0f} s",
        *lost,
        f"{standing.saved:,}",
    )


def style_of(standing: Standing) -> str:
    """Mark what went well and what did not."""
    if standing.guilty:
        return "green" if standing.blocked == standing.visitors else "yellow"
    return "bold red" if standing.blocked else ""
