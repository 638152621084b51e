"""Numbers are read exactly, whatever way they are written."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.kernels.clf_time import BAD
from access.kernels.decimal import epoch, whole


def number(text: str, kernel: object = whole) -> int:
    buffer = np.frombuffer(text.encode() + bytes(64), np.uint8)
    return int(kernel(buffer, 0, len(text)))  # type: ignore[operator]


@given(st.from_regex(r"[0-9]{1,22}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?", fullmatch=True))
def test_a_number_is_cut_to_a_whole_one(text: str) -> None:
    exact = int(Fraction(text))

    assert number(text) == (exact if exact < 10**18 else BAD)


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", ".", ".5", "5.", "1e", "e5", "1e+", "1e2.5", "1 ", "x"]
)
def test_what_is_no_number_is_bad(text: str) -> None:
    assert number(text) == BAD


def test_the_size_of_a_count_since_1970_tells_its_unit() -> None:
    told = [
        "1795472666",
        "1795472666.934",
        "1795472666934",
        "1795472666934567",
        "1795472666934567890",
    ]

    assert [number(text, epoch) for text in told] == [1_795_472_666_000] + 4 * [1_795_472_666_934]


def test_a_count_may_have_an_exponent() -> None:
    assert number("1.795472666934E9", epoch) == 1_795_472_666_934
    assert number("1.795472666934E12", epoch) == 1_795_472_666_934


def test_seconds_last_until_the_year_5138_and_nothing_lasts_for_ever() -> None:
    assert number("99999999999", epoch) == 99_999_999_999_000
    assert number("100000000000", epoch) == 100_000_000_000
    assert number("0", epoch) == 0
    assert number("1e20", epoch) == BAD
    assert number("1e999", epoch) == BAD
