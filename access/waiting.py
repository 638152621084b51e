"""Waiting: the rows of one input whose tick is not over yet; see `access.ticks`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.batch import COLUMNS, Batch
from access.clock import Reach
from access.packing import join, packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

NO_TICKS = np.zeros(0, np.int64)
FOR_EVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that came together, and for each the tick in which it is judged."""

    batch: Batch
    due: NDArray[np.int64]

    def split(self, before: int) -> tuple[Part, Part]:
        """Part the rows due before a tick from the rest; there are some of both."""
        ready = self.due < before
        rest = np.flatnonzero(~ready)
        # The rest is nearly always the end, and few: it gets text of its own, the others need none.
        at_the_end = rest[0] == len(ready) - len(rest)
        rows = slice(0, int(rest[0])) if at_the_end else np.flatnonzero(ready)
        waiting = Part(packed(self.batch.take(rest)), self.due[rest])
        return Part(self.batch.take(rows), self.due[rows]), waiting


class Waiting:
    """The rows of one input that wait for their tick to close."""

    def __init__(self) -> None:
        """Begin without any."""
        self.reach = Reach()  # how far the input had come with the last of them
        self._parts: list[Part] = []

    def __len__(self) -> int:
        """Count the rows that wait."""
        return sum(len(part.due) for part in self._parts)

    @property
    def oldest(self) -> int:
        """Tell the oldest tick for which a row waits."""
        return min((int(part.due.min()) for part in self._parts), default=FOR_EVER)

    def push(self, part: Part, reach: Reach) -> None:
        """Take rows in the order in which they came."""
        self.reach = reach
        if len(part.due):
            self._parts.append(part)

    def release(self, before: int) -> list[Part]:
        """Hand on the rows due before tick *before*, in the order in which they came."""
        ready: list[Part] = []
        waiting: list[Part] = []
        for part in self._parts:
            if part.due.max() < before:
                ready.append(part)
            elif part.due.min() >= before:
                waiting.append(part)
            else:
                for parts, half in zip((ready, waiting), part.split(before), strict=True):
                    parts.append(half)
        self._parts = waiting
        return ready

    def state(self) -> dict[str, NDArray[np.generic]]:
        """Copy out what has to survive a restart."""
        waiting = packed(join(*(part.batch for part in self._parts)))
        return {
            "reach": np.array(self.reach, np.int64),
            "due": np.concatenate([NO_TICKS, *(part.due for part in self._parts)]),
            "buffer": waiting.buffer,
            "spans": waiting.spans,
            **{name: getattr(waiting, name) for name in COLUMNS},
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Take up again what `state` copied out."""
        self.reach = Reach(*state["reach"].tolist())
        fields = {name: state[name] for name in ("buffer", "spans", *COLUMNS)}
        waiting = Batch(**fields)  # type: ignore[arg-type]  # dtypes are those of COLUMNS
        self._parts = [Part(waiting, state["due"].astype(np.int64))] if len(waiting) else []
