"""Whose network an address is in, as a file in MaxMind's format says."""

from __future__ import annotations

from io import BytesIO
from ipaddress import ip_network
from typing import TYPE_CHECKING

import maxminddb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.addresses import address_text, key_of
from access.site import Site
from access.site.systems import Systems
from tests.access.site.mmdb import mmdb

if TYPE_CHECKING:
    from tests.access.site.mmdb import Value

RECORDS: dict[str, Value] = {
    "192.0.2.0/24": {"autonomous_system_number": 64500},
    "198.51.100.128/25": {"asn": "AS64501", "as_type": "hosting"},
    "203.0.113.7/32": {"traits": {"autonomous_system_number": 64502, "user_type": "hosting"}},
    "2001:db8::/32": {"autonomous_system_number": 64503, "is_hosting_provider": True},
    "2001:db9:1:2:8000::/65": {"autonomous_system_number": 64504},
}
EXPECTED = {
    "192.0.2.9": (64500, False),
    "198.51.100.127": (0, False),
    "198.51.100.128": (64501, True),
    "203.0.113.7": (64502, True),
    "203.0.113.6": (0, False),
    "2001:db8:5::1": (64503, True),
    "2001:db9:1:2::1": (0, False),  # half of its /64 is another's
    "2001:dba::1": (0, False),
}


def keys(*addresses: str) -> np.ndarray:
    return np.array([key_of(address) for address in addresses], np.uint64)


def said(systems: Systems, *addresses: str) -> list[tuple[int, bool]]:
    asked = keys(*addresses)
    return list(zip(systems.asn_of(asked).tolist(), systems.hosted(asked).tolist(), strict=True))


@pytest.mark.parametrize("bits", [24, 28, 32])
def test_addresses_are_told_their_system_and_whether_it_is_a_hoster(bits: int) -> None:
    systems = Systems.of(mmdb(RECORDS, bits=bits))

    assert said(systems, *EXPECTED) == list(EXPECTED.values())


def test_a_file_of_ipv4_addresses_knows_no_others() -> None:
    systems = Systems.of(mmdb({"192.0.2.0/24": {"asn": 64500}}, version=4))

    assert said(systems, "192.0.2.9", "192.0.3.9", "2001:db8::1") == [
        (64500, False),
        (0, False),
        (0, False),
    ]


def test_what_is_asked_bit_by_bit_is_told_as_if_asked_at_once() -> None:
    systems = Systems.of(mmdb(RECORDS))

    assert [said(systems, address)[0] for address in reversed(EXPECTED)] == [
        *reversed(EXPECTED.values())
    ]


def test_a_list_of_hosters_says_more_than_the_file() -> None:
    systems = Systems.of(mmdb({"192.0.2.0/24": {"asn": 64500}}), hosters=[64500])

    assert said(systems, "192.0.2.9") == [(64500, True)]


@pytest.mark.parametrize(
    ("records", "hosters", "tells"),
    [
        (RECORDS, [], True),
        ({"192.0.2.0/24": {"asn": 64500}}, [], False),
        ({"192.0.2.0/24": {"asn": 64500}}, [64500], True),
    ],
)
def test_it_is_known_whether_hosters_can_be_told(
    records: dict[str, Value], hosters: list[int], *, tells: bool
) -> None:
    assert Systems.of(mmdb(records), hosters).tells_hosters == tells


def test_nobody_and_nowhere_have_no_system() -> None:
    assert said(Systems.nowhere(), "192.0.2.9") == [(0, False)]
    assert Systems.of(mmdb(RECORDS)).asn_of(np.zeros(1, np.uint64)).tolist() == [0]
    assert not Systems.nowhere().tells_hosters


networks = st.builds(
    lambda number, width: str(ip_network((number >> (32 - width) << (32 - width), width))),
    st.integers(0, 2**32 - 1),
    st.integers(8, 24),
)


@given(st.lists(networks, min_size=1, max_size=8), st.lists(st.integers(1, 2**32 - 1), min_size=1))
def test_it_says_what_the_reader_of_the_format_says(names: list[str], hosts: list[int]) -> None:
    apart = [n for n in dict.fromkeys(names) if not any(_overlap(n, m) for m in names)]
    data = mmdb({n: {"asn": i + 1} for i, n in enumerate(apart)} or {"0.0.0.0/1": {"asn": 9}})
    asked = [int(ip_network(n).network_address) for n in apart] + hosts
    addresses = np.array(asked, np.uint64) | np.uint64(0xFFFF << 32)

    with maxminddb.open_database(BytesIO(data), maxminddb.MODE_FD) as reader:
        read = [reader.get(address_text(key)) for key in addresses.tolist()]

    told = [record["asn"] if isinstance(record, dict) else 0 for record in read]
    assert told == Systems.of(data).asn_of(addresses).tolist()


def _overlap(one: str, other: str) -> bool:
    return one != other and ip_network(one).overlaps(ip_network(other))


SITE = '[lookups]\nsystems = "as.mmdb"\nhosters = "hosters.txt"\n'


def test_a_site_names_the_file_and_the_list() -> None:
    held = {"as.mmdb": mmdb({"192.0.2.0/24": {"asn": 64500}}), "hosters.txt": ["AS64500"]}

    site = Site.from_toml(SITE, load=held.__getitem__)

    assert said(site.systems, "192.0.2.9") == [(64500, True)]


@pytest.mark.parametrize(
    ("data", "hosters", "words"),
    [
        (b"GIF89a", [], "lookups: 'as.mmdb': not in MaxMind's format: no metadata in 6 bytes"),
        (["x"], [], "lookups.systems: expected a file called ….mmdb, saw 'as.mmdb'"),
        (mmdb(RECORDS), ["Acme"], "'hosters.txt': expected the number of a system, 64500 or"),
        (mmdb(RECORDS)[600:], [], "not in MaxMind's format: "),
    ],
)
def test_what_is_wrong_is_said_in_words(
    data: bytes | list[str], hosters: list[str], words: str
) -> None:
    held = {"as.mmdb": data, "hosters.txt": hosters}

    with pytest.raises(ValueError, match="lookups") as caught:
        Site.from_toml(SITE, load=held.__getitem__)

    assert words in str(caught.value)
