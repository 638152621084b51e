"""A site may say how its log is laid out, in the words of nginx."""

from __future__ import annotations

import pytest

from access.event import Field
from access.layouts import Layout
from access.scanner import Scanner
from tests.access.scanning import read, reason

PATTERN = '$remote_addr [$time_local] "$request" $status'
LINE = b'203.0.113.5 [23/Nov/2026:22:24:26 +0000] "GET /a.jpg HTTP/1.1" 200'


def scanner(pattern: str) -> Scanner:
    return Scanner((Layout.of("own", pattern),), ())


def test_a_layout_of_its_own_is_read() -> None:
    own = scanner(
        '<$host> ${remote_addr} => $upstream_addr | "$cookie_sid" [$time_local] "$request" '
        '$status rt=$request_time type="$sent_http_content_type" "$scheme://$server_name"'
    )
    line = (
        b"<photos.example> 203.0.113.5 => 192.0.2.1:80 | "
        b'"abc" [23/Nov/2026:22:24:26 +0000] "HEAD /a.jpg HTTP/3" 304 '
        b'rt=0.003 type="image/webp" "https://photos.example"'
    )

    assert read(line, own).texts == {
        Field.HOST: b"photos.example",
        Field.CLIENT: b"203.0.113.5",
        Field.SESSION: b"abc",
        Field.TARGET: b"/a.jpg",
        Field.TYPE: b"image/webp",
    }


def test_numbers_may_stand_in_quotes() -> None:
    own = scanner('"$remote_addr" "$time_local" "$request" "$status" "$bytes_sent"')
    line = b'"203.0.113.5" "23/Nov/2026:22:24:26 +0000" "GET /a.jpg HTTP/1.1" "206" "77"'

    got = read(line, own)

    assert (206, 77) == (got.status, got.size)


def test_the_first_of_two_numbers_counts() -> None:
    own = scanner(PATTERN + " $bytes_sent $body_bytes_sent")

    assert read(LINE + b" 77 55", own).size == 77


def test_a_last_word_ends_with_the_line_or_at_a_space() -> None:
    own = scanner(PATTERN + " $host")

    assert [b"a.example", b"a.example"] == [
        read(LINE + end, own).texts[Field.HOST] for end in (b" a.example", b" a.example more")
    ]


def test_a_last_text_of_a_visitor_ends_with_the_line() -> None:
    own = scanner(PATTERN + " $http_user_agent")

    assert read(LINE + b" Mozilla/5.0 (X11) x", own).texts[Field.AGENT] == b"Mozilla/5.0 (X11) x"


def test_of_two_layouts_the_longer_that_fits_is_taken() -> None:
    pair = Scanner(tuple(Layout.of("", p) for p in (PATTERN, PATTERN + ' "$cookie_sid"')))

    assert [None, b"abc"] == [
        read(LINE + end, pair).texts.get(Field.SESSION) for end in (b"", b' "abc"')
    ]


def test_a_scanner_without_layouts_reads_no_text() -> None:
    assert reason(LINE, Scanner((), ())).startswith("expected JSON")


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("%h %l %u %t", "needs"),
        ('$remote_addr "$request"', "needs"),
        ("$remote_addr$remote_user [$time_local]", "at 12: '$remote_user"),
        ("$remote_addr $ [$time_local]", "at 13: '$ ["),
        ("$remote_addr ${time_local [", "at 13: '${time"),
        ("$remote_addr\n$time_local", r"at 12: '\\n"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(pattern: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint.replace("$", r"\$").replace("[", r"\[")):
        Layout.of("own", pattern)
