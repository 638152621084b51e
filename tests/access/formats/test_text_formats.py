"""What single text formats must not be fooled by."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.event import Field
from access.formats import cloudfront, envoy, haproxy, haproxy_plain, istio
from access.layouts import Layout
from access.scanner import Scanner
from tests.access.scanning import read, reason, scan, text

ENVOY, ISTIO, HAPROXY = (f.SAMPLES[0].line for f in (envoy, istio, haproxy))
EDGE = cloudfront.SAMPLES[0].line
AGENT = b"Mozilla/5.0 (X11; Linux x86_64; rv:140.0)"

PARTS = [b'" "', b'"', b" ", b"\\", b",", b"198.51.100.66", b"x", b'" ', b' "', b"- - 1:1 1:1 "]
written = st.lists(st.sampled_from(PARTS), max_size=6).map(b"".join)


@pytest.mark.parametrize("line", [ENVOY, ISTIO])
@pytest.mark.parametrize("agent", [b'a" b', b'"', b"a\\", b'\\" x', b'"a"', b'" ', b"", b"{", b"["])
def test_a_visitor_writes_into_a_text_that_is_not_escaped_and_nowhere_else(
    line: bytes, agent: bytes
) -> None:
    got, before = read(line.replace(AGENT, agent)), read(line)

    fields = [Field.CLIENT, Field.FORWARDED, Field.HOST, Field.TARGET]
    if agent == b'" ':
        fields.remove(Field.HOST)
    assert [before.texts[f] for f in fields] == [got.texts[f] for f in fields]


@given(hops=written, agent=written, number=written)
def test_nothing_a_visitor_writes_makes_him_somebody_else(
    hops: bytes, agent: bytes, number: bytes
) -> None:
    theirs = b'"%s,203.0.113.5" "%s" "%s" "a.example" "192.0.2.80:8080"' % (hops, agent, number)
    envoy_line = ENVOY[: ENVOY.index(b'"198')] + theirs
    istio_line = (
        ISTIO[: ISTIO.index(b'"203')] + theirs + b" c 192.0.2.4:1 192.0.2.4:2 203.0.113.5:9 - r"
    )

    lines, _ = scan(envoy_line, istio_line)

    clients = {text(lines, row, Field.CLIENT) for row in range(len(lines.at))}
    assert clients <= {b"203.0.113.5", b"203.0.113.5:9"}


@pytest.mark.parametrize("line", [ENVOY, ISTIO])
def test_a_quote_and_a_space_and_a_quote_make_a_line_nobodys(line: bytes) -> None:
    shifted = line.replace(AGENT, b'x" "y')

    assert [shifted] == [reject.line for reject in scan(shifted)[1]]


def test_a_line_with_more_fields_says_that_it_has() -> None:
    assert reason(ENVOY + b' "x"').startswith("more fields than the format has")


@pytest.mark.parametrize("hops", [b"-", b"", b"unknown", b"203.0.113.9, x"])
def test_without_a_last_hop_envoy_names_no_client(hops: bytes) -> None:
    line = ENVOY.replace(b"198.51.100.2,203.0.113.9", hops)

    assert reason(line).startswith("client: expected an address")


def test_what_envoy_was_forwarded_may_be_spaced() -> None:
    texts = read(ENVOY.replace(b"198.51.100.2,203", b"x, 198.51.100.2, 203")).texts

    assert texts[Field.CLIENT] == b"203.0.113.9"
    assert texts[Field.FORWARDED] == b"x, 198.51.100.2, 203.0.113.9"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"a#7Cb#7Dc#7B#22#23", b'a|b}c{"#'),
        (b"#00#FF#e4", b"\x00\xff\xe4"),
        (b"#", b"#"),
        (b"#2", b"#2"),
        (b"#gg#2", b"#gg#2"),
        (b"##22", b'#"'),
        (b"%20", b"%20"),
    ],
)
def test_what_haproxy_captured_is_written_out(written: bytes, meant: bytes) -> None:
    line = HAPROXY.replace(b"Mozilla/5.0 #22X11#22", written)

    assert read(line).texts[Field.AGENT] == meant


@pytest.mark.parametrize("captures", [b"{a}", b"{a|b|c} {d}", b"{a|b} {c}", b'{a|b" }', b"{"])
def test_other_captures_than_two_are_not_guessed(captures: bytes) -> None:
    line = re.sub(rb"\{.*\}", captures.replace(b"\\", rb"\\"), HAPROXY)

    assert len(scan(line)[1]) == 1


def test_a_site_says_what_its_haproxy_captures() -> None:
    pattern = haproxy.LAYOUT.pattern.replace(
        "{$captured_agent|$captured_referer}",
        "{$captured_host|$captured_agent|$captured_forwarded} {$captured}",
    )
    line = re.sub(rb"\{.*\}", b"{a.example|curl#7C8|203.0.113.9} {image/webp}", HAPROXY)

    texts = read(line, Scanner((Layout.of("own", pattern),))).texts

    assert [b"a.example", b"curl|8", b"203.0.113.9"] == [
        texts[f] for f in (Field.HOST, Field.AGENT, Field.FORWARDED)
    ]


@pytest.mark.parametrize("status", [b"-1", b"0", b"-"])
def test_where_nothing_was_answered_there_is_no_status(status: bytes) -> None:
    line = haproxy_plain.SAMPLES[0].line.replace(b" 200 ", b" " + status + b" ")

    assert replace(haproxy_plain.SAMPLES[0], line=line, status=0) == read(line)


def test_a_time_of_haproxy_needs_its_milliseconds() -> None:
    assert reason(HAPROXY.replace(b"26.934]", b"26.x34]"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"%22a%22%5C%7c", b'"a"\\|'),
        (b"a%2520b", b"a%20b"),
        (b"100%", b"100%"),
        (b"%4", b"%4"),
        (b"%zz%41", b"%zzA"),
        (b'a "b', b'a "b'),
        (b"%2D", b"-"),
    ],
)
def test_what_cloudfront_encoded_of_an_agent_is_decoded_once(written: bytes, meant: bytes) -> None:
    line = EDGE.replace(b"Mozilla/5.0%20(X11;%20Linux)", written)

    assert read(line).texts[Field.AGENT] == meant


def test_a_path_of_cloudfront_stays_as_it_was_asked_for() -> None:
    line = EDGE.replace(b"/7.jpg", b"/7%20%25.jpg").replace(b"\tw=9\t", b"\t-\t")

    assert read(line).texts[Field.TARGET] == b"/i/large/7%20%25.jpg"


@pytest.mark.parametrize("comment", [b"#Version: 1.0", b"#Fields: date time c-ip", b"#"])
def test_a_remark_in_a_log_is_no_request_and_not_lost(comment: bytes) -> None:
    lines, rejects = scan(comment, EDGE)

    assert ([2], [comment]) == (lines.number.tolist(), [r.line for r in rejects])
    assert rejects[0].reason.startswith("comment")


def test_coded_texts_are_read_whatever_came_before_and_whatever_room_there_is() -> None:
    lines = [ENVOY, *[EDGE, HAPROXY] * 50, b'{"client":"203.0.113.5","ts":1,"path":"/"}', b"odd"]

    for scanner in (Scanner(), Scanner()):
        twice = [scan(*lines, scanner=scanner) for _ in range(2)]

        assert [(102, 1)] * 2 == [(len(found.at), len(rejects)) for found, rejects in twice]
        assert [read(EDGE), read(HAPROXY)] == [read(EDGE, scanner), read(HAPROXY, scanner)]


@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("[$msec] $remote_addr $captured_agent $request", "a visitor may write ' ' into $captured"),
        ("[$msec] $cell $remote_addr $request", "a visitor may write ' ' into $cell at 8"),
        ('[$msec] "$raw_request" "$hops" "$http_user_agent"', "$http_user_agent at 31 cannot"),
        ('[$msec] "$raw_request" "$hops" $http_user_agent', "$http_user_agent at 31 cannot"),
    ],
)
def test_a_site_cannot_declare_what_a_visitor_could_shift(pattern: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=re.escape(complaint)):
        Layout.of("own", pattern)
