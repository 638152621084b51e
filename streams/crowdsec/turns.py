"""Turns: how far each bouncer has been told, and what it is told next.

Every change is told in two answers in a row: one of them may have been lost on its way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from streams.crowdsec.board import Board
    from streams.crowdsec.remedy import Remedy

MOST = 1024  # bouncers; beyond them the one that has not asked for longest starts anew; chosen


class Turn(NamedTuple):
    """Up to which change a bouncer was told, by the last answer and by the one before."""

    last: int
    before: int


@dataclass(frozen=True, slots=True)
class Delta:
    """What is told in one answer; bouncers take what is deleted first."""

    new: list[Remedy]
    deleted: list[Remedy]


class Turns:
    """Remembers whose turn is where."""

    def __init__(self, board: Board) -> None:
        """Tell what stands on *board*."""
        self.board = board
        self.held: dict[str, Turn] = {}  # who has not asked for longest first

    def whole(self, who: str) -> Delta:
        """Tell somebody all, who begins with nothing."""
        self._take(who, self.board.number)
        return Delta(list(self.board.told.values()), [])

    def next(self, who: str) -> Delta:
        """Tell somebody what has changed; whom we do not know, all, and what to forget."""
        turn = self.held.get(who)
        known = turn is not None and turn.before >= self.board.oldest
        self._take(who, turn.last if known and turn else self.board.number)
        if known and turn:
            return changed(self.board, turn.before)
        return Delta(list(self.board.told.values()), changed(self.board, -1).deleted)

    def _take(self, who: str, before: int) -> None:
        self.held.pop(who, None)
        self.held[who] = Turn(self.board.number, before)
        if len(self.held) > MOST:
            del self.held[next(iter(self.held))]


def changed(board: Board, number: int) -> Delta:
    """Give what has changed since a number.

    Bouncers skip what they have, so what now ends at another time is deleted and told anew.
    """
    delta = Delta([], [])
    for name, change in board.since(number):
        now = board.told.get(name)
        if now is not None:
            delta.new.append(now)
        if change.former:
            delta.deleted.append(change.former)
    return delta
