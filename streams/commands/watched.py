"""Watched: the live picture of a platform, as a screen or as lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rich.console import Group
from rich.markup import escape
from rich.table import Table

from enforcement.decision import Action
from enforcement.moments import moment
from streams.commands.sentences import UNITS, WIDTH, taken, who
from streams.commands.shown import STYLES, UNKNOWN
from streams.commands.terminal import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import JustifyMethod, RenderableType

    from streams.picture import Picture, Row

WORDS = (*(action.name.lower() for action in reversed(Action) if action), "pardon")
COLUMNS = {  # how wide; None: what the others leave
    "since": 8, "action": 9, "who": None, "left": 7, "pictures": 8, "owners": 6, "because of": None,
}  # fmt: skip
NUMBERS = ("left", "pictures", "owners")
ABOVE = 9  # lines of a screen over the rows


def screen(picture: Picture, now: float, lines: int) -> RenderableType:
    """Fill a screen of so many lines."""
    rows = Table(box=None, header_style="dim", pad_edge=False, expand=True)
    for heading, width in COLUMNS.items():
        justify: JustifyMethod = "right" if heading in NUMBERS else "left"
        ratio = None if width else 1
        rows.add_column(heading, justify=justify, width=width, ratio=ratio, no_wrap=True)
    for row in picture.rows[: max(lines - ABOVE, 1)]:
        rows.add_row(*cells(row), style=STYLES.get(row.entry.word, ""))
    return Group(*above(picture, now), "", rows)


def above(picture: Picture, now: float) -> list[str]:
    """Say in a few lines how all of it stands."""
    firewalls = [f"[dim]firewalls[/]    {picture.firewalls}"] if picture.firewalls else []
    return [
        f"[bold]Hedgerow[/]  {moment(int(now))}",
        f"[dim]judged[/]       {progress(picture)}",
        f"[dim]arriving[/]     {picture.arriving:,.1f} messages/s",
        f"[dim]in force[/]     {counted(picture.force)}",
        f"[dim]last minute[/]  {counted(picture.decided)}; {picture.rejects:,} unreadable lines",
        f"[dim]gone[/]         {gone(picture)}",
        *firewalls,
    ]


def gone(picture: Picture) -> str:
    """Say what the blocked had before they were blocked; whose it was, where that is known."""
    least, most = picture.owners
    hit = f"{least:,} to {most:,}" if least < most else f"{most:,}"
    owners = f" of {hit} owners" if most else ""
    return f"{picture.pictures:,} pictures{owners}, before the block"


def cells(row: Row) -> tuple[str, ...]:
    """Write one row."""
    entry = row.entry
    return (
        moment(entry.since)[11:19] if entry.since else "",
        entry.word,
        escape(who(entry.scope, entry.target)),
        about(row.left),
        f"{entry.pictures:,}" if entry.pictures else "",
        f"{entry.owners:,}" if entry.owners else UNKNOWN if entry.pictures else "",
        escape(visible(row.because)),
    )


def status(picture: Picture, now: float) -> str:
    """Say in a line how all of it stands."""
    return (
        f"{moment(int(now))}  judged {progress(picture)}; {picture.arriving:,.1f} messages/s; "
        f"in force: {counted(picture.force)}; last minute: {counted(picture.decided)}, "
        f"{picture.rejects:,} unreadable lines"
        f"{picture.firewalls and f'; firewalls: {picture.firewalls}'}"
    )


def begun(row: Row, now: float) -> str:
    """Say in a line what is done about somebody from now on."""
    entry = row.entry
    said = f"{moment(int(now))}  {entry.word:9}  {who(entry.scope, entry.target):{WIDTH}}"
    had = f"  {taken(entry)}" if entry.pictures else ""
    because = f"  ({visible(row.because)})" if row.because else ""
    return f"{said}  for {about(row.left):>6}{had}{because}"


def ended(key: str, now: float) -> str:
    """Say in a line that nothing is done about somebody any more."""
    return f"{moment(int(now))}  {'ended':9}  {visible(key)}"


def progress(picture: Picture) -> str:
    """Say how far time has come."""
    if picture.judged is None or picture.behind is None:
        return "nothing yet"
    return f"up to {moment(picture.judged)[11:16]}, {about(picture.behind)} behind"


def counted(counts: Mapping[str, int]) -> str:
    """Say how many of each action, the hardest first."""
    return ", ".join(f"{counts[word]:,} {word}" for word in WORDS if counts.get(word)) or "nothing"


def about(seconds: float) -> str:
    """Say a duration in the largest unit that it has two of."""
    if seconds == math.inf:
        return "ever"
    size = next((size for size in UNITS if seconds >= 2 * size), 1)
    return f"{round(seconds / size)} {UNITS[size]}"
