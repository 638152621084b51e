"""A hold finds exactly what a loop over all terms finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidence.hold import Hold, Term, spread_of

KEYS, TIMES = st.integers(1, 4), st.integers(0, 14)
TERMS = st.lists(
    st.builds(
        lambda key, begins, lasts: Term(key, begins, begins + lasts, 10 * key),
        KEYS,
        TIMES,
        st.integers(1, 9),
    ),
    min_size=1,
    max_size=8,
)
ASKED = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 30)), max_size=20)


@given(terms=TERMS, asked=ASKED, eve=st.integers(0, 3))
def test_a_hold_is_what_a_loop_finds(
    terms: list[Term], asked: list[tuple[int, int]], eve: int
) -> None:
    keys = np.array([key for key, _ in asked], np.uint64)
    at = np.array([at for _, at in asked], np.int64)
    rows, cases, held = Hold.of(terms, eve).look(keys, spread_of(keys), at)

    def found(eve: int) -> list[int]:
        return [
            row
            for row, (key, moment) in enumerate(asked)
            if any(t.key == key and t.begins - eve <= moment < t.ends for t in terms)
        ]

    assert rows.tolist() == found(eve)
    assert rows[held].tolist() == found(0)
    assert cases.tolist() == [10 * int(keys[row]) for row in rows]
