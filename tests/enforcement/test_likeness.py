"""Likeness is told by the order of numbers, by what was refused, and by whose pictures are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.pairs import Habits
from actors.steps import STEP
from enforcement.likeness import Likeness, likeness, touching

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

BARE = int(Habits.WHOLE | Habits.UNREFERRED)


def steps(
    serial: ArrayLike, *, owner: ArrayLike = 7, habit: int = BARE, **more: ArrayLike
) -> NDArray[np.void]:
    """Ask for numbered pictures of one series, one a second."""
    rows = np.zeros(np.size(serial), STEP)
    rows["serial"], rows["picture"] = serial, np.asarray(serial) + 1000
    rows["at"], rows["series"], rows["owner"], rows["habit"] = np.arange(len(rows)), 3, owner, habit
    for name, column in more.items():
        rows[name] = column
    return rows


TRAIL = steps([10, 11, 13, 14, 15, 18, 19, 20])
NEXT = [21, 22, 24, 25, 26, 27, 30, 31]


def test_numbers_go_on_from_the_last() -> None:
    assert likeness(steps(NEXT), TRAIL).steps == 8


def test_numbers_go_on_downwards_as_well() -> None:
    down = steps([90, 89, 88, 86, 85])

    assert likeness(steps([84, 83, 80, 79, 78, 77, 76, 75]), down).steps == 8


def test_two_workers_blur_the_order_by_a_step() -> None:
    assert likeness(steps([22, 21, 25, 24, 27, 26, 31, 30]), TRAIL).steps == 8


def test_a_reader_of_the_album_from_its_beginning_goes_on_from_nobody() -> None:
    assert likeness(steps(np.arange(10, 18)), TRAIL) == Likeness()


def test_a_walk_that_begins_elsewhere_does_not_go_on() -> None:
    assert likeness(steps(np.arange(40, 48), owner=8), TRAIL) == Likeness()


def test_what_goes_on_for_two_pictures_only_is_counted_as_two() -> None:
    assert likeness(steps([21, 22, 90, 91, 92, 93, 94, 95], owner=0), TRAIL).steps == 2


def test_an_album_of_somebody_else_does_not_go_on_though_its_numbers_do() -> None:
    assert likeness(steps(NEXT, owner=8), TRAIL) == Likeness()


def test_a_shuffled_trail_leads_nowhere() -> None:
    shuffled = steps([900, 20, 411, 77, 300, 15, 622, 20], owner=0)

    assert likeness(steps(NEXT, owner=0), shuffled) == Likeness()


def test_what_was_refused_is_asked_for_again() -> None:
    refused = steps([900, 20, 411, 77, 300], owner=0, refused=[0, 0, 1, 1, 1])

    assert likeness(steps([411, 77, 300, 5, 850, 12, 600, 41], owner=0), refused).retried == 3


def test_the_rest_of_an_owner_is_taken_where_pictures_have_no_numbers() -> None:
    trail, rest = np.arange(100, 108), np.arange(500, 508)
    mine = steps(np.full(8, -1), picture=rest)

    assert likeness(mine, steps(np.full(8, -1), picture=trail)) == Likeness(0, 0, 8)


@pytest.mark.parametrize("habit", [0, int(Habits.UNREFERRED), int(Habits.WHOLE | Habits.ROOTED)])
def test_who_asks_in_another_way_is_somebody_else(habit: int) -> None:
    assert likeness(steps(NEXT, habit=habit), TRAIL) == Likeness()


def test_three_pictures_show_no_way() -> None:
    assert likeness(steps(NEXT), TRAIL[-3:]) == Likeness()


def test_the_same_picture_in_two_sizes_is_one_step() -> None:
    assert likeness(steps([21, 21, 22, 22, 24, 24, 25, 25]), TRAIL).steps == 4


@st.composite
def walked(draw: st.DrawFn, count: int) -> NDArray[np.void]:
    """Ask for pictures of few numbers, series and owners, some of which are refused."""

    def column(least: int, most: int) -> list[int]:
        return draw(st.lists(st.integers(least, most), min_size=count, max_size=count))

    rows = steps(column(-1, 40), owner=column(0, 2), series=column(1, 2), refused=column(0, 1))
    rows["picture"] = column(1, 30)
    return rows


@given(start=walked(8), trail=st.integers(4, 8).flatmap(walked))
def test_nothing_links_a_start_to_a_trail_that_it_does_not_touch(
    start: NDArray[np.void], trail: NDArray[np.void]
) -> None:
    assert touching(start, trail).any() or likeness(start, trail).strength == 0


def test_most_trails_are_not_touched() -> None:
    assert not touching(steps(NEXT), steps(np.arange(900, 908), owner=8)).any()
