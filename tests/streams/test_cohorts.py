"""What shards say of minutes is merged once all have said it, however it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from actors.baseline import COUNTS
from actors.warmth import GIVEN
from enforcement.campaigns import Fleets
from streams.cohorts import Cohorts
from streams.wire.summaries import SITE, Summary, read_summary, together
from tests.actors.given import NOON, people, queue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from enforcement.finding import Found

    Rows = NDArray[np.void]

SHARDS = 3


def counts(value: int) -> tuple[int, ...]:
    return tuple(range(value, value + COUNTS))


def said(shard: int, closed: int, *minutes: int) -> Summary:
    """Have one shard say something of these minutes that no other says."""
    return Summary(shard, closed, minutes, tuple(counts(100 * shard + m) for m in minutes))


# What each shard says, one minute after the other, and whose turn it is to say the next.
EACH = [[said(s, m, m) for m in range(6) if (s + m) % 2 or m == 5] for s in range(SHARDS)]
TURNS = [shard for shard, some in enumerate(EACH) for _ in some]


def told(summaries: Iterable[Summary]) -> list[Summary]:
    cohorts = Cohorts(SHARDS, Fleets())
    return [merged for summary in summaries if (merged := cohorts.hear(summary))]


def test_a_minute_is_told_once_the_last_shard_has_closed_it() -> None:
    merged = told([said(0, 5, 4, 5), said(1, 4, 4), said(2, 9, 8)])

    added = tuple((np.array(counts(4)) + np.array(counts(104))).tolist())
    assert merged == [Summary(SITE, 4, (4,), (added,))]


def test_minutes_without_newcomers_are_closed_as_well() -> None:
    assert told([said(0, 5), said(1, 5), said(2, 5)]) == [Summary(SITE, 5)]


def test_what_is_said_twice_counts_once() -> None:
    once = [said(0, 5, 4), said(1, 5), said(2, 5, 5), said(0, 6), said(1, 6), said(2, 6)]
    again = [summary for summary in once for _ in range(2)]

    assert told(once) == told(again)


def test_what_a_shard_repeats_in_a_longer_word_counts_once() -> None:
    """It went on from an older state, and passed at once the minute that it had told before."""
    others = [said(1, 6), said(2, 6)]

    assert told([said(0, 5, 4), said(0, 6, 6), *others]) == told(
        [said(0, 5, 4), said(0, 6, 4, 6), *others]
    )


def test_a_shard_that_begins_anew_repeats_itself_unheard() -> None:
    before = [said(0, 5, 4), said(1, 5), said(2, 5)]

    assert told([*before, said(0, 3, 2), said(0, 4, 4), said(0, 5, 4)]) == told(before)


def test_a_shard_that_nobody_knows_closes_nothing() -> None:
    before = [said(0, 5), said(1, 5)]

    assert told([*before, said(SHARDS, 9, 9), said(2, 5)]) == told([*before, said(2, 5)])


def met(shard: int, closed: int, rows: Rows, since: int = -1) -> Summary:
    """Have one shard say which of its networks met up to a minute after noon."""
    mine = (rows["network"] % SHARDS == shard) & (rows["minute"] <= NOON + closed)
    return Summary(
        shard, NOON + closed, pairs=rows[mine & (rows["minute"] > NOON + since)].tobytes()
    )


def site() -> Rows:
    """Have people read for three hours, while workers share a list out."""
    rng = np.random.default_rng(3)
    return np.concatenate([people(rng, 300, 180), queue(rng, 75, 180)])


def campaigns(summaries: Iterable[Summary]) -> list[Found]:
    return [found for merged in told(summaries) for found in merged.found]


def test_campaigns_are_found_over_all_shards_and_by_none_alone() -> None:
    rows = site()
    every = [met(s, m, rows, m - 1) for m in range(180) for s in range(SHARDS)]

    alone = Cohorts(1, Fleets())
    assert [m.found for s in every if s.shard == 0 and (m := alone.hear(s)) and m.found] == []
    assert campaigns(every)


def test_a_campaign_is_told_in_the_minute_that_all_have_closed() -> None:
    rows = site()
    whole = campaigns(met(s, 179, rows) for s in range(SHARDS))

    some = told(met(s, m, rows, m - 1) for m in range(180) for s in range(SHARDS))

    assert [found for merged in some for found in merged.found] == whole
    assert all(f.minute <= merged.closed for merged in some for f in merged.found)


@given(
    st.lists(st.tuples(st.integers(0, SHARDS - 1), st.integers(1, 60)), max_size=12),
    st.integers(0, 40),
)
@settings(max_examples=20)
def test_pairs_in_any_turn_and_said_again_show_the_same_campaigns(
    turns: list[tuple[int, int]], back: int
) -> None:
    """A shard that is taken up again repeats, in longer or shorter words, what it said."""
    rows, places = site(), [-1] * SHARDS
    heard: list[Summary] = []
    for shard, minutes in [*turns, *((shard, 180) for shard in range(SHARDS))]:
        closed = min(places[shard] + minutes, 179)
        heard.append(met(shard, closed, rows, max(places[shard] - back, -1)))
        places[shard] = closed

    assert campaigns(heard) == campaigns(met(s, 179, rows) for s in range(SHARDS))


def test_a_picture_that_two_shards_gave_in_a_minute_is_told_once_and_when_all_closed_it() -> None:
    def gave(shard: int, closed: int, *rows: tuple[int, int]) -> Summary:
        return Summary(shard, closed, warmed=np.array([*rows], GIVEN).tobytes())

    early = [gave(0, 5, (4, 7), (5, 8)), gave(1, 5, (4, 7), (4, 6)), gave(2, 4)]
    again = gave(0, 6, (4, 7), (6, 9))

    merged = [each.given.tolist() for each in told([*early, again, gave(1, 6), gave(2, 6)])]

    assert merged == [[(4, 6), (4, 7)], [(5, 8), (6, 9)]]


def test_the_sites_own_word_is_remembered_and_not_merged() -> None:
    cohorts = Cohorts(SHARDS, Fleets())

    assert cohorts.hear(Summary(SITE, 7)) is None
    assert [cohorts.was_told(Summary(SITE, closed)) for closed in (6, 7, 8)] == [True, True, False]


@given(
    st.permutations(TURNS), st.lists(st.integers(0, 3), min_size=len(TURNS), max_size=len(TURNS))
)
def test_any_order_of_shards_and_any_repetition_tell_the_same(
    turns: list[int], back: list[int]
) -> None:
    heard: list[Summary] = []
    places = [0] * SHARDS
    for shard, repeated in zip(turns, back, strict=True):
        heard += EACH[shard][max(places[shard] - repeated, 0) : places[shard] + 1]
        places[shard] += 1

    merged, in_turn = together(told(heard)), together(told(s for some in EACH for s in some))

    assert merged == in_turn == read_summary(merged.encoded())
    assert merged.closed == 5
