"""An order hits whom its reader thinks of: every other way to write a target is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.frame import Scope
from enforcement.exact import exact
from enforcement.targets import aimed

SMUGGLED = [
    ("0.0.0.0/0", "everybody"),
    ("::/0", "everybody"),
    ("203.0.113.7/24", "host bits"),
    ("2001:db8::1/48", "host bits"),
    ("203.0.113.7\n", "line ends"),
    ("203.0.113.7\r\nX: y", "line ends"),
    ("203.0.113.7\x00", "control"),
    ("203.0.113.7\u200b", "invisible"),
    ("\u202e7.311.0.302", "invisible"),
    (" 203.0.113.7", "white space"),
    ("203.0.113.7 ", "white space"),
    ("::ffff:203.0.113.7", "IPv4 inside IPv6"),
    ("::FFFF:cb00:7107", "IPv4 inside IPv6"),
    ("::ffff:0:0/96", "IPv4 inside IPv6"),
    ("::203.0.113.7", "IPv4 inside IPv6"),
    ("::cb00:7107", "IPv4 inside IPv6"),
    ("::/8", "IPv4 inside IPv6"),
    ("64:ff9b::203.0.113.7", "IPv4 inside IPv6"),
    ("fe80::1%eth0", "zone"),
    ("2001:db8::%1/48", "zone"),
    ("3405803783", "four decimal numbers"),
    ("0xcb007107", "four decimal numbers"),
    ("0xcb.0.0x71.7", "four decimal numbers"),
    ("0313.0.0161.7", "four decimal numbers"),
    ("203.0.0113.7", "four decimal numbers"),
    ("203.0.113.07", "not an address"),
    ("203.0.28935", "four decimal numbers"),
    ("203.0.113.0/255.255.255.0", "four decimal numbers"),
    ("203.0.113.0/0.0.0.255", "four decimal numbers"),
    ("203.0.113.0/024", "four decimal numbers"),
    ("203.0.113.0/33", "not an address"),
    ("203.0.113.300", "not an address"),
    ("203.0.113.0/24/24", "four decimal numbers"),
    ("203.0.113.1-203.0.113.9", "four decimal numbers"),
    ("203.0.113.7,198.51.100.7", "four decimal numbers"),
    ("[2001:db8::1]", "four decimal numbers"),
    ("\u0662\u0660\u0663.0.113.7", "look like those"),
    ("\uff12\uff10\uff13.0.113.7", "look like those"),
    ("2001:db8::/\u0664\u0668", "look like those"),
    ("AS64500", "autonomous system"),
    ("asn:64500", "autonomous system"),
    ("session:", "names nobody"),
    ("session:a\nb", "line ends"),
    ("account: ", "white space"),
    (f"session:{'s' * 600}", "longer than"),
    ("ann", "not an address"),
    ("", "not an address"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"), SMUGGLED, ids=[ascii(text)[:30] for text, _ in SMUGGLED]
)
def test_what_could_be_mistaken_is_refused_and_said(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"not a target that orders take: ") as caught:
        exact(text)

    assert words in str(caught.value)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("text", "scope", "target"),
    [
        ("203.0.113.7", Scope.ADDRESS, "203.0.113.7"),
        ("203.0.113.7/32", Scope.ADDRESS, "203.0.113.7"),
        ("203.0.113.0/24", Scope.NETWORK, "203.0.113.0/24"),
        ("2001:DB8:1:2::77", Scope.ADDRESS, "2001:db8:1:2::/64"),
        ("2001:db8:1::/48", Scope.NETWORK, "2001:db8:1::/48"),
        ("session:a:b c", Scope.SESSION, "a:b c"),
        ("account:änn", Scope.ACCOUNT, "änn"),
    ],
)
def test_what_is_plain_is_read_as_decisions_write_it(text: str, scope: Scope, target: str) -> None:
    assert (scope, target) == exact(text)


@given(st.text(alphabet="0123456789abcdefx.:/%\n ", max_size=24))
def test_what_is_taken_is_written_in_one_way_only(text: str) -> None:
    try:
        scope, target = exact(text)
    except ValueError:
        return

    assert (scope, target) == aimed(target) == exact(target)
