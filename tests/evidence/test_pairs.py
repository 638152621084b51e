"""Pairs count what a set of pairs counts."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidence.pairs import Pairs

PAIRS = st.lists(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5)), max_size=9), max_size=4)


@given(parts=PAIRS)
def test_pairs_count_what_a_set_counts(parts: list[list[tuple[int, int]]]) -> None:
    pairs = Pairs()
    for part in parts:
        columns = np.array(part, np.int64).reshape(-1, 2)
        pairs.add(columns[:, 0], columns[:, 1].astype(np.uint64))
    known = {pair for part in parts for pair in part if pair[1]}

    assert pairs.counts(4).tolist() == [sum(case == n for case, _ in known) for n in range(4)]


def test_pairs_that_are_full_say_so_and_stay_as_they_are() -> None:
    pairs, case = Pairs(room=10), np.zeros(12, np.int64)
    pairs.add(case, np.arange(1, 13, dtype=np.uint64))
    counted = pairs.counts(1).tolist()
    pairs.add(case, np.arange(21, 33, dtype=np.uint64))

    assert counted == pairs.counts(1).tolist() == [12]
    assert pairs.full
