"""Sentences: a decision, said in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enforcement.moments import moment
from enforcement.rails import Cap
from streams.commands.terminal import visible
from streams.folder import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from enforcement.decision import Decision
    from enforcement.rails import Trip
    from enforcement.standing import Entry

WORDS = {
    Cap.PREFIX: "a network as wide as /",
    Cap.RATE: "new blocks and challenges in a minute: ",
    Cap.REQUESTS: "requests of the last hour hit: ",
    Cap.PEOPLE: "people of the last hour hit: ",
    Cap.ENTRIES: "targets in force: ",
}
UNITS = {86_400: "d", 3_600: "h", 60: "min", 1: "s"}  # seconds
WIDTH = 18  # columns: fits an address and a network of version 4


def say(decisions: Iterable[Decision], console: Console) -> None:
    """Print decisions as they come."""
    for decision in decisions:
        console.print(sentence(decision), soft_wrap=True, markup=False)


def sentence(decision: Decision) -> str:
    """Say when, what, to whom, for how long, and why."""
    name, lasts = who(decision.scope, decision.target), lasting(decision.until - decision.at)
    return (
        f"{moment(decision.at)}  {decision.action.name.lower():9}  {name:{WIDTH}}  "
        f"for {lasts:>5}  {taken(decision)}  ({', '.join(decision.families)})"
    )


def who(scope: str, target: str) -> str:
    """Name a target; a session and an account look like anything, so they say what they are."""
    shown = visible(target)
    return shown if scope in PLACES else f"{scope} {shown}"


def taken(decision: Decision | Entry) -> str:
    """Say what was gone; owners are left out where the log does not tell them."""
    pictures = f"{decision.pictures:,} picture{'s' * (decision.pictures != 1)}"
    owners = f" of {decision.owners:,} owner{'s' * (decision.owners != 1)}"
    return pictures + owners * (decision.owners > 0)


def told(trip: Trip) -> str:
    """Say which cap was reached, and what would have happened."""
    return (
        f"{moment(trip.at)}  {trip.scope} in shadow: {WORDS[trip.cap]}{trip.seen:,}, the most is "
        f"{trip.most:,}. Not acted on since: {trip.decisions:,} decisions about whoever made "
        f"{trip.requests:,} requests in their last hour, with {trip.people:,} people behind them."
    )


def lasting(seconds: int) -> str:
    """Say a duration in the largest unit that it is a whole number of."""
    size = next(size for size in UNITS if seconds % size == 0)
    return f"{seconds // size} {UNITS[size]}"
