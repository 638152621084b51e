"""Samples: a few log lines of each case, verbatim, chosen by rule and not by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from access.event import Field
from evidence.hold import MIXER
from evidence.stars import covered, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from access.batch import Batch

FIRST = 5  # lines of each case that are kept because they came first
MOST = 20  # lines of each case; the others are those with the lowest draws
CASES = 4096  # that get lines at all, the earliest; 100 MB of lines at the worst
LONGEST = 1200  # bytes of a line that are kept
HIGHEST = np.uint64(0xFFFFFFFFFFFFFFFF)
OBJECT = b'{"'  # a line with this may be JSON
TELLING = 4  # bytes; what is shorter stands in half of all lines and means something else there


@dataclass(frozen=True, slots=True)
class Sample:
    """One line of a log."""

    draw: int  # a hash of source and number: who picks the lowest picks at random, repeatably
    source: int  # which input
    number: int  # line number in it
    line: bytes  # verbatim but for session and account, cut at LONGEST
    agent: bytes  # its user agent


class Samples:
    """Keeps the first lines of each case, and those that the lowest draws choose."""

    def __init__(self) -> None:
        """Begin with none."""
        self._early: dict[int, list[Sample]] = {}
        self._drawn: dict[int, list[Sample]] = {}  # lowest draws first
        self._came = np.zeros(CASES, np.int64)  # lines kept because they came first
        self._bar = np.full(CASES, HIGHEST)  # a draw has to be lower than this

    def offer(self, case: NDArray[np.int64], batch: Batch, rows: NDArray[np.intp]) -> None:
        """Look at lines in order; row rows[i] of *batch* belongs to case[i]."""
        known = case < CASES
        case, rows = case[known], rows[known]
        draw = draws(batch.source[rows], batch.number[rows])
        may = np.flatnonzero((draw < self._bar[case]) | (self._came[case] < FIRST))
        case, rows, draw = case[may], rows[may], draw[may]
        early = ranks(case, rows) + self._came[case] < FIRST
        low = (draw < self._bar[case]) & (ranks(case, draw) < MOST)
        for place in np.flatnonzero(early | low).tolist():
            sample = sample_of(batch, int(rows[place]), int(draw[place]))
            if early[place]:
                self._early.setdefault(int(case[place]), []).append(sample)
            if low[place]:
                self._keep(int(case[place]), sample)
        np.add.at(self._came, case[early], 1)

    def of(self, case: int) -> tuple[Sample, ...]:
        """Give the lines of a case in the order of their inputs."""
        early = self._early.get(case, [])
        drawn = [sample for sample in self._drawn.get(case, []) if sample not in early]
        chosen = [*early, *drawn][:MOST]
        return tuple(sorted(chosen, key=lambda sample: (sample.source, sample.number)))

    def _keep(self, case: int, sample: Sample) -> None:
        drawn = sorted([*self._drawn.get(case, []), sample], key=lambda sample: sample.draw)[:MOST]
        self._drawn[case] = drawn
        if len(drawn) == MOST:
            self._bar[case] = drawn[-1].draw


def sample_of(batch: Batch, row: int, draw: int) -> Sample:
    """Copy a line out of a batch."""
    return Sample(
        draw=draw,
        source=int(batch.source[row]),
        number=int(batch.number[row]),
        line=shown(batch, row)[:LONGEST],
        agent=batch.text(row, Field.AGENT)[:LONGEST],
    )


def shown(batch: Batch, row: int) -> bytes:
    """Copy a line, but for what names or opens an account: a session is as good as a password.

    JSON may say it twice, in a field and in the line it was read from. A line that is known to say
    it, one does not see where, is covered whole.
    """
    line, start = batch.text(row, Field.LINE), int(batch.spans[row, 2 * Field.LINE])
    places: set[tuple[int, int]] = set()
    for field in (Field.SESSION, Field.ACCOUNT):
        text, place = batch.text(row, field), int(batch.spans[row, 2 * field]) - start
        if text and 0 <= place < len(line):
            places.add((place, place + len(text)))
            if OBJECT in line and len(text) >= TELLING:
                places |= spans(line, text, apart=True)
        elif text:
            places |= spans(line, text) or {(0, len(line))}
    return covered(line, places)


def draws(source: NDArray[np.int32], number: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Draw a number for each line from where it stands (the finaliser of SplitMix64)."""
    mix = (source.astype(np.uint64) << np.uint64(48)) + number.astype(np.uint64) * MIXER
    mix = (mix ^ (mix >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mix = (mix ^ (mix >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    drawn: NDArray[np.uint64] = mix ^ (mix >> np.uint64(31))
    return drawn


def ranks(group: NDArray[np.int64], value: NDArray[np.generic]) -> NDArray[np.int64]:
    """Rank each value within its group, from 0."""
    order = np.lexsort((value, group))
    ordered = group[order]
    place = np.arange(len(group))
    begins = np.ones(len(group), np.bool_)
    begins[1:] = ordered[1:] != ordered[:-1]
    rank = np.empty(len(group), np.int64)
    rank[order] = place - np.maximum.accumulate(np.where(begins, place, 0))
    return rank
