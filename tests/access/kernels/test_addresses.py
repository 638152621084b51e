"""The address kernel takes what the standard library takes, and gives the same bits."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from access.addresses import V4_FIRST, V4_LAST, key_of
from access.kernels.addresses import parse_address

PIECES = [*"0123456789abcF:.%[] \t", "::", "::ffff:", "1.2.3.4", "255", "256", "01", "2001:db8"]
almost_addresses = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)
groups = st.lists(st.sampled_from(["0", "1", "db8", "ffff"]), min_size=8, max_size=8)
with_gaps = groups.map(":".join).map(IPv6Address)
addresses = st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6), with_gaps)


def twin(text: str) -> int:
    bare = text.strip(" \t")
    if bare.startswith("["):
        bare, _, rest = bare[1:].partition("]")
        if (not text.strip(" \t")[1:].count("]")) or not port(rest) or "." in bare.split(":")[0]:
            return 0
    elif bare.count(":") == 1:
        bare, _, rest = bare.partition(":")
        if not port(f":{rest}"):
            return 0
    try:
        address = ip_address(bare)
    except ValueError:
        return 0
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if isinstance(address, IPv4Address):
        return V4_FIRST | int(address)
    upper = int(address) >> 64
    return 0 if V4_FIRST <= upper <= V4_LAST else upper


def port(text: str) -> bool:
    digits = text[1:]
    known = text[:1] == ":" and digits.isascii() and digits.isdigit()
    return not text or (known and len(digits) <= 5 and int(digits) < 65536)


@given(almost_addresses)
@example("")
@example("[")
@example("[]")
@example("1.2.3.4:")
@example("1.2.3.4:65535")
@example("1.2.3.4:65536")
@example("[1.2.3.4]")
@example("[::1%a]:1")
@example("1::2:3:4:5:6:7:8")
@example("1:2:3:4:5:6:7::")
@example("::2:3:4:5:6:7:8")
@example("1:2:3:4:5:6:7:8:9")
@example("::ffff:1.2.3.4")
@example("::ffff:0102:0304")
@example("0:ffff::1")
@example("64:ff9b::1.2.3.4")
@example("1:2:3:4:5:6:7:1.2.3.4")
@example("12345::")
@example("fe80::1%")
@example("fe80::1%a%b")
def test_what_is_almost_an_address_is_read_as_the_standard_library_reads_it(text: str) -> None:
    assert twin(text) == key_of(text)


@given(addresses)
def test_every_spelling_of_an_address_has_one_key(
    address: IPv4Address | IPv6Address,
) -> None:
    text, key = str(address), twin(str(address))
    spellings = [text, f" {text}\t", address.exploded.upper()]
    if isinstance(address, IPv4Address):
        upper, lower = divmod(int(address), 1 << 16)
        spellings += [f"{text}:443", f"::ffff:{text}", f"::FFFF:{upper:x}:{lower:x}"]
    else:
        spellings += [f"[{text}]", f"[{text}]:443"]

    assert [key] * len(spellings) == [key_of(spelling) for spelling in spellings]


@given(st.binary(max_size=40))
def test_bytes_beside_the_address_are_not_looked_at(noise: bytes) -> None:
    buffer = np.frombuffer(noise + b"203.0.113.7" + noise + bytes(1), np.uint8)

    assert key_of("203.0.113.7") == parse_address(buffer, len(noise), len(noise) + 11)
