"""What holds for the lists of every cloud."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enforcement.standing import Standing
from streams.bouncing.plan import Plan, plan
from streams.bouncing.slots import fitted
from streams.bouncing.target import Refused
from tests.services.ports import until
from tests.streams.bouncing.origin import clock, ending
from tests.streams.clouds.scenes import CHALLENGES, SCENES, Scene, bounced, scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streams.clouds.cloud import Cloud

ONE, TWO, SIX = "203.0.113.7", "203.0.113.8", "2001:db8:1:2::"
NETS = ("198.51.100.0/24", "2001:db8:7::/48")


@pytest.fixture(params=SCENES)
def cloud(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    with scene(request.param, monkeypatch) as made:
        yield made


def meant(target: Cloud, *targets: str) -> Plan:
    assert target.room
    endings = [ending(each) for each in targets]
    return fitted(plan(endings, [], clock()), endings, target.room, clock())


def put(target: Cloud, *targets: str) -> Plan:
    made = meant(target, *targets)
    target.apply(made, clock())
    return made


def test_a_list_holds_whom_the_block_list_names_and_says_so_under_its_name(cloud: Scene) -> None:
    target = cloud.target()
    put(target, ONE, SIX, *NETS)
    name = Standing.of(ending(each)[0] for each in (ONE, SIX, *NETS)).name

    assert cloud.played.held() == {f"{ONE}/32", f"{SIX}/64", *NETS}
    assert target.held() == name


def test_news_change_it_and_nobody_empties_it(cloud: Scene) -> None:
    target = cloud.target()
    put(target, ONE, SIX, *NETS)
    put(target, TWO, *NETS)
    changed = cloud.played.held()
    target.remove()

    assert changed == {f"{TWO}/32", *NETS}
    assert cloud.played.held() == set()
    assert target.held() == Plan().set


def test_neighbours_share_a_slot(cloud: Scene) -> None:
    put(cloud.target(), "203.0.113.0/25", "203.0.113.128/25", ONE)

    assert cloud.played.held() == {"203.0.113.0/24"}


def test_a_new_bouncer_reads_back_what_is_there(cloud: Scene) -> None:
    made = put(cloud.target(), ONE, *NETS)

    assert cloud.target().held() == made.set


@pytest.mark.parametrize("foreign", ["192.0.2.1/32", "2001:db8:9::/64"])
def test_what_others_put_there_is_seen_and_taken_away(cloud: Scene, foreign: str) -> None:
    target = cloud.target()
    made = put(target, ONE)
    cloud.played.put(f"{ONE}/32", foreign)
    during = target.held()
    put(target, ONE)

    assert during != made.set
    assert cloud.played.held() == {f"{ONE}/32"}


def test_little_room_goes_to_people_and_to_who_took_most(cloud: Scene) -> None:
    slots = {f"{cloud.kind.partition('-')[0]}_slots": 2}
    target = cloud.target(**slots)
    took = {ONE: 10, TWO: 900, "198.51.100.9": 500, "192.0.2.77": 0}  # 0: a person's order
    endings = [(replace(ending(each)[0], pictures=n), clock() + 600) for each, n in took.items()]
    assert target.room
    made = fitted(plan(endings, [], clock()), endings, target.room, clock())
    target.apply(made, clock())

    assert cloud.played.held() == {f"{TWO}/32", "192.0.2.77/32"}
    assert made.without_room == 2


def test_a_bouncer_keeps_it_mends_it_and_lets_go_at_the_end(cloud: Scene, tmp_path: Path) -> None:
    made = bounced(cloud.target(), tmp_path)
    made.hear(ending(ONE), ending(SIX))
    first = cloud.played.held()
    cloud.played.put()

    def holds(*cidrs: str) -> bool:
        made.enforcing.look()
        return bool(set(cidrs) == cloud.played.held())

    until(lambda: holds(f"{ONE}/32", f"{SIX}/64"), "the list again")
    made.hear(ending(ONE, lasts=1), ending(SIX))
    until(lambda: holds(f"{SIX}/64"), "one has ended")

    assert first == {f"{ONE}/32", f"{SIX}/64"}
    assert [ack.drifted for ack in made.acks].count(True) == 1
    assert made.acks[0].set == Standing.of([ending(ONE)[0], ending(SIX)[0]]).name


def test_a_cut_list_is_acknowledged_as_all_there_is_room_for(cloud: Scene, tmp_path: Path) -> None:
    slots = {f"{cloud.kind.partition('-')[0]}_slots": 1}
    made = bounced(cloud.target(**slots), tmp_path)
    made.hear(ending(ONE), ending("198.51.100.9"))
    whole = Standing.of([ending(ONE)[0], ending("198.51.100.9")[0]]).name
    said = made.acks[-1].said("edge", cloud.kind)

    assert (said.count, said.without_room, said.whole) == (1, 1, whole)
    assert said.agrees(whole)
    assert not said.agrees(Plan().set)


def test_a_restart_with_the_same_list_changes_nothing(cloud: Scene, tmp_path: Path) -> None:
    first = bounced(cloud.target(), tmp_path)
    first.hear(ending(ONE, lasts=600), ending(SIX))
    first.enforcing.save()
    before = list(cloud.played.asked)
    again = bounced(cloud.target(), tmp_path)
    again.enforcing.look()

    changes = [asked for asked in cloud.played.asked[len(before) :] if asked.method != "GET"]
    assert changes == []
    assert again.acks[-1].set == first.acks[-1].set


def test_a_challenge_has_a_list_of_its_own_where_one_is_named(cloud: Scene) -> None:
    name = CHALLENGES[cloud.kind]
    target = cloud.target(**{f"{cloud.kind.partition('-')[0]}_challenge": name})
    endings = [ending(ONE), ending(TWO, "challenge")]
    assert target.room
    made = fitted(plan(endings, [], clock()), endings, target.room, clock())
    target.apply(made, clock())
    held = target.held()
    other = cloud.played.held(name)
    cloud.played.put(name=name)

    assert (cloud.played.held(), other) == ({f"{ONE}/32"}, {f"{TWO}/32"})
    assert held == made.set
    assert target.held() is None


def test_a_list_that_is_not_there_is_named(cloud: Scene) -> None:
    cut = cloud.kind.partition("-")[0]
    target = cloud.target(**{f"{cut}_block": "0" * 31 + "f"})

    with pytest.raises(Refused, match=r"no such list|no IP set 0+f4 in scope REGIONAL"):
        put(target, ONE)
    with pytest.raises(Refused, match=r"no such list|no IP set"):
        target.held()


def test_a_part_of_a_network_is_not_taken_for_it(cloud: Scene) -> None:
    target = cloud.target()
    made = put(target, SIX)
    cloud.played.put(f"{SIX}5/128")

    assert target.held() != made.set
