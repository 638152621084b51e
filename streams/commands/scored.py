"""Scored: the demo's tables, while it runs and against the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group
from rich.markup import escape
from rich.table import Table

from enforcement.decision import Action
from enforcement.moments import moment
from streams.commands.sentences import who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from enforcement.decision import Decision
    from streams.tally import Tally
    from tests.cast.score import Standing

LATEST = 12  # decisions in sight
HEADINGS = ("came", "blocked", "challenged", "after", "lost", "owners", "saved")


def board(tally: Tally, latest: Sequence[Decision]) -> RenderableType:
    """Show where time is, what was counted, and the latest decisions."""
    counts = Table(box=None, show_header=False)
    counts.add_column()
    counts.add_column(justify="right")
    counts.add_row("time on the platform", moment(tally.end))
    counts.add_row("requests", f"{tally.requests:,}")
    counts.add_row("pictures delivered", f"{tally.pictures:,}")
    counts.add_row("… a block would refuse", f"[bold]{tally.saved:,}[/]")
    said = Table(box=None, header_style="dim")
    for heading in ("time", "action", "who", "pictures", "owners", "because of"):
        numeric = heading in {"pictures", "owners"}
        said.add_column(heading, justify="right" if numeric else "left", no_wrap=True)
    for decision in latest[-LATEST:]:
        style = "bold red" if decision.action is Action.BLOCK else ""
        said.add_row(*brief(decision), style=style)
    return Group(counts, "", said)


def brief(decision: Decision) -> tuple[str, ...]:
    """Say a decision in the cells of one row."""
    return (
        moment(decision.at)[11:19],
        decision.action.name.lower(),
        escape(who(decision.scope, decision.target)),
        f"{decision.pictures:,}",
        f"{decision.owners:,}",
        ", ".join(decision.families),
    )


def verdicts(standings: Sequence[Standing]) -> RenderableType:
    """Hold what was found against the truth, class by class, harvesters first."""
    table = Table(box=box.SIMPLE_HEAD, title="Held against the truth", collapse_padding=True)
    table.add_column("who they were", no_wrap=True)
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for guilty in (True, False):
        for standing in standings:
            if standing.guilty is guilty:
                table.add_row(*cells(standing), style=style_of(standing))
        table.add_section()
    return Group(table, verdict(standings), "")


def verdict(standings: Sequence[Standing]) -> str:
    """Say it in one sentence."""
    harvesters = [standing for standing in standings if standing.guilty]
    others = [standing for standing in standings if not standing.guilty]
    return (
        f"{sum(s.blocked for s in harvesters):,} of {sum(s.visitors for s in harvesters):,} "
        f"harvesters blocked; of {sum(s.visitors for s in others):,} other visitors "
        f"{sum(s.blocked for s in others):,} blocked, "
        f"{sum(s.challenged - s.blocked for s in others):,} challenged."
    )


def cells(standing: Standing) -> tuple[str, ...]:
    """Write one class; only of harvesters are pictures lost or saved."""
    lost = (standing.lost, standing.owners, standing.saved) if standing.guilty else ()
    return (
        standing.name,
        f"{standing.visitors:,}",
        f"{standing.blocked:,}",
        f"{standing.challenged - standing.blocked:,}",
        "" if standing.seconds is None else f"{standing.seconds:,.0f} s",
        *(f"{count:,}" for count in lost),
    )


def style_of(standing: Standing) -> str:
    """Mark what went well and what did not."""
    if standing.guilty:
        return "green" if standing.blocked == standing.visitors else "yellow"
    return "bold red" if standing.blocked else ""
