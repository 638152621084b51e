"""A hold finds exactly what a loop over all terms finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evidence.hold import Hold, Term

KEYS, TIMES = st.integers(1, 4), st.integers(0, 14)
TERMS = st.builds(
    lambda key, eve, wait, lasts: Term(key, eve, eve + wait, eve + wait + lasts, 10 * key),
    KEYS,
    TIMES,
    st.integers(0, 2),
    st.integers(0, 9),
)
ASKED = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 30)), max_size=20)


@given(terms=st.lists(TERMS, min_size=1, max_size=8), asked=ASKED)
def test_a_hold_is_what_a_loop_finds(terms: list[Term], asked: list[tuple[int, int]]) -> None:
    keys = np.array([key for key, _ in asked], np.uint64)
    at = np.array([at for _, at in asked], np.int64)
    rows, cases, held = Hold.of(terms).look(keys, at)
    expected = [
        row
        for row, (key, moment) in enumerate(asked)
        if any(t.key == key and t.begins <= moment < t.ends for t in terms)
    ]

    assert rows[held].tolist() == expected
    assert cases.tolist() == [10 * int(keys[row]) for row in rows]


@given(terms=st.lists(TERMS, min_size=1, max_size=8), asked=ASKED)
def test_an_eve_belongs_to_the_case_but_is_not_held(
    terms: list[Term], asked: list[tuple[int, int]]
) -> None:
    keys = np.array([key for key, _ in asked], np.uint64)
    at = np.array([at for _, at in asked], np.int64)
    rows, _, _ = Hold.of(terms).look(keys, at)
    near = {
        row
        for row, (key, moment) in enumerate(asked)
        if any(t.key == key and t.eve <= moment < t.ends for t in terms)
    }

    assert set(rows.tolist()) <= near
    assert {row for row in near if sum(t.key == asked[row][0] for t in terms) == 1} <= set(
        rows.tolist()
    )
