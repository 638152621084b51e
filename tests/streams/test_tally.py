"""A tally counts what was gone, and what a block in force would have saved."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from access.addresses import key_of, network_of
from access.batch import Batch
from access.event import Kind, Outcome
from access.lateness import no_lags
from actors.frame import Scope
from enforcement.decision import Action
from streams.pipeline import Step
from streams.tally import Tally
from tests.streams.test_outputs import AT, DECISION

ADDRESS = "192.0.2.1"
BLOCK = replace(DECISION, key=key_of(ADDRESS), target=ADDRESS)


def pictures(*seconds: int, address: str = ADDRESS, kind: Kind = Kind.PICTURE) -> Batch:
    """Deliver one picture at each of these times after AT."""
    empty, rows = Batch.empty(), np.zeros(len(seconds), np.intp)
    columns = {
        name: np.zeros(len(rows), getattr(empty, name).dtype)
        for name in Batch.__slots__
        if name not in {"buffer", "spans"}
    }
    columns["at"] = (np.array(seconds, np.int64) + AT) * 1000
    columns["address"][:] = key_of(address)
    columns["kind"][:] = kind
    columns["outcome"][:] = Outcome.DELIVERED
    return Batch(buffer=empty.buffer, spans=np.zeros((len(rows), 20), np.int32), **columns)


def tally(*steps: Step) -> Tally:
    counted = Tally()
    for step in steps:
        counted.add(step)
    return counted


def test_only_pictures_within_a_block_are_saved() -> None:
    counted = tally(Step(pictures(-5, 0, 3599, 3600), (), (), (BLOCK,), no_lags()))

    assert (counted.pictures, counted.saved) == (4, 2)
    assert counted.summary()["acted"][0]["saved"] == 2


def test_pages_and_other_addresses_are_not_saved() -> None:
    page = Step(pictures(1, kind=Kind.PAGE), (), (), (BLOCK,), no_lags())
    other = Step(pictures(1, address="192.0.2.9"), (), (), (), no_lags())

    assert tally(page, other).saved == 0


def test_what_two_blocks_refuse_is_saved_once() -> None:
    network = replace(
        BLOCK,
        scope=Scope.NETWORK,
        target="192.0.2.0/24",
        key=int(network_of(np.array([key_of(ADDRESS)], np.uint64))[0]),
    )
    counted = tally(Step(pictures(1, 2), (), (), (BLOCK, network), no_lags()))

    assert counted.saved == 2
    assert sorted(row["saved"] for row in counted.summary()["acted"]) == [0, 2]


def test_a_decision_at_the_end_of_the_last_tick_is_in_time_for_the_block_list() -> None:
    counted = tally(Step(pictures(-1), (), (), (BLOCK,), no_lags()))

    assert counted.end == AT


def test_the_strongest_action_stands_for_a_target() -> None:
    observed = replace(BLOCK, action=Action.OBSERVE, at=AT - 10)
    later = replace(BLOCK, action=Action.DEGRADE, at=AT + 9000)
    counted = tally(Step(Batch.empty(), (), (), (observed, BLOCK, later), no_lags())).summary()

    assert [row["action"] for row in counted["acted"]] == ["block"]
    assert counted["actions"]["block"] == 1
