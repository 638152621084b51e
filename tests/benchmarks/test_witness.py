"""Detectors are right about harvesters and wrong about everybody else."""

from __future__ import annotations

import pytest

from actors.frame import Scope
from benchmarks.quality.witness import Witness, witnesses
from enforcement.decision import Signal
from tests.cast.effects import Rows
from tests.cast.world import World


@pytest.fixture(scope="module")
def world() -> World:
    return World(7, people=400, hours=1, pictures=6_000)


def said(world: World, name: str, score: float, detector: str = "volume") -> Signal:
    visitor = next(v for v in range(len(world.truth.role)) if world.truth.name(v) == name)
    target = world.truth.addresses(visitor)[0]
    return Signal(0, Scope.ADDRESS, target, detector, "volume", score, 1.0, {})


def summed(world: World, *signals: Signal) -> dict[str, Witness]:
    rows, names = Rows.of(world.columns()), ("volume", "orphans")
    told = witnesses(signals, names, rows, world.truth.guilty)
    return {witness.detector: witness for witness in told}


def test_recall_is_the_share_of_harvesters_it_spoke_about_however_softly(world: World) -> None:
    told = summed(world, said(world, "scrapy", 0.3), said(world, "scrapy", 0.6))["volume"]

    assert told.recall == pytest.approx(1 / 7)
    assert told.precision is None


def test_precision_is_the_share_of_certain_words_that_were_about_harvesters(
    world: World,
) -> None:
    sure = said(world, "scrapy", 1.0), said(world, "scroller", 1.0), said(world, "reader", 0.4)

    assert summed(world, *sure)["volume"].precision == 0.5


def test_a_class_behind_one_address_is_one_wrong_word(world: World) -> None:
    told = summed(world, said(world, "carrier", 1.0))["volume"]

    assert told.sure - told.right == 1


def test_any_of_them_knows_what_each_knows(world: World) -> None:
    words = said(world, "scrapy", 1.0), said(world, "img2dataset", 1.0, "orphans")

    told = summed(world, *words)

    assert [told[n].known for n in ("volume", "orphans", "any of them")] == [1, 1, 2]
