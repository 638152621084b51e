"""A line that comes as a text inside JSON says what it says by itself, and its carrier says it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.event import Field
from access.formats import combined, nginx_json
from access.formats.carriage import carried
from access.formats.json_roster import FORMATS
from access.layouts import Layout
from access.scanner import Scanner
from tests.access.json_scan import one, row, scan, text_row
from tests.access.mangling import mangled
from tests.access.plain_json import read
from tests.access.scanning import read as sample_of
from tests.access.scanning import reason
from tests.access.scanning import scan as scan_chunk

if TYPE_CHECKING:
    from tests.access.json_scan import Row

LINES = int(os.environ.get("HEDGEROW_FUZZ_LINES", "20000")) // 8
SAMPLES = [*combined.SAMPLES, *nginx_json.SAMPLES, *(s for f in FORMATS for s in f.SAMPLES[:1])]
PLAIN = combined.SAMPLES[0]
NAMES = ("message", "log", "body", "msg", "MESSAGE", "event.original")
TEXT = PLAIN.line.replace(b'"', b'\\"')
REQUEST = b'{"ts":1,"client_ip":"192.0.2.66","path":"/x","message":"'
TWICE = 0x5C, 0x22  # a backslash and a quote, which JSON escapes by a backslash


def bare(line: bytes) -> Row | None:
    """Read a line that nothing carries and that carries nothing."""
    return read(line, carries=False) if line.lstrip(b" \t")[:1] == b"{" else text_row(line)


def written(line: bytes, random: np.random.Generator) -> bytes:
    r"""Write a line as a JSON text, its ASCII bytes now and then as \u00XX."""
    return b"".join(_byte(b, odd=bool(random.random() < 0.1)) for b in line)


def _byte(byte: int, *, odd: bool) -> bytes:
    if byte < 128 and (odd or byte < 32):
        return b"\\u%04x" % byte
    return bytes([0x5C, byte]) if byte in TWICE else bytes([byte])


@pytest.mark.parametrize("name", NAMES)
def test_every_sample_may_be_carried(name: str) -> None:
    samples = [*combined.SAMPLES, *nginx_json.SAMPLES]
    before = b'{"@timestamp":"2026-11-23T22:26:21.674609+00:00","%s":"' % name.encode()

    sent = [carried(sample, before, b'"}') for sample in samples]

    assert sent == [sample_of(sample.line) for sample in sent]


def test_mangled_lines_say_inside_json_what_they_say_alone() -> None:
    random = np.random.default_rng(11)
    lines = [line.strip(b" \r\n") for line in mangled([s.line for s in SAMPLES], LINES, random)]
    lines = [line for line in lines if len(line) > 1]

    found = scan([b'{"severity":"info","log":"%s"}' % written(line, random) for line in lines])

    expected = [bare(line) for line in lines]
    assert expected == [None if isinstance(said, str) else said for said in found]
    assert len(lines) // 10 < sum(said is not None for said in expected) < len(lines)


def test_mangled_carriers_are_read_as_their_twin_reads_them() -> None:
    random = np.random.default_rng(12)
    whole = [s.line for f in FORMATS for s in f.SAMPLES if b'\\"' in s.line]
    lines = mangled(whole, LINES, random)

    found = scan(lines)

    assert [read(line) for line in lines] == [None if isinstance(s, str) else s for s in found]


def test_a_reject_is_the_whole_carrier_and_points_to_the_byte_inside_it() -> None:
    random = np.random.default_rng(13)
    lines = [line.strip(b" \r\n") for line in mangled([PLAIN.line], LINES, random)]
    lines = [line for line in lines if bare(line) is None and len(line) > 1]
    sent = [b'{"message":"  %s","x":1}' % written(line, random) for line in lines]

    _, rejects = scan_chunk(*sent)
    _, alone = scan_chunk(*lines)

    assert sent == [reject.line for reject in rejects]
    for reject, own in zip(rejects, alone, strict=True):
        left = reject.line[reject.where : -len(b'","x":1}')]
        text = json.loads(b'"%s"' % left, strict=False) if left.isascii() else None
        assert reject.problem == own.problem
        assert text is None or text == own.line[own.where :].decode()


def test_a_reason_names_what_is_wrong_with_the_carried_line() -> None:
    broken = PLAIN.line.replace(b"/Nov/", b"/Nev/").replace(b'"', b'\\"')

    said = reason(b'{"host":"web1","message":"%s"}' % broken)

    assert said == (
        "time: expected day/Mon/year:h:m:s +zone,"
        " saw '23/Nev/2026:22:24:26 +0100] \\\\\"GET /i/lar' at byte 43"
    )


def test_only_one_level_is_opened() -> None:
    once = carried(PLAIN, b'{"message":"', b'"}')
    twice = carried(once, b'{"log":"', b'"}')

    assert one(once.line) == row(once.line)
    assert "no time" in str(one(twice.line))


def test_an_object_that_is_a_request_itself_wins() -> None:
    said = row(b'{"ts":1,"client_ip":"192.0.2.7","path":"/x","status":200,"message":"%s"}' % TEXT)

    assert (said.at, said.texts[Field.TARGET]) == (1000, b"/x")


@pytest.mark.parametrize("said", [b'"status":400', b'"method":"-"', b'"request":""'])
def test_what_a_request_without_a_target_carries_is_not_believed(said: bytes) -> None:
    line = b'{"ts":1,"client_ip":"192.0.2.66",%s,"body":"%s"}' % (said, TEXT)

    assert "no target" in str(one(line))


def test_an_object_that_says_little_gives_way_to_what_it_carries_or_stays() -> None:
    assert row(REQUEST + TEXT + b'"}').texts[Field.CLIENT] == b"192.0.2.7"
    assert row(REQUEST + TEXT + b'"}').at == PLAIN.at
    assert row(REQUEST + b'hello"}').at == 1000


def test_the_machine_that_ships_a_line_is_not_its_client() -> None:
    line = b'{"ts":1,"host":"198.51.100.1","path":"/var/log/access.log","message":"%s"}'

    assert row(line % TEXT).texts[Field.CLIENT] == b"192.0.2.7"
    assert isinstance(one(line % b"hello"), str)


def test_the_time_of_the_carrier_counts_only_where_the_line_has_none() -> None:
    line = rb'{"@timestamp":9,"log":"{\"client_ip\":\"192.0.2.7\",\"path\":\"/\"%s}"}'

    assert row(line % b"").at == 9000
    assert row(line % rb",\"ts\":5").at == 5000
    assert "time: expected" in str(one(line % rb",\"ts\":\"noon\""))
    assert "no time" in str(one((line % b"").replace(b'"@timestamp":9,', b"")))
    assert "no time" in str(one((line % b"").replace(b'"@timestamp":9,', b'"ts":"noon",')))


def test_a_bad_time_of_an_object_that_says_all_else_stays_its_reason() -> None:
    line = b'{"ts":"noon","client_ip":"192.0.2.7","path":"/i/7.jpg","message":"hello"}'

    assert str(one(line)).startswith("time: expected ISO 8601")


def test_the_best_ranked_name_that_holds_a_text_is_opened() -> None:
    line = b'{"body":"x","message":"%s","event":{"original":%%s},"log":{"level":"info"}}' % TEXT

    for absent in (b'""', b'"-"', b"null", b"7", b'["a line"]', b'{"a":"line"}', rb'"\n"', b'"  "'):
        assert row(line % absent).texts[Field.CLIENT] == b"192.0.2.7"
    assert isinstance(one(line % b'"another"'), str)


@pytest.mark.parametrize("behind", [rb"\n", rb"\r\n", rb"\n\n", rb"\r", rb"\u000a"])
def test_newlines_behind_a_line_and_blanks_before_it_change_nothing(behind: bytes) -> None:
    assert row(b'{"log":"%s"}' % TEXT) == row(b'{"log":"  %s%s"}' % (TEXT, behind))


def test_a_newline_inside_a_carried_line_ends_nothing() -> None:
    agent = rb"\"Mozilla/5.0\n192.0.2.66 - -\""
    line = TEXT[: TEXT.rindex(rb"\"Mozilla")] + agent

    said = row(b'{"log":"%s"}' % line)

    assert said.texts[Field.AGENT] == b"Mozilla/5.0\n192.0.2.66 - -"


def test_bytes_that_are_no_utf8_pass_as_they_came() -> None:
    line = b'{"log":"%s"}' % TEXT.replace(b"Linux", b"\xff\xc3")

    assert b"\xff\xc3" in row(line).texts[Field.AGENT]


def test_a_carried_line_is_read_by_a_sites_own_layout() -> None:
    own = Scanner([Layout.of("own", "$msec|$remote_addr|$request_method|$request_uri|$status")])

    said = sample_of(b'{"message":"1795472666.934|192.0.2.7|GET|/i/7.jpg|200"}', own)

    assert (said.at, said.status) == (1_795_472_666_934, 200)


def test_zero_is_no_time() -> None:
    line = b'{"timeUnixNano":"0","timestamp":7,"client_ip":"192.0.2.7","path":"/"}'

    assert row(line).at == 7000


def test_only_the_quotes_around_a_referer_or_agent_are_taken_off() -> None:
    texts = row(
        rb'{"ts":1,"client_ip":"192.0.2.7","path":"/","agent":"\"a\"b\"","referrer":"\"","host":"\"h\""}'
    ).texts

    assert [b'a"b', b'"', b'"h"'] == [texts[f] for f in (Field.AGENT, Field.REFERER, Field.HOST)]


def test_very_long_and_very_many_carried_lines_are_only_long_and_many() -> None:
    long = TEXT.replace(b"/i/", b"/" + rb"\u00e9" * 200_000 + b"/i/")

    assert len(row(b'{"log":"%s"}' % long).texts[Field.TARGET]) > 400_000
    assert len(scan_chunk(*[b'{"log":"%s"}' % TEXT] * 5_000)[0].at) == 5_000
