"""Every feed that takes an action tells of it alone, and says which it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enforcement.decision import Action
from feeds.granting import granted
from feeds.haproxy_map import haproxy_map
from feeds.nginx_answers import nginx_answers
from feeds.roster import LISTED
from feeds.wish import Wish
from tests.feeds.test_every_feed import BLOCK, held

if TYPE_CHECKING:
    from feeds.feed import Feed

MIXED = held(
    [
        replace(BLOCK, id="b", target="203.0.113.7"),
        replace(BLOCK, id="c", target="198.51.100.7", action=Action.CHALLENGE),
        replace(BLOCK, id="d", target="198.51.100.9", action=Action.DEGRADE),
    ]
).standing(0)
TAKES = [feed for feed in LISTED if "action" in feed.takes]


@pytest.mark.parametrize("feed", TAKES, ids=lambda feed: feed.name)
def test_it_tells_of_the_action_that_was_asked_for_and_of_no_other(
    feed: Feed,
) -> None:
    text = feed.render(granted(MIXED, Wish(Action.CHALLENGE))).decode()

    assert "198.51.100.7" in text
    assert "203.0.113.7" not in text
    assert "198.51.100.9" not in text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("blocklist.txt", "# Hedgerow challenge list"),
        ("blocklist.nft", "add set inet hedgerow_lists challenge4 { type ipv4_addr;"),
        ("blocklist.ipset", "swap hedgerow-challenge4-new hedgerow-challenge4"),
        ("blocklist.rsc", "add list=hedgerow-challenge address=198.51.100.7/32"),
        ("blocklist.f5", "198.51.100.7,32,bl,hedgerow_challenge"),
        ("blocklist.ndjson", '"action":"challenge"'),
        ("blocklist.stix.json", '"name":"challenge 198.51.100.7/32"'),
    ],
)
def test_what_is_put_into_force_bears_the_name_of_the_action(name: str, says: str) -> None:
    (feed,) = (feed for feed in LISTED if feed.name == name)

    assert says in feed.render(granted(MIXED, Wish(Action.CHALLENGE))).decode()


def test_maps_say_for_each_what_is_done() -> None:
    assert nginx_answers(MIXED).decode().splitlines()[-3:] == [
        "198.51.100.7/32 challenge;",
        "198.51.100.9/32 degrade;",
        "203.0.113.7/32 block;",
    ]
    assert haproxy_map(MIXED).endswith(b"203.0.113.7/32 block\n")
