"""Lines behind the header of a container engine or of syslog are read as if it were not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from access.event import Field
from access.formats import FORMATS, LONGER, json_roster
from access.formats.carriage import carried
from access.layouts import Layout
from access.scanner import Scanner
from tests.access.scanning import read, reason, scan

SAMPLES = [f.SAMPLES[0] for f in (*FORMATS, *LONGER, *json_roster.FORMATS)]
LINE = b'203.0.113.5 - - [23/Nov/2026:22:24:26 +0000] "GET /a HTTP/1.1" 200 5 "-" "curl/8"'
LOG, STREAM = b'{"log":"', b'","stream":"stdout"}'
CONTAINER = b"2026-11-23T22:24:26.934123456Z stdout F "
HEADERS = (
    CONTAINER,
    b"2026-11-23T22:24:26+01:00 stderr F ",
    b"<13>Nov 23 22:24:26 web1 nginx: ",
    b"<190>Nov  3 22:24:26 nginx: ",
    b"Nov 23 22:24:26 lb1 haproxy[7]: ",
    b"2026-11-23T22:24:26.674609+00:00 web1 nginx: ",
    b"<13>2026-11-23T22:24:26.674609+00:00 2001:db8::1 nginx: ",
    b"<165>1 2026-11-23T22:24:26.003Z web1 nginx 7 - - ",
    b'<165>1 2026-11-23T22:24:26.003Z web1 nginx - access [a@1 b="\\] c"][d@2] ',
    b"<165>1 - - - - - - \xef\xbb\xbf",
    CONTAINER + b"<13>Nov 23 22:24:26 nginx: ",
)
every_header = pytest.mark.parametrize("header", HEADERS)


@every_header
def test_a_header_changes_nothing_in_any_format(header: bytes) -> None:
    lines = [header + s.line for s in SAMPLES]

    assert [replace(s, line=header + s.line) for s in SAMPLES] == [read(line) for line in lines]


@every_header
def test_a_header_inside_json_changes_nothing_in_any_format(header: bytes) -> None:
    bare = [s for s in SAMPLES if b'"message":"' not in s.line and b'"log":"' not in s.line]
    sent = [carried(replace(s, line=header + s.line), LOG, STREAM) for s in bare]
    sent = [replace(s, line=s.line.replace(b"\t", rb"\t")) for s in sent]

    assert sent == [read(s.line) for s in sent]
    assert len(sent) > len(FORMATS)


@every_header
def test_a_reject_behind_a_header_inside_json_points_into_the_whole_line(header: bytes) -> None:
    text = header.replace(b"\\", b"\\\\").replace(b'"', b'\\"')

    said = reason(LOG + text + b"odd" + STREAM)

    assert said.endswith(f"""saw 'odd","stream":"stdout"}}' at byte {len(LOG + text)}""")


def test_a_piece_of_a_line_inside_json_is_refused() -> None:
    said = reason(LOG + CONTAINER.replace(b" F ", b" P ") + LINE.replace(b'"', b'\\"') + STREAM)

    assert said.startswith("partial")


@every_header
def test_a_reject_behind_a_header_points_into_the_whole_line(header: bytes) -> None:
    assert reason(header + b"odd").endswith(f"saw 'odd' at byte {len(header)}")


@pytest.mark.parametrize("body", [LINE, b'{"a":1}'])
def test_a_piece_of_a_line_is_refused(body: bytes) -> None:
    assert reason(CONTAINER.replace(b" F ", b" P ") + body).startswith("partial")


@pytest.mark.parametrize("header", [HEADERS[0], *HEADERS[2:7]])
def test_nothing_behind_a_header_is_an_empty_line(header: bytes) -> None:
    assert reason(header) == "empty line"


@pytest.mark.parametrize(
    "header",
    [
        b"2026-11-23T22:24:26Z stdlog F ",
        b"2026-11-23T22:24:26Z stdout X ",
        b"<13>Nov 23 22:24:26 web1 nginx ",
        b"<1333>Nov 23 22:24:26 web1 nginx: ",
        b"<13>1 2026-11-23T22:24:26Z web1 nginx 7 - [a ",
    ],
)
def test_what_is_no_header_stays_where_it_is(header: bytes) -> None:
    _, rejects = scan(header + b"odd: [")

    assert [header + b"odd: ["] == [reject.line for reject in rejects]
    assert not rejects[0].reason.endswith(f"byte {len(header)}")


@pytest.mark.parametrize("agent", [b"odd", b"{odd}", b"stdout F {}"])
def test_what_a_site_declares_is_no_header(agent: bytes) -> None:
    own = "$time_iso8601 $remote_addr $request_uri $http_user_agent $status $request_method"
    line = b"2026-11-23T22:24:26+00:00 203.0.113.9 /x: " + agent + b" 200 GET"

    scanner = Scanner((Layout.of("", own),))

    texts = read(line, scanner).texts

    assert {Field.CLIENT: b"203.0.113.9", Field.TARGET: b"/x:", Field.AGENT: agent} == texts
    assert texts == read(LOG + line + STREAM, scanner).texts


def test_lines_with_and_without_headers_mix() -> None:
    lines = [LINE, CONTAINER + LINE, CONTAINER.replace(b" F ", b" P ") + LINE, b"odd", HEADERS[2]]

    found, rejects = scan(*lines)

    assert ([1, 2], [3, 4, 5]) == (found.number.tolist(), [r.number for r in rejects])
    assert lines[2:] == [r.line for r in rejects]
