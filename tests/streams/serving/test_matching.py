"""TAXII's parameters are read as it says, or refused with what was seen."""

from __future__ import annotations

import pytest

from feeds.shelf import Shelf
from streams.serving.matching import MOST, Match

NOON = 1_795_521_600_000_000  # 2026-11-24 12:00 UTC in microseconds
INDICATORS = [{"id": f"indicator--{n}", "type": "indicator"} for n in range(3)]
SHELF = Shelf()
SHELF.fill([{"id": "identity--0", "type": "identity"}, *INDICATORS], NOON / 1e6)


@pytest.mark.parametrize(
    ("asked", "match"),
    [
        ([], Match()),
        ([("added_after", "2026-11-24T12:00:00.000001Z")], Match(NOON + 1)),
        ([("limit", "7"), ("next", "9")], Match(9, 7)),
        ([("limit", "9999999")], Match(limit=MOST)),
        (
            [("match[type]", "indicator,identity")],
            Match(types=frozenset(("indicator", "identity"))),
        ),
        ([("match[version]", "all"), ("match[spec_version]", "2.0,2.1")], Match()),
    ],
)
def test_what_is_asked_for_is_read(asked: list[tuple[str, str]], match: Match) -> None:
    assert Match.of(asked) == match


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("added_after", "yesterday", "added_after: expected a time .* saw 'yesterday'"),
        ("limit", "0", "limit: expected a number from 1 up, saw '0'"),
        ("next", "-1", "next: expected a number from 1 up, saw '-1'"),
        ("match[version]", "2020-01-01T00:00:00Z", "only the last one is kept"),
        ("match[spec_version]", "2.0", "only 2.1 is spoken, saw '2.0'"),
        ("match[name]", "x", r"'match\[name\]': unknown parameter"),
    ],
)
def test_what_cannot_be_read_says_what_was_seen(name: str, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Match.of([(name, text)])


def test_pages_give_everything_once() -> None:
    first, more = Match(limit=3).page(SHELF)
    second, end = Match(first[-1].added, 3).page(SHELF)

    assert len({kept.body["id"] for kept in (*first, *second)}) == 4
    assert (more, end) == (True, False)


def test_only_what_is_meant_is_given() -> None:
    page, _ = Match(types=frozenset(["indicator"]), ids=frozenset(["indicator--1"])).page(SHELF)

    assert [kept.body for kept in page] == [INDICATORS[1]]
