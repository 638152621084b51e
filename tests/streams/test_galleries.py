"""Galleries taken whole are counted the same however a log is read, where their sizes are told."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from access.site import Site
from detectors.depth import Depth
from streams.sitefiles import read_site
from tests.cast.roster import EVERYBODY_ELSE
from tests.cast.world import World
from tests.streams.pieces import judged, sharded, told

if TYPE_CHECKING:
    from enforcement.decision import Signal
    from tests.streams.pieces import Words

DOWNLOADERS = "gallery-dl", "instaloader"


@cache
def world() -> World:
    return World(
        20_281,
        people=200,
        hours=2,
        harvesters=DOWNLOADERS,
        passersby=EVERYBODY_ELSE,
        pictures=6_000,
    )


@cache
def log() -> list[bytes]:
    return b"".join(world().lines()).splitlines(keepends=True)


@cache
def site() -> Site:
    with TemporaryDirectory(prefix="hedgerow-galleries-") as folder:
        return read_site(world().write_site(Path(folder)))


@cache
def whole() -> Words:
    return judged(log(), site())


def deep(words: Words) -> list[Signal]:
    return [signal for signal in words[0] if signal.detector == Depth.name]


def test_downloaders_are_told_apart_and_nobody_acts_on_it_yet() -> None:
    names, truth = world().truth.names, world().truth
    bad = {a for v, role in enumerate(truth.role) if names[role] in DOWNLOADERS
           for a in truth.addresses(v)}  # fmt: skip
    found = {signal.target for signal in deep(whole()) if signal.scope == "address"}

    assert found == bad
    assert {signal.weight for signal in deep(whole())} == {0.0}


def test_a_site_that_does_not_say_how_many_pictures_owners_have_hears_nothing() -> None:
    assert not deep(judged(log(), Site.from_toml(world().site_toml())))


@pytest.mark.parametrize("restart", [1, 2])
def test_any_cut_and_any_restart_tell_the_same(restart: int) -> None:
    name = min(signal.target for signal in deep(whole())).encode()
    asked = [row for row, line in enumerate(log()) if name + b" " in line]
    edges = asked[30], asked[-10]  # in the middle of a gallery

    assert judged(log(), site(), edges, restart) == whole()


def test_shards_tell_the_same() -> None:
    assert told(sharded(log(), site(), 2, 2)) == told(whole())
