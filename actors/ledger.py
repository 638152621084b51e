"""Ledger: all that is remembered of the actors of one scope, in bounded memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from actors.features import Count, Latest
from actors.frame import Frame
from actors.kernels import shapes
from actors.kernels.fold import fold
from actors.memory import kept, take_up
from actors.oblivion import forget_rows, forget_slots
from actors.sheets import empty_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from actors.features import Feature
    from actors.frame import Scope
    from actors.kernels.shapes import Memory, Requests


class Ledger:
    """Folds requests into memory and says, tick by tick, what is known of who asked."""

    def __init__(
        self, scope: Scope, memory: Memory, features: Sequence[Feature], *, tick: int
    ) -> None:
        """Remember *features* of the actors of *scope*; a tick lasts *tick* seconds."""
        self.scope = scope
        self.memory = memory
        self.features = tuple(f for f in features if isinstance(f, Count | Latest))
        self._sheet = empty_sheet(self.features, len(memory.slots))
        self._sheet.state[shapes.OPEN_TICK] = shapes.NO_TICK
        self._sheet.state[shapes.TICK_SECONDS] = tick
        self.rank, self.habits = self._sheet.rank, self._sheet.habits
        self.trace = self._sheet.trace

    def observe(self, requests: Requests) -> Iterator[Frame]:
        """Fold whole ticks of requests; yield frames in order of time.

        Afterwards `rank` (rows,) tells how many pictures each request's actor had asked for,
        `habits` (rows,) what else it had done where a picture is asked for, and `trace` the
        newcomers of each tick that had any; see Sheet.
        """
        self._lay_out(len(requests.at))
        row, stop = 0, shapes.FRAME_FULL
        while stop != shapes.DONE:
            row, stop = fold(row, self.memory, requests, self._sheet)
            if stop == shapes.ACTORS_FULL:
                self._make_room(forget_rows)
            elif stop == shapes.SLOTS_FULL:
                self._make_room(forget_slots)
            elif self._sheet.state[shapes.LINES]:
                yield self._frame()
        self.trace = self._sheet.trace[: self._sheet.state[shapes.TRACED]].copy()
        self.rank = self._sheet.rank[: len(requests.at)]
        self.habits = self._sheet.habits[: len(requests.at)]

    def _lay_out(self, rows: int) -> None:
        """Make room on the sheet for a batch of so many rows."""
        if len(self._sheet.rank) < rows:
            self._sheet = self._sheet._replace(
                rank=np.zeros(rows, np.uint16),
                habits=np.zeros(rows, np.uint8),
                trace=np.zeros((rows + 1, 1 + shapes.COUNTS), np.int64),
            )
        self._sheet.state[shapes.TRACED] = 0

    def _make_room(self, forget: Callable[[Memory], None]) -> None:
        """Forget actors; whoever of them was touched in the running tick is not judged in it."""
        forget(self.memory)
        state, touched = self._sheet.state, self._sheet.touched
        running = touched[: state[shapes.TOUCHED]]
        left = running[self.memory.slots["touched"][running] >= 0]
        touched[: len(left)] = left
        state[shapes.TOUCHED] = len(left)

    def _frame(self) -> Frame:
        """Tear off the lines written so far."""
        sheet = self._sheet
        lines = int(sheet.state[shapes.LINES])
        values = sheet.values[:, :lines].copy()  # a new sheet instead would take more memory
        sheet.state[shapes.LINES] = 0
        return Frame(
            scope=self.scope,
            at=sheet.tick[:lines].copy(),
            actor=sheet.actor[:lines].copy(),
            row=sheet.row[:lines].copy(),
            columns=dict(zip(self.features, values, strict=True)),
        )

    @property
    def actors(self) -> int:
        """Count the actors remembered."""
        return int(self.memory.tally[shapes.ROWS_USED])

    @property
    def forgotten(self) -> int:
        """Count the actors forgotten so far for want of room."""
        return int(self.memory.tally[shapes.FORGOTTEN_ROWS])

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        return kept(self.memory)

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out; sizes must be the same."""
        take_up(self.memory, state)
