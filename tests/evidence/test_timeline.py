"""A timeline fits a log of any length and loses no picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.event import Outcome
from evidence.casebook import Casebook
from evidence.plots import series_plot, space_plot
from evidence.timeline import ALL, BINS, DELIVERED, REFUSED, SAVED, STOPPED, Timeline
from tests.evidence.scenes import AT, Asked, batch, decision


def drawn(seconds: list[int], cut: int = 0) -> Timeline:
    """Draw the pictures of these seconds after AT, seen in two pieces."""
    line, book, requests = Timeline(), Casebook(), [Asked(second) for second in seconds]
    for piece in (requests[:cut], requests[cut:]):
        line.see(book.see(batch(piece), [decision(10, 20)] if not piece or piece[0][0] else []))
    return line


def test_bins_double_until_the_log_fits() -> None:
    line = drawn([0, 1, 511, 512, 3_000_000])

    assert (line.begins, line.width) == (AT, 8192)
    assert line.series[DELIVERED].sum() == line.space[ALL].sum() == 5
    assert line.series[DELIVERED][0] == 4


@given(seconds=st.lists(st.integers(0, 3_000), min_size=1).map(sorted), share=st.floats(0, 1))
def test_how_the_log_is_cut_changes_no_bin(seconds: list[int], share: float) -> None:
    whole, cut = drawn(seconds), drawn(seconds, int(share * len(seconds)))

    assert whole.width == cut.width
    assert np.array_equal(whole.space[ALL], cut.space[ALL])
    assert np.array_equal(whole.series[DELIVERED], cut.series[DELIVERED])


@pytest.mark.parametrize("days", [0, 0.001, 0.04, 0.5, 1, 4, 30, 100, 800])
def test_a_log_of_any_length_can_be_drawn(days: float) -> None:
    line = drawn([0, int(days * 86_400)])

    for plot in (space_plot(line), series_plot(line)):
        assert plot.startswith("<svg")
        assert plot.rstrip().endswith("</svg>")


def test_one_visitor_is_one_line() -> None:
    line = Timeline()
    line.see(Casebook().see(batch([Asked(second) for second in range(BINS)]), []))

    assert np.count_nonzero(line.space[ALL].any(axis=1)) == 1
    assert line.used == BINS


def test_what_a_block_would_have_refused_is_drawn_apart() -> None:
    line = Timeline()
    line.see(Casebook().see(batch([Asked(0), Asked(15)]), [decision(10, 20)]))

    assert line.series[SAVED].sum() == line.space[STOPPED].sum() == 1


def test_what_the_platform_refused_was_stopped_too() -> None:
    line = Timeline()
    refused = [Asked(1, outcome=Outcome.REFUSED), Asked(2, outcome=Outcome.MISSING)]
    line.see(Casebook().see(batch([Asked(0), *refused]), []))

    assert line.series[REFUSED].sum() == line.space[STOPPED].sum() == 1
