"""Sentences: a decision, said in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.records import moment

if TYPE_CHECKING:
    from enforcement.decision import Decision


def sentence(decision: Decision) -> str:
    """Say when, what, to whom, until when, and why."""
    return (
        f"{moment(decision.at)}  {decision.action.name.lower():9}  {decision.target}  "
        f"until {moment(decision.until)}  {decision.pictures:,} pictures of "
        f"{decision.owners:,} owners  ({', '.join(decision.families)})"
    )
