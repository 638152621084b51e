"""Compared: what a backtest has to tell people, as tables and as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich import box
from rich.markup import escape
from rich.table import Table

from enforcement.decision import Action
from evidence.changes import counted
from streams.commands.sentences import who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from evidence.changes import Change, Fate
    from streams.backtesting import Both

ROWS = 20  # targets that are shown one by one; --json has all
LEAST = Action.DEGRADE  # what is only observed is not shown one by one


def show(both: Both, told: Sequence[Change], console: Console) -> None:
    """Print the sums, then the targets that change most, then the totals."""
    if told:
        console.print(sums(told))
    felt = [c for c in told if max(f.action for f in (c.before, c.after) if f) >= LEAST]
    if felt:
        console.print(targets(felt[:ROWS]))
    if len(felt) > ROWS:
        console.print(f"  … and {len(felt) - ROWS:,} more: see --json\n")
    console.print(totals(both, told), soft_wrap=True)


def sums(told: Sequence[Change]) -> Table:
    """Lay out how many, by scope and action."""
    table = Table("who", "what", box=box.SIMPLE_HEAD, title="In addition, and no longer")
    for heading in ("targets", "pictures saved", "people"):
        table.add_column(heading, justify="right")
    for (scope, action, milder), (count, saved, people) in counted(told).items():
        what = f"{action} no longer" if milder else f"{action} in addition"
        table.add_row(scope, what, f"{count:,}", f"{saved:+,}", f"{people:,}")
    return table


def targets(told: Sequence[Change]) -> Table:
    """Lay out one row for each target."""
    table = Table("who", "was", "would be", box=box.SIMPLE_HEAD)
    for heading in ("pictures saved", "people"):
        table.add_column(heading, justify="right")
    for change in told:
        named = escape(who(change.scope, change.target))
        words = name_of(change.before), name_of(change.after)
        table.add_row(named, *words, f"{change.saved:+,}", f"{change.people:,}")
    return table


def totals(both: Both, told: Sequence[Change]) -> str:
    """Say in two sentences what it comes to."""
    old, new = both.old.tally, both.new.tally
    harder = sum(not change.milder for change in told)
    return (
        f"Of {new.pictures:,} pictures delivered, blocks would refuse {new.saved:,} under settings "
        f"{both.new.settings.hash}, {old.saved:,} under {both.old.settings.hash}. "
        f"{harder:,} targets are met harder, {len(told) - harder:,} milder. "
        "Nothing was written to any firewall."
    )


def plain(both: Both, told: Sequence[Change]) -> dict[str, Any]:
    """Tell it as plain data."""
    words = ("scope", "action", "no_longer", "targets", "saved", "people")
    old, new = both.old, both.new
    return {
        "lines": new.tally.lines,
        "pictures": new.tally.pictures,
        "settings": {"old": old.settings.hash, "new": new.settings.hash},
        "saved": {"old": old.tally.saved, "new": new.tally.saved},
        "sums": [
            dict(zip(words, (*place, *sum_), strict=True)) for place, sum_ in counted(told).items()
        ],
        "changes": [
            {
                "scope": change.scope,
                "target": change.target,
                "was": told_of(change.before),
                "would_be": told_of(change.after),
                "saved": change.saved,
                "people": change.people,
            }
            for change in told
        ],
    }


def told_of(fate: Fate | None) -> dict[str, Any] | None:
    """Tell what came to a target, or None for nothing."""
    return {**asdict(fate), "action": name_of(fate)} if fate else None


def name_of(fate: Fate | None) -> str:
    """Name an action."""
    return fate.action.name.lower() if fate else "nothing"
