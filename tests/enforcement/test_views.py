"""What counts the same pictures twice is heard once."""

from __future__ import annotations

import numpy as np

from enforcement.views import once

NAMES = ("breadth", "volume", "trap", "cold")


def test_the_louder_of_volume_and_cold_is_left() -> None:
    brought = np.array([[2.0, 8.4, 1.0, 5.1], [2.0, 1.0, 0.0, 5.1]])

    assert once(brought, NAMES).tolist() == [[2.0, 8.4, 1.0, 0.0], [2.0, 0.0, 0.0, 5.1]]


def test_the_loudest_of_all_that_count_pictures_is_left() -> None:
    brought = np.array([[4.0, 5.1, 4.7, 2.0], [0.0, 0.0, 4.7, 2.0]])
    left = once(brought, ("volume", "cold", "depth", "breadth"))

    assert left.tolist() == [[0.0, 5.1, 0.0, 2.0], [0.0, 0.0, 4.7, 2.0]]


def test_what_is_equal_is_left_once() -> None:
    assert once(np.array([[0.0, 5.1, 0.0, 5.1]]), NAMES).sum() == 5.1


def test_one_view_alone_is_left_as_it_is() -> None:
    brought = np.array([[2.0, 5.1]])

    assert once(brought, ("breadth", "cold")) is brought


def test_what_was_given_is_not_changed() -> None:
    brought = np.array([[2.0, 8.4, 1.0, 5.1]])
    once(brought, NAMES)

    assert brought.sum() == 16.5
