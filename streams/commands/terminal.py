"""Terminal: how commands talk to people; colour and motion only where somebody looks."""

from __future__ import annotations

import sys
from time import perf_counter  # noqa: TID251 - how fast it goes; nothing is decided by it
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from streams.pipeline import Step
    from streams.sources import Source

WIDE = 160  # columns of a table that goes to a file, where nothing says how wide it may be


def console() -> Console:
    """Write to standard output; rich honours NO_COLOR and leaves out colour in files."""
    return Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, soft_wrap=False)


def visible(text: str) -> str:
    """Show what came from a log as it is, but for what would steer a terminal."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def metered(steps: Iterable[Step], sources: Sequence[Source]) -> Iterator[Step]:
    """Pass steps on; show how far, how fast and how long still, where standard error is seen."""
    errors = Console(stderr=True)
    total = sum(source.size for source in sources) or None
    start, lines = perf_counter(), 0
    with bar(errors) as progress:
        task = progress.add_task("reading", total=total, rate="")
        for step in steps:
            lines += len(step.batch) + len(step.rejects)
            rate = lines / max(perf_counter() - start, 1e-9)
            done = sum(source.position for source in sources)
            progress.update(task, completed=done, rate=f"{rate:,.0f} lines/s")
            yield step


def bar(errors: Console) -> Progress:
    """Make the bar; it is silent where standard error is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=errors,
        disable=not errors.is_terminal,
        transient=True,
    )
