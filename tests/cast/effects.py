"""Effects: whom some decisions hit, and which lines they would have stopped."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from tests.cast.addresses import codes_inside
from tests.cast.sites import account_text, session_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from tests.cast.platform import Requests

    Written: TypeAlias = Mapping[str, Any]  # a line of decisions.ndjson

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Effect:
    """What some decisions came to."""

    first: NDArray[np.int64]  # (visitors,) milliseconds of the first one that hit, else NEVER
    covered: NDArray[np.bool_]  # (lines,) asked for while one was in force
    touched: NDArray[np.bool_]  # (lines,) by whom one hit, earlier or later


@dataclass(frozen=True, slots=True)
class Column:
    """One way to name an actor: its distinct values, and the lines of each."""

    values: NDArray[np.int64]
    order: NDArray[np.int64]  # (lines,) lines, value after value
    ends: NDArray[np.int64]  # (values,) where the lines of each value end in `order`
    places: Mapping[str, int]  # where the value with this name stands; empty for addresses

    @classmethod
    def of(cls, column: NDArray[np.int64], spell: Callable[[int], str] | None = None) -> Column:
        """Sort lines by value; *spell* writes the name of one."""
        values, counts = np.unique(column, return_counts=True)
        named = enumerate(values.tolist()) if spell else ()
        places = {spell(value): place for place, value in named if value} if spell else {}
        return cls(values, np.argsort(column, kind="stable"), np.cumsum(counts), places)

    def lines(self, places: Iterable[int]) -> NDArray[np.int64]:
        """List the lines that hold the values at some places."""
        starts = np.r_[0, self.ends[:-1]]
        spans = [self.order[starts[place] : self.ends[place]] for place in places]
        return np.concatenate([np.zeros(0, np.int64), *spans])

    def called(self, name: str) -> NDArray[np.int64]:
        """List the lines that hold the value with a name."""
        place = self.places.get(name)
        return self.lines(() if place is None else (place,))


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of a world, to be looked up by whatever a decision names."""

    requests: Requests
    address: Column
    session: Column
    account: Column
    known: dict[tuple[str, str], NDArray[np.int64]] = field(default_factory=dict)  # looked up

    @classmethod
    def of(cls, requests: Requests) -> Rows:
        """Sort the lines three ways."""
        return cls(
            requests,
            Column.of(requests.address),
            Column.of(requests.session, session_text),
            Column.of(requests.account, account_text),
        )

    @property
    def visitors(self) -> int:
        """Count everybody who came."""
        return int(self.requests.visitor.max(initial=-1)) + 1

    def effect(self, decisions: Iterable[Written]) -> Effect:
        """Find whom and what decisions hit."""
        requests = self.requests
        first = np.full(self.visitors, NEVER)
        covered, touched = np.zeros((2, len(requests)), bool)
        for decision in decisions:
            begins, ends = _milliseconds(decision["at"]), _milliseconds(decision["until"])
            for target in decision.get("members") or (decision["target"],):
                lines = self.lines(decision["scope"], target)
                np.minimum.at(first, requests.visitor[lines], begins)
                touched[lines] = True
                at = requests.at[lines]
                covered[lines[(at >= begins) & (at < ends)]] = True
        return Effect(first, covered, touched)

    def lines(self, scope: str, target: str) -> NDArray[np.int64]:
        """List the lines of everybody inside a target; a cohort's members are told one by one."""
        if (scope, target) not in self.known:
            self.known[scope, target] = self._found(scope, target)
        return self.known[scope, target]

    def _found(self, scope: str, target: str) -> NDArray[np.int64]:
        if scope == "cohort":
            return np.zeros(0, np.int64)
        if scope == "session":
            return self.session.called(target)
        if scope == "account":
            return self.account.called(target)
        inside = np.flatnonzero(codes_inside(self.address.values, target))
        return self.address.lines(inside.tolist())


def _milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)
