"""A gallery counts once, when most of its pictures came as originals that nothing showed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.event import Rendition
from actors.capacity import Capacity
from actors.census import Census
from actors.features import DAY, Count, Statistic
from actors.frame import Scope
from actors.galleries import LEAST, most_of, unsized
from actors.kernels.depths import DEEPEST
from actors.shards import Home
from tests.actors.traffic import START, batch_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import ArrayLike, NDArray

    from access.batch import Batch

GALLERIES = Count(Statistic.GALLERIES, DAY)
HOUR = 3_600_000  # milliseconds
ADDRESS = (0xFFFF << 32) + 0xC6120001


def of(size: int) -> Callable[[NDArray[np.uint64]], NDArray[np.int64]]:
    return lambda owner: np.full(len(owner), size)


def given(picture: Sequence[int], **columns: ArrayLike) -> Batch:
    """Give somebody originals, one a second."""
    told: dict[str, ArrayLike] = {
        "at": START + np.arange(len(picture)) * 1000,
        "address": ADDRESS,
        "kind": 4,
        "owner": 7,
        "rendition": Rendition.ORIGINAL,
        "picture": picture,
    }
    return batch_of(told | columns)


def galleries(*batches: Batch, size: int = 20, scope: Scope = Scope.ADDRESS) -> int:
    """Tell how many galleries of a *size* an actor was given in the last day, at its end."""
    census = Census((GALLERIES,), Capacity(), tick=1, seed=7, sized=of(size))
    seen = 0.0
    for batch in batches:
        for frame in census.fold(batch, batch.at // 1000, Home.of_all(batch)):
            if frame.scope is scope and len(frame):
                seen = frame[GALLERIES][-1]
    return int(seen)


FIRST = [1, 2, 3]  # an address is known from its fourth picture on


def test_a_gallery_counts_with_four_fifths_of_it() -> None:
    assert galleries(given([*FIRST, *range(11, 26)])) == 0
    assert galleries(given([*FIRST, *range(11, 27)])) == 1


def test_the_rest_of_it_adds_nothing() -> None:
    assert galleries(given(FIRST + [*range(11, 31)] * 3)) == 1


def test_galleries_that_are_taken_side_by_side_all_count() -> None:
    picture = [*range(1, 4), *range(11, 75)]

    assert galleries(given(picture, owner=1 + np.arange(67) % 4)) == 4


def test_pictures_that_came_again_are_no_others() -> None:
    assert galleries(given(FIRST + [11, 12, 13, 14] * 9)) == 0


def test_whoever_was_shown_previews_first_has_taken_no_gallery() -> None:
    both = given(FIRST + [*range(11, 31)] * 2)
    both.rendition[:23] = Rendition.THUMBNAIL

    assert galleries(both) == 0


def test_a_gallery_that_takes_longer_than_a_day_between_two_pictures_begins_anew() -> None:
    later = given([*range(19, 29)])
    later.at[:] += 25 * HOUR

    assert galleries(given([*FIRST, *range(11, 19)]), later) == 0
    later.at[:] -= 2 * HOUR
    assert galleries(given([*FIRST, *range(11, 19)]), later) == 1


def test_neighbours_that_share_a_gallery_out_are_found_as_a_network() -> None:
    shared = given([*FIRST, *range(11, 31)], address=ADDRESS + np.arange(23) % 4)

    assert galleries(shared) == 0
    assert galleries(shared, scope=Scope.NETWORK) == 1


@pytest.mark.parametrize("size", [0, LEAST - 1, DEEPEST * 2])
def test_galleries_that_are_small_or_too_large_or_not_known_are_not_looked_at(size: int) -> None:
    assert most_of(given([1, 2]), of(size)).tolist() == [0, 0]


def test_only_originals_of_somebody_that_were_delivered_are_looked_at() -> None:
    batch = given([1, 2, 3, 4], owner=[7, 0, 7, 7], kind=[4, 4, 1, 4], outcome=[1, 1, 1, 2])

    assert most_of(batch, of(20)).tolist() == [16, 0, 0, 0]
    assert not most_of(batch, unsized).any()


def test_so_many_galleries_that_some_are_forgotten_count_less_and_never_more() -> None:
    rng = np.random.default_rng(3)
    picture = rng.permutation(np.arange(11, 20_011))
    small = Capacity(sights=1 << 14)
    census = Census((GALLERIES,), small, tick=1, seed=7, sized=of(10))
    batch = given([*picture], owner=picture // 10)
    frames = census.fold(batch, batch.at // 1000, Home.of_all(batch))
    most = max(frame[GALLERIES].max() for frame in frames if frame.scope is Scope.ADDRESS)

    assert 0 < most < 2_000
