"""Told knows what the topic says, and says only what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actors.frame import Scope
from enforcement.decision import Action
from enforcement.standing import Entry
from streams.wire.entries import written
from streams.wire.told import Told

ONE = Entry("203.0.113.7", Scope.ADDRESS, Action.BLOCK, 10, 100, "d", 400, 3)
TARGET = (Scope.ADDRESS, ONE.target)


def recalled(value: bytes | None, key: str = ONE.target) -> Told:
    told = Told([ONE])
    told.recall(key, value)
    return told


def test_what_is_known_is_not_said_again() -> None:
    assert Told([ONE]).change(TARGET, ONE, 10) == []
    assert recalled(written(ONE, 10)).change(TARGET, ONE, 10) == []
    assert Told().change(TARGET, None, 10) == []


def test_a_change_is_said_once() -> None:
    told, longer = Told([ONE]), replace(ONE, until=200)

    assert told.change(TARGET, longer, 50) == [(ONE.target, written(longer, 50))]
    assert told.change(TARGET, longer, 50) == []
    assert told.entries == (longer,)


def test_an_end_is_a_tombstone_and_said_once() -> None:
    told = Told([ONE])

    assert told.change(TARGET, None, 50) == [(ONE.target, None)]
    assert told.change(TARGET, None, 50) == []
    assert len(told) == 0


def test_a_tombstone_that_stands_there_is_known() -> None:
    assert recalled(None).entries == ()


@pytest.mark.parametrize("value", [b"", b"{}", b"\xff", written(replace(ONE, target="::1"), 1)])
def test_what_nobody_can_read_is_taken_back_once(value: bytes) -> None:
    told = recalled(value)

    assert told.entries == ()
    assert told.wipe() == [(ONE.target, None)]
    assert told.wipe() == []


def test_what_nobody_can_read_is_said_anew_where_it_is_in_force() -> None:
    told = recalled(b"odd")

    assert told.change(TARGET, ONE, 10) == [(ONE.target, written(ONE, 10))]
    assert told.wipe() == []


def test_what_nobody_can_read_is_taken_back_where_nothing_is_in_force() -> None:
    told = recalled(b"odd")

    assert told.change(TARGET, None, 10) == [(ONE.target, None)]
    assert told.wipe() == []
