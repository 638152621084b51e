"""Learned: what calibration has to tell people: tables, whom it left out, and whom it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from evidence.distribution import ENOUGH, SHARES
from evidence.leftout import Why

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from evidence.distribution import Distribution, Loud
    from evidence.proposals import Proposal
    from evidence.survey import Survey

LOUDEST = 5  # visitors who are shown; more are not looked at
WORDS = {
    Why.HARVESTS: "whom the settings challenge or block",
    Why.MACHINE: "who say that they are machines",
    Why.SPARED: "who are spared",
    Why.CROWD: "crowds behind one address",
}


def show(
    survey: Survey, seen: Sequence[Distribution], proposed: Sequence[Proposal], console: Console
) -> None:
    """Print what people do, what follows, and how far to believe it."""
    console.print(measured(seen))
    console.print(thresholds(proposed))
    for remark in remarks(survey, seen):
        console.print(remark, soft_wrap=True)


def measured(seen: Sequence[Distribution]) -> Table:
    """Lay out the quantiles; what is too little for a threshold is dim."""
    table = Table("what", "by", box=box.SIMPLE_HEAD, title="What people do here")
    for heading in ("windows", "visitors", *(f"p{100 * share:g}" for share in SHARES), "max"):
        table.add_column(heading, justify="right")
    for each in seen:
        numbers = (f"{number:,.4g}" for number in (*each.quantiles, each.most))
        counts = f"{each.windows:,}", f"{each.visitors:,}"
        style = "" if each.enough else "dim"
        table.add_row(each.quantity.name, each.scope.value, *counts, *numbers, style=style)
    return table


def thresholds(proposed: Sequence[Proposal]) -> Table:
    """Lay out the thresholds; what changes is bold."""
    table = Table("threshold", box=box.SIMPLE_HEAD, title="Thresholds")
    for heading in ("now", "proposed"):
        table.add_column(heading, justify="right")
    table.add_column("because")
    for each in proposed:
        name = f"{each.rule.detector}.{each.rule.knob}"
        style = "bold" if each.changes else ""
        table.add_row(name, f"{each.now:g}", f"{each.value:g}", each.reason, style=style)
    return table


def remarks(survey: Survey, seen: Sequence[Distribution]) -> list[str]:
    """Say whom it left out, from whom it may have learned, and what it did not see enough of."""
    counts = survey.visitors()
    left = ", ".join(f"{counts[why]:,} {words}" for why, words in WORDS.items() if counts[why])
    loud = survey.loudest(LOUDEST)
    suspected = survey.suspected()
    doubt = (
        f"It may have learned from harvesters: about {suspected:,} of these addresses something "
        "milder than a challenge was decided. The loudest that were kept, in their busiest day:"
    )
    said = [
        f"Learned from {counts[Why.KEPT]:,} addresses; left out {left or 'nobody'}.",
        doubt,
        *(f"  {loudly(each)}" for each in loud),
    ]
    return said + [lacking(each) for each in seen if not each.enough]


def loudly(loud: Loud) -> str:
    """Say what one visitor did, without a name."""
    told = "; ".join(f"{number:,.4g} {name}" for name, number in loud.counts.items() if number > 0)
    return told + "; something milder was decided" * loud.suspected


def lacking(seen: Distribution) -> str:
    """Say what no threshold follows from."""
    return (
        f"Too little for a threshold: {seen.quantity.name}, by {seen.scope.value}: "
        f"{seen.windows:,} windows of {seen.visitors:,} visitors, of {ENOUGH:,} windows needed."
    )


def plain(
    survey: Survey, seen: Sequence[Distribution], proposed: Sequence[Proposal]
) -> dict[str, Any]:
    """Tell it as plain data."""
    return {
        "measured": [told_of(each) for each in seen],
        "thresholds": [
            {
                "threshold": f"{each.rule.detector}.{each.rule.knob}",
                "now": each.now,
                "proposed": each.value,
                "because": each.reason,
            }
            for each in proposed
        ],
        "addresses": {why.name.lower(): count for why, count in survey.visitors().items()},
        "suspected": survey.suspected(),
        "loudest": [dict(loud.counts) for loud in survey.loudest(LOUDEST)],
    }


def told_of(seen: Distribution) -> dict[str, Any]:
    """Tell one row of the table."""
    return {
        "what": seen.quantity.name,
        "by": seen.scope.value,
        "windows": seen.windows,
        "visitors": seen.visitors,
        "one_of": seen.of,
        "enough": seen.enough,
        **{f"p{100 * s:g}": q for s, q in zip(SHARES, seen.quantiles, strict=True)},
        "max": seen.most,
    }
