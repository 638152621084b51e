"""Tables: what the trials came to, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from benchmarks.quality.record import totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from benchmarks.quality.record import Record
    from benchmarks.quality.witness import Witness

GUILTY = (
    "harvester",
    "came",
    "found",
    "challenged",
    "blocked",
    "addresses",
    "after",
    "gone when found",
    "… challenged",
    "… blocked",
    "lost",
    "owners",
)
INNOCENT = ("innocent", "people", "blocked", "challenged", "throttled", "degraded")
COMPARED = (
    "",
    "found",
    "lost until blocked",
    "… challenged or blocked",
    "people blocked",
    "challenged",
    "slowed down",
)
DETECTOR = ("detector", "recall", "precision", "wrong", "no longer found without it")


def headed(title: str, headings: Sequence[str]) -> Table:
    """Begin a table: words on the left, numbers on the right."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for place, heading in enumerate(headings):
        words = heading.startswith("no longer")
        left = place == 0 or words
        table.add_column(heading, justify="left" if left else "right", no_wrap=not words)
    return table


def guilty_table(told: Sequence[Record]) -> Table:
    """Say of each class of harvesters when it was found and what it had by then."""
    table = headed(
        "Harvesters (addresses: share of theirs that was found; medians of seconds and pictures)",
        GUILTY,
    )
    harvesters = [record for record in told if record.guilty]
    for record in (*harvesters, totals(told)[0]):
        table.add_row(*guilty_cells(record))
    return table


def guilty_cells(record: Record) -> tuple[str, ...]:
    """Write one class of harvesters."""
    waited = record.median("waited")
    return (
        record.name,
        f"{record.sum('visitors'):,}",
        f"{record.sum('found'):,}",
        f"{record.sum('challenged'):,}",
        f"{record.sum('blocked'):,}",
        f"{record.reached:.0%}",
        "" if waited is None else f"{waited:,.0f} s",
        f"{record.median('unseen'):,.0f} ({record.early:.0%})",
        f"{record.median('unchallenged'):,.0f}",
        f"{record.median('unblocked'):,.0f}",
        f"{record.share:.0%}",
        f"{record.sum('owners'):,}",
    )


def innocent_table(told: Sequence[Record]) -> Table:
    """Say of each class of others how many were hit; a rung counts what is harder as well."""
    table = headed("Others", INNOCENT)
    others = [record for record in told if not record.guilty]
    for record in (*others, totals(told)[1]):
        counts = ("visitors", "blocked", "challenged", "throttled", "degraded")
        table.add_row(record.name, *(f"{record.sum(count):,}" for count in counts))
    return table


def compared(title: str, judged: Mapping[str, Sequence[Record]]) -> Table:
    """Hold all who judged the same platforms against each other."""
    table = headed(title, COMPARED)
    for name, told in judged.items():
        guilty, others = totals(told)
        table.add_row(
            name,
            f"{guilty.sum('found'):,} of {guilty.sum('visitors'):,}",
            f"{guilty.share:.1%}",
            f"{guilty.slipped:.1%}",
            f"{others.sum('blocked'):,}",
            f"{others.sum('challenged') - others.sum('blocked'):,}",
            f"{others.sum('throttled') - others.sum('challenged'):,}",
        )
    return table


def class_table(judged: Mapping[str, Sequence[Record]]) -> Table:
    """Say by whom how many of each class of harvesters are found, and what is lost to them."""
    table = headed("Found, and lost", ("harvester", *judged))
    for rows in zip(*judged.values(), strict=True):
        if rows[0].guilty:
            cells = (f"{r.sum('found')}/{r.sum('visitors')} {r.share:.0%}" for r in rows)
            table.add_row(rows[0].name, *cells)
    return table


def detector_table(told: Iterable[Witness], needed: Mapping[str, Mapping[str, int]]) -> Table:
    """Say how far each detector is right, and what only it finds (class: visitors)."""
    table = headed("Detectors", DETECTOR)
    for each in told:
        lost = ", ".join(f"{name} {count}" for name, count in needed.get(each.detector, {}).items())
        precision = "" if each.precision is None else f"{each.precision:.0%}"
        wrong = f"{each.sure - each.right:,}"
        table.add_row(each.detector, f"{each.recall:.0%}", precision, wrong, lost)
    return table
