"""Summaries come back from the wire as they were, or are refused."""

from __future__ import annotations

import pytest

from actors.baseline import COUNTS
from streams.wire.summaries import SITE, Summary, read_summary, together

ONE = Summary(3, 70, (68, 70), (tuple(range(COUNTS)), tuple(range(7, COUNTS + 7))))


def test_a_summary_comes_back_as_it_was() -> None:
    assert ONE == read_summary(ONE.encoded())
    assert Summary(SITE, 5) == read_summary(Summary(SITE, 5).encoded())


def test_what_was_said_one_after_the_other_can_be_said_at_once() -> None:
    later = Summary(3, 72, (72,), (tuple(range(COUNTS)),))

    said = together([ONE, later])

    assert (said.shard, said.closed, said.minutes) == (3, 72, (68, 70, 72))
    assert said.columns[1].tolist() == [*ONE.columns[1].tolist(), *later.columns[1].tolist()]


def test_no_newcomers_are_columns_without_rows() -> None:
    minutes, counts = Summary(SITE, 5).columns

    assert (minutes.shape, counts.shape) == ((0,), (0, COUNTS))


@pytest.mark.parametrize(
    "message",
    [b"", b"\xff\x00", b"[]", b'{"shard":1}', ONE.encoded()[:-1], ONE.encoded() + b"x"],
)
def test_what_is_no_summary_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError, match="no summary: "):
        read_summary(message)


@pytest.mark.parametrize(
    "odd",
    [
        Summary(3, 70, (68,), ()),
        Summary(3, 70, (), (tuple(range(COUNTS)),)),
        Summary(3, 70, (68,), ((1, 2),)),
        Summary(3, 70, (70, 68), (tuple(range(COUNTS)),) * 2),
        Summary(3, 70, (71,), (tuple(range(COUNTS)),)),
    ],
)
def test_a_summary_that_does_not_fit_together_is_refused(odd: Summary) -> None:
    with pytest.raises(ValueError, match="no summary: "):
        read_summary(odd.encoded())
