"""Effects: whom some decisions hit, and which lines they would have stopped."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Column:
    """One way to name an actor: its distinct values, and the lines of each."""

    values: NDArray[np.int64]
    order: NDArray[np.int64]  # (lines,) lines, value after value
    ends: NDArray[np.int64]  # (values,) where the lines of each value end in `order`

    @classmethod
    def of(cls, column: NDArray[np.int64]) -> Column:
        """Sort lines by value."""
        values, counts = np.unique(column, return_counts=True)
        return cls(values, np.argsort(column, kind="stable"), np.cumsum(counts))

    def lines(self, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
        """List the lines that hold one of the chosen values."""
        starts = np.r_[0, self.ends[:-1]]
        spans = [self.order[starts[i] : self.ends[i]] for i in np.flatnonzero(chosen)]
        return np.concatenate([np.zeros(0, np.int64), *spans])


@dataclass(frozen=True, slots=True)
class Rows:
    """The lines of a world, to be looked up by whatever a decision names."""

    requests: Requests
    address: Column
    session: Column
    account: Column

    @classmethod
    def of(cls, requests: Requests) -> Rows:
        """Sort the lines three ways."""
        columns = (requests.address, requests.session, requests.account)
        return cls(requests, *map(Column.of, columns))

    def effect(self, decisions: Iterable[Written]) -> Effect:
        """Find whom and what decisions hit."""
        requests = self.requests
        first = np.full(int(requests.visitor.max(initial=-1)) + 1, NEVER)
        covered = np.zeros(len(requests), bool)
        for decision in decisions:
            begins, ends = _milliseconds(decision["at"]), _milliseconds(decision["until"])
            for target in decision.get("members") or (decision["target"],):
                lines = self.lines(decision["scope"], target)
                np.minimum.at(first, requests.visitor[lines], begins)
                at = requests.at[lines]
                covered[lines[(at >= begins) & (at < ends)]] = True
        return Effect(first, covered)

    def lines(self, scope: str, target: str) -> NDArray[np.int64]:
        """List the lines of everybody inside a target; a cohort's members are told one by one."""
        if scope == "cohort":
            return np.zeros(0, np.int64)
        if scope == "session":
            return self.session.lines(_spelt(self.session.values, session_text, target))
        if scope == "account":
            return self.account.lines(_spelt(self.account.values, account_text, target))
        return self.address.lines(codes_inside(self.address.values, target))


def _spelt(
    values: NDArray[np.int64], spell: Callable[[int], str], target: str
) -> NDArray[np.bool_]:
    return np.array([bool(v) and spell(v) == target for v in values.tolist()], bool)


def _milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)
