"""Warm is what anybody was given in three days, as known two minutes before; the rest is cold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from access.claims import Flag
from access.event import Kind, Outcome
from actors.capacity import Capacity
from actors.census import Census
from actors.features import HOUR, Count, Statistic
from actors.shards import Home
from actors.warmth import GIVEN, Warmth, given_by
from tests.actors.traffic import batch_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from access.batch import Batch

NOON = 20_140 * 1_440 + 720  # minutes since 1970
DAY = 1_440  # minutes


def asked(minute: Sequence[int], picture: Sequence[int], **columns: ArrayLike) -> Batch:
    """Ask for pictures in some minutes after noon; all are delivered."""
    at = (NOON + np.array(minute, np.int64)) * 60_000 + np.arange(len(minute))
    usual: dict[str, ArrayLike] = {"at": at, "address": 5, "kind": 4, "picture": picture}
    return batch_of(usual | columns)


def minutes(batch: Batch) -> NDArray[np.int64]:
    return batch.at // 60_000


def warmed(batch: Batch) -> NDArray[np.void]:
    """List what a batch warms."""
    return given_by(batch, minutes(batch), batch.address, np.zeros(len(batch), np.bool_))


def heard(warmth: Warmth, batch: Batch) -> list[int]:
    """Tell which rows are cold, of one process that judges the whole site."""
    warmth.add(warmed(batch))
    cold: list[int] = warmth.cold(batch, minutes(batch), np.arange(len(batch))).tolist()
    return cold


def twin(minute: Sequence[int], picture: Sequence[int]) -> list[int]:
    """Tell it plainly: look through all that was given."""
    told = []
    for now, what in zip(minute, picture, strict=True):
        known = NOON + now - 2
        before = zip(minute, picture, strict=True)
        days = [(NOON + m) // DAY for m, p in before if p == what and NOON + m <= known]
        told.append(0 if any(known // DAY - 2 <= day for day in days) else 1)
    return told


def drawn(seed: int, rows: int, days: float) -> tuple[list[int], list[int]]:
    rng = np.random.default_rng(seed)
    minute = np.sort(rng.integers(0, int(days * DAY), rows))
    return minute.tolist(), rng.zipf(1.3, rows).clip(max=1 << 30).tolist()


@pytest.mark.parametrize(("minute", "cold"), [(0, 1), (1, 1), (2, 0), (3 * DAY - 721, 0)])
def test_a_picture_is_warm_from_two_minutes_later_on(minute: int, cold: int) -> None:
    assert heard(Warmth(), asked([0, minute], [7, 7])) == [1, cold]


def test_on_the_third_midnight_a_picture_is_cold_again() -> None:
    third = 3 * DAY - 720 + 2  # noon, and two minutes later known

    assert heard(Warmth(), asked([0, third - 1, third], [7, 7, 7])) == [1, 0, 1]


@settings(max_examples=30)
@given(seed=st.integers(0, 999), cuts=st.lists(st.integers(1, 299), max_size=5))
def test_it_tells_what_its_plain_twin_does_whatever_the_cut(seed: int, cuts: list[int]) -> None:
    minute, picture = drawn(seed, 300, [0.1, 2, 9][seed % 3])
    batch, warmth, told = asked(minute, picture), Warmth(), list[int]()
    edges = sorted({0, 300, *(int(np.searchsorted(minute, minute[cut])) for cut in cuts)})

    for start, stop in pairwise(edges):
        told += heard(warmth, batch.take(slice(start, stop)))
        fresh = Warmth()
        fresh.restore(warmth.state())
        warmth = fresh

    assert told == twin(minute, picture)


@settings(max_examples=10)
@given(seed=st.integers(0, 999))
def test_what_a_shard_leaves_out_as_known_changes_nothing(seed: int) -> None:
    minute, picture = drawn(seed, 300, 4)
    batch, warmth, told, known = asked(minute, picture), Warmth(), list[int](), 0

    for start in range(0, 300, 20):
        part = batch.take(slice(start, start + 20))
        new = warmth.new(warmed(part))
        known += len(part) - len(new)
        told += heard_of(warmth, part, new)

    assert told == twin(minute, picture)
    assert known > 0


def heard_of(warmth: Warmth, batch: Batch, given: NDArray[np.void]) -> list[int]:
    warmth.add(given)
    cold: list[int] = warmth.cold(batch, minutes(batch), np.arange(len(batch))).tolist()
    return cold


def test_pages_and_what_was_refused_or_is_ones_own_is_not_cold() -> None:
    batch = asked(
        [0] * 4,
        [7] * 4,
        kind=[Kind.PAGE, *[Kind.PICTURE] * 3],
        outcome=[Outcome.DELIVERED, Outcome.REFUSED, *[Outcome.DELIVERED] * 2],
        own=[False, False, True, False],
    )

    assert heard(Warmth(), batch) == [0, 0, 0, 1]


def test_crawlers_and_who_is_spared_or_lives_elsewhere_warm_nothing() -> None:
    batch = asked([0] * 4, [1, 2, 3, 4], claim=[Flag.CRAWLER << 18, 0, 0, 0])
    home = np.array([5, 5, 0, 5], np.uint64)
    spared = np.array([False, True, False, False])

    given = given_by(batch, minutes(batch), home, spared)

    assert given.tolist() == [(NOON, 4)]


def test_a_census_counts_what_was_cold_when_an_actor_first_had_it() -> None:
    """Somebody else had the even pictures ten minutes before; the first three are not looked at."""
    first = asked([0] * 20, range(2, 42, 2), address=9)
    second = asked([10] * 40, range(1, 41), address=5)
    again = asked([30] * 40, range(1, 41), address=5)
    feature = Count(Statistic.COLD, HOUR)
    census = Census((feature,), Capacity(), tick=1, seed=7)

    told = []
    for batch in (first, second, again):
        tick, home = batch.at // 1000, Home.of_all(batch)
        census.warmth.add(census.given(batch, tick, home))
        told.append(census.fold(batch, tick, home)[0][feature].tolist())

    assert told == [[17.0], [18.0], [18.0]]


def test_pictures_are_told_by_32_bits_of_their_hash() -> None:
    assert warmed(asked([0], [(1 << 40) + 7])).tolist() == [(NOON, 7)]
    assert GIVEN.itemsize == 8
