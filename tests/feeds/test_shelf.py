"""A shelf tells when an object came, and takes back what holds no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feeds import shelf
from feeds.shelf import Shelf

if TYPE_CHECKING:
    import pytest

ONE, TWO = ({"id": name, "modified": "2026-11-24T12:00:00.000Z"} for name in ("one", "two"))
NOON, MICRO = 1_795_521_600, 1_000_000


def ids(held: Shelf, after: int = 0) -> list[str]:
    return [kept.body["id"] for kept in held.after(after)]


def filled(*steps: list[dict[str, str]]) -> Shelf:
    held = Shelf()
    for second, bodies in enumerate(steps):
        held.fill(bodies, NOON + second)
    return held


def test_who_comes_again_is_told_what_came_since() -> None:
    assert ids(filled([ONE], [ONE, TWO]), after=NOON * MICRO) == ["two"]


def test_no_two_objects_came_at_once() -> None:
    times = [kept.added for kept in filled([ONE, TWO]).after(0)]

    assert times == [NOON * MICRO, NOON * MICRO + 1]


def test_filling_it_twice_is_filling_it_once() -> None:
    assert filled([ONE, TWO], [ONE, TWO]).after(0) == filled([ONE, TWO]).after(0)


def test_what_holds_no_longer_is_revoked_once_and_told_to_who_has_it() -> None:
    (kept,) = filled([ONE], [], []).after(NOON * MICRO)

    assert kept.added == (NOON + 1) * MICRO
    assert kept.body == ONE | {"modified": "2026-11-24T12:00:01.000000Z", "revoked": True}


def test_what_holds_again_is_newer_than_its_revocation() -> None:
    (kept,) = filled([ONE], [], [ONE]).after(0)

    assert kept.body == ONE | {"modified": "2026-11-24T12:00:02.000000Z"}


def test_the_oldest_revocations_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "KEPT", 1)

    assert ids(filled([ONE, TWO], [TWO], [])) == ["two"]
