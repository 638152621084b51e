"""Lists of Cloudflare are changed by operations, one at a time in an account."""

from __future__ import annotations

from threading import Timer
from typing import TYPE_CHECKING

import pytest

from streams.bouncing.target import Refused
from tests.services.cloudflare import BLOCK
from tests.streams.clouds.scenes import Scene, scene
from tests.streams.clouds.test_every_cloud import put

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, TWO, SIX = "203.0.113.7", "203.0.113.8", "2001:db8:1:2::"
MANY = tuple(f"198.51.100.{n}" for n in range(1, 40, 2))


@pytest.fixture
def lists(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene("cloudflare", monkeypatch) as made:
        yield made


def test_a_change_is_there_when_its_operation_has_ended(lists: Scene) -> None:
    lists.played.takes = 0.4
    put(lists.target(), ONE)

    assert lists.played.held() == {f"{ONE}/32"}


def test_while_another_operation_is_pending_one_waits(lists: Scene) -> None:
    target = lists.target()
    put(target, ONE)
    lists.played.takes = 0.5
    other = lists.target()
    Timer(0.0, lambda: put(other, TWO)).start()
    while len(lists.played.changes()) < 2:
        pass
    with pytest.raises(Refused, match="another change is pending") as told:
        put(target, SIX)
    put_at_last(target)

    assert told.value.wait >= 2
    assert lists.played.held() == {f"{SIX}/64"}


def put_at_last(target: object) -> None:
    for _ in range(200):
        try:
            put(target, SIX)  # type: ignore[arg-type] # a target
        except Refused:
            continue
        return


def test_an_operation_that_fails_is_said_and_changes_nothing(lists: Scene) -> None:
    target = lists.target()
    put(target, ONE)
    lists.played.failing = "item 203.0.113.8 is bad"
    with pytest.raises(Refused, match="operation failed: item \\* is bad"):
        put(target, TWO)

    assert lists.played.held() == {f"{ONE}/32"}


def test_an_operation_that_never_ends_is_given_up(
    lists: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streams.clouds.cloudflare.LONGEST", 0.2)
    lists.played.takes = 60.0

    with pytest.raises(Refused, match="not done after") as told:
        put(lists.target(), ONE)
    assert told.value.wait >= 5


def test_a_long_list_is_read_page_by_page(lists: Scene) -> None:
    lists.played.page = 3
    target = lists.target()
    made = put(target, *MANY)

    assert target.held() == made.set
    assert lists.played.held() == {f"{each}/32" for each in MANY}


def test_little_news_is_told_alone_and_much_as_a_whole(lists: Scene) -> None:
    target = lists.target()
    put(target, *MANY)
    put(target, *MANY[1:], ONE)
    put(target, ONE)

    assert lists.played.changes() == ["PUT", "DELETE", "POST", "PUT"]
    assert lists.played.held() == {f"{ONE}/32"}


def test_what_stands_there_already_is_not_told_again(lists: Scene) -> None:
    target = lists.target()
    put(target, ONE)
    put(target, ONE)

    assert lists.played.changes() == ["PUT"]


def test_items_are_read_anew_only_when_the_list_has_changed(lists: Scene) -> None:
    target = lists.target()
    put(target, ONE)
    for _ in range(3):
        target.held()
    before = len([a for a in lists.played.asked if a.path.endswith("/items")])
    lists.played.put(f"{TWO}/32")
    target.held()
    after = len([a for a in lists.played.asked if a.path.endswith("/items")])

    assert (before, after) == (3, 4)  # for the change, the PUT itself, one look; then one more


def test_items_say_which_decision_and_nothing_else(lists: Scene) -> None:
    put(lists.target(), ONE, SIX)
    items = lists.played.lists[BLOCK].values()

    assert {item["ip"]: item["comment"] for item in items} == {
        ONE: "made up",
        f"{SIX}/64": "made up",
    }


def test_a_plan_with_less_room_than_was_said_refuses_and_keeps_what_it_has(lists: Scene) -> None:
    target = lists.target()
    put(target, ONE)
    lists.played.room = 1

    with pytest.raises(Refused, match=r"cannot take that .*more items than the plan allows"):
        put(target, *MANY)
    assert lists.played.held() == {f"{ONE}/32"}
