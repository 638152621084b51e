"""The listing says of itself what its reader has to know."""

from __future__ import annotations

from dataclasses import replace

from actors.frame import Scope
from enforcement.blocklist import BlockList
from feeds.listing import listing
from tests.feeds.test_every_feed import BLOCK, held

NOON = 1_795_521_600  # 2026-11-24 12:00 UTC
ONE = replace(BLOCK, id="a", target="203.0.113.7", at=NOON, until=NOON + 3600)


def head(text: bytes) -> dict[str, str]:
    lines = [line for line in text.decode().splitlines() if line.startswith("#")]
    return dict(line[2:].split(": ", 1) for line in lines[1:])


def test_it_says_how_many_and_until_when() -> None:
    assert listing(held([ONE]).standing(NOON)).decode().splitlines() == [
        "# Hedgerow block list",
        "# entries: 1",
        "# set: 9e4d57c5f7f13afb",
        "# in force until: 2026-11-24T13:00:00Z",
        "203.0.113.7/32",
    ]


def test_what_is_not_listed_does_not_say_until_when() -> None:
    session = replace(ONE, id="s", scope=Scope.SESSION, target="session-9", until=NOON + 60)

    told = head(listing(held([ONE, session]).standing(NOON)))

    assert told["in force until"] == "2026-11-24T13:00:00Z"


def test_an_empty_list_stands_until_further_notice() -> None:
    assert head(listing(BlockList().standing(NOON)))["in force until"] == "further notice"


def test_equal_entries_are_told_alike_at_any_time() -> None:
    early, late = (listing(held([ONE]).standing(NOON + after)) for after in (0, 60))

    assert early == late
