"""A published list is read in any of its shapes, and refused where it cannot be meant."""

from __future__ import annotations

import pytest

from streams.lists import LONGEST, checked, listed

BEFORE = ("192.0.2.0/24", "198.51.100.0/24", "2001:db8::/48")


@pytest.mark.parametrize(
    "text",
    [
        '{"prefixes":\n[{"ipv4Prefix": "192.0.2.0/24"}, {"ipv6Prefix": "2001:db8::/48"}]}',
        '{"prefixes": [{"ipv4Prefix": "192.0.2.0/24", "ipv6Prefix": "2001:db8::/48"}]}',
        "192.0.2.0/24\n2001:db8::/48\n",
        "# a geofeed\n192.0.2.0/24,IE,IE-L,Dublin,\n\n2001:db8::/48,US,,,\n",
    ],
)
def test_every_shape_is_read(text: str) -> None:
    assert listed(text) == ["192.0.2.0/24", "2001:db8::/48"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"prefixes": [{"ipv4Prefix": "192.0.2.0/24"}, {"ipv4Pre', "not JSON"),
        ('{"error": "gone"}', "expected"),
        ('{"prefixes": [17]}', "expected"),
        ('{"prefixes": []}', "no ranges"),
        ("", "no ranges"),
        ("<!doctype html>\n<p>Not found", "not an address or CIDR: '<!doctype html>'"),
        ("192.0.2.0/33", "not an address or CIDR"),
        ("10.1.0.0/16", "10.1.0.0/16 lies in 10.0.0.0/8"),
        ("127.0.0.1", "lies in 127.0.0.0/8"),
        ("fd00::/48", "lies in fc00::/7"),
        ("0.0.0.0/0", "wider than any crawler's"),
        ("64.0.0.0/11", "wider than any crawler's"),
        ("2000::/3", "wider than any crawler's"),
        ("64.0.0.0/12\n65.0.0.0/12\n66.0.0.0/12\n67.0.0.0/12\n68.0.0.0/12", "IPv4 addresses, at"),
        ("\n".join(["192.0.2.1"] * (LONGEST + 1)), "at most 20,000 are believed"),
    ],
)
def test_what_cannot_be_meant_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        checked(listed(text))


def test_a_list_may_shrink_but_not_by_more_than_half() -> None:
    assert checked(["192.0.2.0/24", "2001:db8::/48"], BEFORE) == ("192.0.2.0/24", "2001:db8::/48")

    with pytest.raises(ValueError, match="only 25% of the IPv4 addresses"):
        checked(["192.0.2.0/25", "2001:db8::/48"], BEFORE)
    with pytest.raises(ValueError, match="only 0% of the IPv6 addresses"):
        checked(BEFORE[:2], BEFORE)


def test_a_list_is_sorted_and_holds_each_range_once() -> None:
    assert checked([*BEFORE[::-1], *BEFORE]) == BEFORE


def test_a_list_of_single_addresses_may_be_given_again() -> None:
    once = checked(["192.0.2.7", "2001:db8::5"])

    assert checked(["192.0.2.7", "2001:db8::5"], once) == once
