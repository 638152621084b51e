"""A site may say how its log is laid out, in the words of nginx."""

from __future__ import annotations

import re

import pytest

from access.event import Field, Method
from access.layouts import Layout
from access.scanner import Scanner
from tests.access.scanning import read, reason, scan, text

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
    ("pattern", "line", "texts"),
    [
        (
            (
                '$remote_addr - $remote_user [$time_iso8601] "$request_method $scheme://$host'
                '$request_uri $server_protocol" $status $body_bytes_sent $request_time'
            ),
            (
                '203.0.113.5 - - [2026-11-23T22:24:26+00:00] "GET https://a.example/i/7.jpg'
                '?w=9 HTTP/2.0" 200 2048 0.003'
            ),
            {Field.TARGET: b"/i/7.jpg?w=9", Field.HOST: b"a.example"},
        ),
        (
            (
                "$msec\t$remote_addr\t$http_user_agent\t$request_method\t$uri\t$args\t$status"
                "\t$bytes_sent\t$cookie_lang\t$cookie_sessionid"
            ),
            (
                "1795472666.000\t203.0.113.5\tMozilla/5.0 (X11) | x\tGET\t/i/a b.jpg\tw=9\t200"
                "\t2048\ten\tabc def"
            ),
            {
                Field.TARGET: b"/i/a b.jpg?w=9",
                Field.AGENT: b"Mozilla/5.0 (X11) | x",
                Field.SESSION: b"abc def",
            },
        ),
        (
            (
                '[$time_local] $server_name $remote_addr "$http_x_forwarded_for" "$request_method'
                ' $uri?$args" $status $body_bytes_sent $msec "$upstream_response_time"'
            ),
            (
                '[23/Nov/2026:22:24:27 +0000] a.example 203.0.113.5 "junk" "GET /i/7.jpg?-" 200'
                ' 2048 1795472666.000 "0.1, 0.2"'
            ),
            {Field.TARGET: b"/i/7.jpg", Field.FORWARDED: b"junk", Field.HOST: b"a.example"},
        ),
        (
            (
                '$remote_addr "$http_host" $request_uri [$time_local] "$request_method" $bytes_sent'
                ' $status "$sent_http_content_type" $remote_user'
            ),
            (
                '203.0.113.5 "a.example" /i/7.jpg?w=9 [23/Nov/2026:22:24:26 +0000] "GET" 2048 200'
                ' "image/webp" ann lee'
            ),
            {
                Field.TARGET: b"/i/7.jpg?w=9",
                Field.HOST: b"a.example",
                Field.TYPE: b"image/webp",
                Field.ACCOUNT: b"ann lee",
            },
        ),
    ],
)
def test_a_platform_may_log_as_it_likes(pattern: str, line: str, texts: dict[Field, bytes]) -> None:
    got = read(line.encode(), scanner(pattern))

    assert (1_795_472_666_000, Method.GET, 200, 2048) == (got.at, got.method, got.status, got.size)
    assert texts | {Field.CLIENT: b"203.0.113.5"} == got.texts


def test_targets_of_two_parts_are_joined_behind_the_text_and_before_json() -> None:
    own = scanner('$remote_addr $msec $request_method "$uri" "$args"')
    lines = [b'203.0.113.5 1795472666.934 GET "/a" "%s"' % args for args in (b"x=1", b"-", b"y")]
    json = b'{"client":"203.0.113.5","ts":1,"path":"/b","query":"z","method":"GET"}'

    found, rejects = scan(*lines, json, lines[0], scanner=own)

    targets = [text(found, row, Field.TARGET) for row in range(len(found.at))]
    assert ([b"/a?x=1", b"/a", b"/a?y", b"/b?z", b"/a?x=1"], []) == (targets, rejects)


def test_a_format_of_the_site_goes_before_those_that_are_guessed() -> None:
    line = b'192.0.2.9 203.0.113.5 - - [23/Nov/2026:22:24:26 +0000] "GET /a HTTP/1.1" 200 5 "-" "-"'
    own = Layout.of("", '$host $remote_addr - $remote_user [$time_local] "$request"')

    assert reason(line).startswith("two addresses")
    assert read(line, Scanner((own,))).texts[Field.CLIENT] == b"203.0.113.5"
    assert read(line.removeprefix(b"192.0.2.9 "), Scanner((own,))) == read(line[10:])


def test_a_visitor_cannot_make_lines_of_a_declared_format_unreadable() -> None:
    own = scanner(
        '$remote_addr "$http_x_forwarded_for" "$http_host" $http_a [$time_local] "$request"'
    )
    odd = rb' ", 198.51.100.7 [23/Nov/2020:22:24:26 +0000] \x22GET / HTTP/1.1\x22 \\ - 200'.replace(
        b'"', rb"\x22"
    )

    got = read(
        b'203.0.113.5 "%s" "%s" %s [23/Nov/2026:22:24:26 +0000] "GET /a HTTP/1.1"'
        % (odd, odd, odd),
        own,
    )

    assert (1_795_472_666_000, b"203.0.113.5", b"/a") == (
        got.at, got.texts[Field.CLIENT], got.texts[Field.TARGET],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("%h %l %u %t", "needs $remote_addr; $time_local, $time_iso8601 or $msec; $request, or"),
        ('$remote_addr "$request"', "needs $time_local, $time_iso8601 or $msec"),
        ("$remote_addr [$time_local] $request_uri", "needs $request, or $request_method with"),
        ("$remote_addr$remote_user [$time_local]", "at 12: '$remote_user"),
        ("$remote_addr $ [$time_local]", "at 13: '$ ["),
        ("$remote_addr ${time_local [", "at 13: '${time"),
        ("$remote_addr\n$time_local", "at 12: '\\n"),
        ('{"ip":"$remote_addr"}', "JSON needs none"),
        ('$remote_addr "$uri$is_args$args" $msec', "log $request_uri instead"),
        (
            '$http_host $remote_addr [$time_local] "$request"',
            "a visitor may write ' ' into $http_host at 0 and so shift what follows",
        ),
        ("$request_uri|$msec|$request_method|$remote_addr", "'|' into $request_uri at 0"),
        ('$remote_addr $msec "$request" $http_user_agent $request_time', "' ' into $http_user_"),
    ],
)
def test_what_is_not_understood_is_said_with_its_place(pattern: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        Layout.of("own", pattern)
