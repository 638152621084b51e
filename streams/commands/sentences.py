"""Sentences: a decision, said in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.commands.terminal import visible
from streams.records import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from enforcement.decision import Decision


def say(decisions: Iterable[Decision], console: Console) -> None:
    """Print decisions as they come."""
    for decision in decisions:
        console.print(sentence(decision), soft_wrap=True, markup=False)


def sentence(decision: Decision) -> str:
    """Say when, what, to whom, until when, and why."""
    return (
        f"{moment(decision.at)}  {decision.action.name.lower():9}  {visible(decision.target)}  "
        f"until {moment(decision.until)}  {decision.pictures:,} pictures of "
        f"{decision.owners:,} owners  ({', '.join(decision.families)})"
    )
