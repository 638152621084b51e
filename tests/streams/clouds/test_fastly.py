"""ACLs of Fastly are changed in batches, and what a broken one left undone is done next time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from streams.bouncing.target import Refused
from tests.services.fastly import BLOCK
from tests.streams.clouds.scenes import Scene, scene
from tests.streams.clouds.test_every_cloud import put

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, TWO, SIX = "203.0.113.7", "203.0.113.8", "2001:db8:1:2::"
MANY = tuple(f"198.51.{n // 100}.{n % 100 * 2}" for n in range(2400))


@pytest.fixture
def acls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene("fastly", monkeypatch) as made:
        made.played.room = 5000
        yield made


def test_no_batch_is_too_large_and_all_pages_are_read(acls: Scene) -> None:
    target = acls.target(fastly_slots=5000)
    made = put(target, *MANY)

    assert acls.played.batches == [1000, 1000, 400]
    assert target.held() == made.set
    assert len(acls.played.held()) == 2400


def test_what_a_broken_batch_left_undone_is_done_next_time(acls: Scene) -> None:
    target = acls.target(fastly_slots=5000)
    acls.played.breaking = 1
    with pytest.raises(Refused, match="HTTP 503"):
        put(target, *MANY)
    half, acls.played.breaking = len(acls.played.held()), -1
    put(target, *MANY)

    assert half == 1000
    assert acls.played.batches == [1000, 1000, 400]
    assert len(acls.played.held()) == 2400


def test_a_full_acl_makes_room_first(acls: Scene) -> None:
    acls.played.room = 1000
    target = acls.target()
    put(target, *MANY[:1000])
    put(target, *MANY[1000:2000])

    assert len(acls.played.held()) == 1000
    assert f"{MANY[1500]}/32" in acls.played.held()


def test_an_entry_that_lets_in_is_turned_round_and_one_too_many_is_taken_away(acls: Scene) -> None:
    acls.played.put(f"{ONE}/32", f"{TWO}/32", negated=1)
    target = acls.target()
    before = target.held()
    made = put(target, ONE)

    assert (before, target.held()) == (None, made.set)
    assert acls.played.held() == {f"{ONE}/32"}
    assert [each["op"] for each in acls.played.asked[-2].body["entries"]] == ["delete", "update"]


def test_two_of_the_same_are_one_too_many(acls: Scene) -> None:
    acls.played.put(f"{ONE}/32", f"{ONE}/32")
    put(acls.target(), ONE)

    assert len(acls.played.acls[BLOCK]) == 1


def test_an_entry_without_a_mask_is_one_address(acls: Scene) -> None:
    acls.played.put(f"{ONE}/32")
    for entry in acls.played.acls[BLOCK].values():
        entry["subnet"] = None
    target = acls.target()
    made = put(target, ONE)

    assert target.held() == made.set
    assert acls.played.changes() == []


def test_the_last_request_of_an_hour_is_followed_by_a_rest(acls: Scene) -> None:
    target = acls.target()
    put(target, ONE)
    usual = target.rest
    acls.played.left = 1
    put(target, TWO)
    spent = target.rest
    with pytest.raises(Refused, match="too many requests") as told:
        put(target, SIX)

    assert usual == 4
    assert 590 < spent <= 600
    assert 590 < told.value.wait <= 600


def test_entries_say_which_decision_and_nothing_else(acls: Scene) -> None:
    put(acls.target(), SIX)
    (entry,) = acls.played.acls[BLOCK].values()

    assert (entry["ip"], entry["subnet"], entry["negated"]) == (SIX, 64, 0)
    assert entry["comment"] == "made up"
