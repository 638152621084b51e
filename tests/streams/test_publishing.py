"""A folder's block list is written when it changes, and only then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from enforcement.blocklist import BlockList
from enforcement.railing import Railing
from enforcement.rails import Rails
from streams.folder import ORDERS
from streams.publishing import LIST, Published
from streams.records import ENCODER
from tests.feeds.reading import entries
from tests.feeds.test_every_feed import BLOCK

if TYPE_CHECKING:
    from pathlib import Path

ONE = replace(BLOCK, id="a", target="203.0.113.7", until=100)


def published(folder: Path) -> Published:
    begun = Published(folder, BlockList(), (), Railing(Rails()))
    begun.begin()
    return begun


def listed(folder: Path) -> list[str]:
    return entries((folder / LIST).read_bytes())


def test_what_is_decided_is_listed_and_what_ends_is_not(tmp_path: Path) -> None:
    told = published(tmp_path)
    told.add([ONE], 10)
    during = listed(tmp_path)
    told.add([], 100)

    assert (during, listed(tmp_path)) == (["203.0.113.7/32"], [])


def test_event_time_does_not_go_back(tmp_path: Path) -> None:
    told = published(tmp_path)
    told.add([], 100)
    told.add([ONE], 10)

    assert (told.newest, listed(tmp_path)) == (100, [])


def test_a_list_that_has_not_changed_is_not_written(tmp_path: Path) -> None:
    told = published(tmp_path)
    told.add([ONE], 10)
    before = (tmp_path / LIST).stat().st_ino
    told.add([ONE], 20)
    told.obey()

    assert (tmp_path / LIST).stat().st_ino == before


def test_an_order_is_obeyed_once(tmp_path: Path) -> None:
    told = published(tmp_path)
    told.add([ONE], 10)
    order = {"at": "2026-11-24T12:00:00Z", "by": "ann", "target": ONE.target, "reason": "appeal"}
    (tmp_path / ORDERS).write_bytes(ENCODER.encode_lines([order]))
    told.obey()
    spared, written = listed(tmp_path), (tmp_path / LIST).stat().st_ino
    told.obey()

    assert spared == []
    assert (tmp_path / LIST).stat().st_ino == written
