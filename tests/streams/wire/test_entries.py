"""Entries come back from the wire as they were."""

from __future__ import annotations

import math

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import Entry, pardon_of
from streams.wire.entries import read, written

ONE = Entry("203.0.113.7", Scope.ADDRESS, Action.BLOCK, 10, 100, "d", 400, 3)


@pytest.mark.parametrize("entry", [ONE, Entry("ä:b", Scope.ACCOUNT, Action.THROTTLE, 0, 100, "o")])
def test_an_entry_comes_back_with_the_seconds_that_were_left(entry: Entry) -> None:
    assert read(written(entry, 40)) == (entry, 60)


def test_a_pardon_lasts_until_it_is_taken_back() -> None:
    pardon = pardon_of("203.0.113.0/24", "o", 10)

    assert read(written(pardon, 40)) == (pardon, math.inf)


def test_what_ended_before_it_was_written_has_nothing_left() -> None:
    assert read(written(ONE, 140))[1] == 0


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"[]",
        written(ONE, 0).replace(b"block", b"bloc"),
        written(ONE, 0).replace(b"address", b"addres"),
        written(ONE, 0).replace(b"1970", b"then"),
        written(ONE, 0).replace(b"113.7", b"113.300"),
    ],
)
def test_what_is_no_entry_is_refused(value: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read(value)
