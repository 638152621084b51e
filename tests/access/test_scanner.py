"""Every line of a chunk is read or refused, and comes back byte for byte."""

from __future__ import annotations

import numpy as np
import pytest

from access.batch import PAD
from access.event import Field, Method
from access.formats import ROSTER
from access.kernels.split import LONG
from access.lines import Chunk
from tests.access.scanning import SCANNER, read, reason, sample, scan, text

TIME = b"[23/Nov/2026:22:24:26 +0000]"
TAIL = b'200 5 "-" "curl/8"'
LINE = b'203.0.113.5 - - %s "GET /a.jpg HTTP/1.1" %s' % (TIME, TAIL)


def ask(request: bytes, tail: bytes = TAIL) -> bytes:
    return b'203.0.113.5 - - %s "%s" %s' % (TIME, request, tail)


@pytest.mark.parametrize(
    ("request_line", "method", "target"),
    [
        (b"GET /a.jpg HTTP/2.0", Method.GET, b"/a.jpg"),
        (b"HEAD /a HTTP/3", Method.HEAD, b"/a"),
        (b"OPTIONS * HTTP/1.1", Method.OTHER, b"*"),
        (b"get /a HTTP/1.1", Method.OTHER, b"/a"),
        (b"GET   /a b.jpg  HTTP/1.1", Method.GET, b"/a b.jpg"),
        (b"GET /old.jpg", Method.GET, b"/old.jpg"),
        (b"-", Method.OTHER, b""),
        (b"", Method.OTHER, b""),
        (rb"\x16\x03\x01\x02", Method.OTHER, rb"\x16\x03\x01\x02"),
        (b"\x16\x03\x01\x00\xff", Method.OTHER, b"\x16\x03\x01\x00\xff"),
        (b"GET HTTP/1.1", Method.OTHER, b"GET HTTP/1.1"),
    ],
)
def test_a_request_is_read_as_a_server_would(
    request_line: bytes, method: Method, target: bytes
) -> None:
    got = read(ask(request_line))

    assert (method, target) == (got.method, got.texts.get(Field.TARGET, b""))


@pytest.mark.parametrize(
    "user", [b"a b", b"a [b", b"a %s b" % TIME, b"DOMAIN\\ann", b"a:80 203.0.113.9 - -"]
)
def test_a_user_name_cannot_hide_its_line_or_move_it_to_another_address(user: bytes) -> None:
    texts = read(LINE.replace(b" - - ", b" - " + user + b" ")).texts

    assert (b"203.0.113.5", user) == (texts[Field.CLIENT], texts[Field.ACCOUNT])


def test_an_empty_user_name_is_nobody() -> None:
    lines = [LINE.replace(b" - - ", user) for user in (b' - "" ', b" -  ", b" - - ")]

    assert not any(Field.ACCOUNT in read(line).texts for line in lines)


@pytest.mark.parametrize(
    ("target", "host", "path"),
    [
        (b"http://a.example/i/7.jpg?w=9", b"a.example", b"/i/7.jpg?w=9"),
        (b"HTTPS://a.example:8443/", b"a.example:8443", b"/"),
        (b"http://a.example", b"a.example", b"/"),
        (b"http://a.example?w=9", b"a.example", b"?w=9"),
        (b"ftp://a.example/b", b"", b"ftp://a.example/b"),
    ],
)
def test_a_full_address_is_cut_to_its_target(target: bytes, host: bytes, path: bytes) -> None:
    texts = read(ask(b"GET " + target + b" HTTP/1.1")).texts

    assert (host, path) == (texts.get(Field.HOST, b""), texts[Field.TARGET])


def test_the_host_of_the_log_counts_more_than_that_of_a_full_address() -> None:
    line = b"photos.example:80 " + ask(b"GET http://a.example/b HTTP/1.1")

    assert read(line).texts[Field.HOST] == b"photos.example"


def test_a_host_without_a_port_is_known_by_the_address_behind_it() -> None:
    lines = [host + b" " + LINE for host in (b"a.example", b"localhost", b"-")]

    got = [read(line).texts for line in lines]

    assert [b"203.0.113.5"] * 3 == [texts[Field.CLIENT] for texts in got]
    assert [b"a.example", b"localhost", None] == [texts.get(Field.HOST) for texts in got]


def test_of_two_addresses_nobody_guesses_which_one_asked() -> None:
    for first in (b"198.51.100.7", b"[2001:db8::1]"):
        assert reason(first + b" " + LINE).startswith("two addresses")


def test_a_byte_order_mark_belongs_to_no_line() -> None:
    mark = b"\xef\xbb\xbf"

    lines, rejects = scan(mark + LINE, mark + b'{"client":"203.0.113.5","ts":1,"path":"/"}')
    _, odd = scan(mark + b"203.0.113.5 odd")

    assert (b"203.0.113.5", b"203.0.113.5", []) == (
        text(lines, 0, Field.CLIENT), text(lines, 1, Field.CLIENT), rejects,
    )  # fmt: skip
    assert [mark + b"203.0.113.5 odd"] == [reject.line for reject in odd]
    assert odd[0].reason.endswith("saw 'odd' at byte 15")


@pytest.mark.parametrize("opening", [LINE[:-1], b'{"a":"'])
def test_a_line_longer_than_eight_mebibytes_is_refused(opening: bytes) -> None:
    long = opening + b"a" * (LONG - len(opening) - 1) + b'"'

    lines, rejects = scan(LINE, long, LINE)

    assert [1, 3] == lines.number.tolist()
    assert [(2, "longer than 8 MiB", long)] == [(r.number, r.reason, r.line) for r in rejects]


@pytest.mark.parametrize("host", [b"photos.example", b"[2001:db8::9]", b"2001:db8::9"])
def test_a_host_with_colons_does_not_move_a_line_to_another_address(host: bytes) -> None:
    texts = read(host + b":443 " + LINE).texts

    assert (b"203.0.113.5", host) == (texts[Field.CLIENT], texts[Field.HOST])


def test_a_client_may_have_a_port_or_be_a_name() -> None:
    names = [b"203.0.113.5:4711", b"[2001:db8::5]:80", b"2001:db8:0:0:0:0:0:1", b"a.example"]

    assert names == [read(LINE.replace(b"203.0.113.5", n)).texts[Field.CLIENT] for n in names]


@pytest.mark.parametrize(
    "forwarded",
    [b"203.0.113.9", b"junk<, 203.0.113.9", b"2001:db8::1", b"unknown, [2001:db8::1]:80"],
)
def test_what_a_proxy_forwarded_is_read(forwarded: bytes) -> None:
    assert read(LINE + b' "' + forwarded + b'"').texts[Field.FORWARDED] == forwarded


@pytest.mark.parametrize("appended", [b"0.003", b"1.25", b"TLSv1.3", b"junk", b"", b"a, b"])
def test_what_is_no_list_of_addresses_was_not_forwarded(appended: bytes) -> None:
    assert Field.FORWARDED not in read(LINE + b' "' + appended + b'"').texts


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"", "empty line"),
        (b"\r", "empty line"),
        (b"   ", "client: expected an address or a host name, saw '  ' at byte 1"),
        (
            LINE.replace(b" +0000", b""),
            "time: expected day/Mon/year:h:m:s +zone, saw '23/Nov/2026:22:24:26] ",
        ),
        (LINE[:-1], "text: expected its closing quote, saw 'curl/8' at byte 78"),
        (LINE.replace(b" 200 ", b" 2OO "), "status: expected three digits, saw '2OO 5"),
        (LINE.replace(b" 5 ", b" five "), "size: expected digits, saw 'five"),
        (b'- - - %s "GET / HTTP/1.1" 200 5' % TIME, "client: expected"),
        (LINE.replace(b'" 200', b'"200'), "status: expected three digits"),
        (LINE + b"x", "text: expected its closing quote"),
        (LINE.replace(b" - - ", b"\xff" * 9), "text: expected the separator"),
        (LINE.replace(b"26 +0000]", b"26 +0000 "), "separator: expected"),
    ],
)
def test_a_reject_says_what_was_seen_and_where(line: bytes, why: str) -> None:
    assert reason(line).startswith(why)


def test_numbers_count_from_the_first_of_the_chunk() -> None:
    lines, rejects = scan(LINE, b"odd", LINE, first=40)

    assert ([40, 42], [41]) == (lines.number.tolist(), [r.number for r in rejects])


def test_a_reject_keeps_its_source_and_its_carriage_return() -> None:
    _, rejects = scan(b"odd\r")

    assert [(3, b"odd\r")] == [(r.source, r.line) for r in rejects]


def test_the_next_chunk_does_not_touch_what_was_returned() -> None:
    before, _ = scan(LINE)
    wanted = sample(before, 0)

    scan(*[LINE.replace(b"a.jpg", b"other.jpg")] * 3)

    assert wanted == sample(before, 0)


def test_zeros_stand_behind_the_bytes() -> None:
    lines, _ = scan(LINE)

    assert not lines.buffer[-PAD:].any()


@pytest.mark.parametrize("filler", [b"a", b"\\", b'"', b" ", b"[", b" [2", b'" "', b":8 "])
def test_a_line_of_a_mebibyte_is_read_or_refused_like_any(filler: bytes) -> None:
    long = LINE.replace(b"curl/8", filler * (2**20 // len(filler)))

    lines, rejects = scan(LINE, long, LINE)

    whole = [text(lines, row, Field.LINE) for row in range(len(lines.at))]
    assert [LINE, LINE] == [whole[0], whole[-1]]
    assert [long] == whole[1:-1] + [r.line for r in rejects]


def test_an_empty_chunk_holds_nothing() -> None:
    lines, rejects = scan()

    assert (0, []) == (len(lines.at), rejects)


def test_how_a_log_is_cut_changes_nothing() -> None:
    sent = [layout.example.encode() for layout in ROSTER] * 3 + [b"odd", LINE]

    whole, _ = scan(*sent)
    alone = [scan(line) for line in sent]

    assert [sample(whole, row) for row in range(len(whole.at))] == [
        sample(lines, 0) for lines, _ in alone if len(lines.at)
    ]


def test_a_chunk_too_large_to_point_into_is_refused() -> None:
    huge = np.lib.stride_tricks.as_strided(np.zeros(1, np.uint8), (2**29 + 1,), (0,))

    with pytest.raises(ValueError, match="at most 536870912 bytes"):
        SCANNER.scan(Chunk(huge, 0, 1))


def test_a_chunk_with_half_a_line_is_refused() -> None:
    with pytest.raises(ValueError, match="ends with a newline"):
        SCANNER.scan(Chunk(np.frombuffer(LINE, np.uint8), 0, 1))
