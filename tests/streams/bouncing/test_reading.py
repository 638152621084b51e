"""A list is believed only if it is whole; an empty one only if it says that it is."""

from __future__ import annotations

import math

import pytest

from enforcement.standing import Standing
from feeds.entries import entries
from feeds.listing import listing
from streams.bouncing.reading import leased, read_listing, read_whole
from tests.streams.bouncing.origin import clock, ending

NOW, LEASE = clock(), 3600.0
BLOCKED = [ending("203.0.113.7", lasts=60), ending("198.51.100.0/24", lasts=math.inf)]
STANDING = Standing.of(entry for entry, _ in BLOCKED)
EMPTY = Standing.of([])


def test_a_whole_list_says_who_and_until_when() -> None:
    found = read_whole(entries(STANDING), NOW, LEASE)

    assert sorted(found, key=lambda pair: pair[0].key) == sorted(
        BLOCKED, key=lambda pair: pair[0].key
    )


def test_a_text_says_who_and_a_lease_says_until_when() -> None:
    found = read_listing(listing(STANDING), NOW, LEASE)

    assert [(entry.target, end) for entry, end in found] == [
        ("198.51.100.0/24", leased(NOW, LEASE)),
        ("203.0.113.7", leased(NOW, LEASE)),
    ]


def test_an_end_that_is_past_is_of_an_old_log_and_holds_for_a_lease() -> None:
    old = Standing.of([ending("203.0.113.7", lasts=-86_400)[0]])

    assert read_whole(entries(old), NOW, LEASE)[0][1] == leased(NOW, LEASE)


def test_a_lease_lasts_at_least_half_of_it_and_is_seldom_moved() -> None:
    ends = {leased(NOW + second, LEASE) for second in range(3600)}

    assert len(ends) <= 3
    assert all(LEASE / 2 < leased(NOW + s, LEASE) - NOW - s <= LEASE for s in range(3600))


def test_an_empty_list_that_says_so_is_known_to_be_empty() -> None:
    assert read_listing(listing(EMPTY), NOW, LEASE) == ()
    assert read_whole(entries(EMPTY), NOW, LEASE) == ()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\n",
        b"<html>502 Bad Gateway</html>",
        b"# Hedgerow block list\n# entries: 0\n",
        listing(STANDING)[:-20],
        listing(STANDING) + b"203.0.113.9/32\n",
        listing(EMPTY) + b"0.0.0.0/0\n",
    ],
)
def test_a_text_that_is_not_whole_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"no block list|not whole"):
        read_listing(body, NOW, LEASE)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{}",
        b"null",
        entries(STANDING)[:-5],
        entries(STANDING).replace(b"203.0.113.7/32", b"203.0.113.8/32"),
        entries(EMPTY).replace(EMPTY.name.encode(), STANDING.name.encode()),
        entries(STANDING).replace(b'"target":"203.0.113.7"', b'"target":"203.0.113.7/32"'),
        entries(STANDING).replace(b'"action":"block"', b'"action":"ban"'),
    ],
)
def test_json_that_is_not_whole_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_whole(body, NOW, LEASE)
