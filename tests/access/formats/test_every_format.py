"""What holds for one format of log holds for all of them."""

from __future__ import annotations

import re
from itertools import chain, permutations
from typing import TYPE_CHECKING

import pytest

from access.event import Protocol
from access.formats import FORMATS, LONGER, json_roster
from tests.access.scanning import account_for, read, sample, scan

if TYPE_CHECKING:
    from access.formats.sample import Sample

TEXT_SAMPLES = [s for f in (*FORMATS, *LONGER) for s in f.SAMPLES]
SAMPLES = [*TEXT_SAMPLES, *(s for f in json_roster.FORMATS for s in f.SAMPLES)]
OPEN_ENDED = [f.SAMPLES[0] for f in FORMATS if not f.LAYOUT.exact]

NAMED = rb'(?:HTTP/|"version":"|"httpversion":")([12])'
every_format = pytest.mark.parametrize("stated", SAMPLES, ids=range(len(SAMPLES)))
every_text = pytest.mark.parametrize("stated", TEXT_SAMPLES, ids=range(len(TEXT_SAMPLES)))
every_open_ended = pytest.mark.parametrize("stated", OPEN_ENDED, ids=range(len(OPEN_ENDED)))


@every_format
def test_a_sample_is_read_as_stated(stated: Sample) -> None:
    assert stated == read(stated.line)


@every_format
def test_the_protocol_is_read_wherever_a_sample_names_it(stated: Sample) -> None:
    lines, _ = scan(stated.line)

    named = re.search(NAMED, stated.line)
    number = int(named[1]) if named else 0
    assert (Protocol.UNKNOWN, Protocol.HTTP_1, Protocol.HTTP_2)[number] == lines.protocol[0]


@every_format
def test_a_carriage_return_changes_nothing(stated: Sample) -> None:
    assert stated == read(stated.line + b"\r")


@every_format
def test_a_line_cut_anywhere_is_an_event_or_a_reject(stated: Sample) -> None:
    cuts = [stated.line[:end] for end in range(len(stated.line) + 1)]

    assert cuts == account_for(cuts, *scan(*cuts))


@every_format
def test_a_line_with_any_byte_flipped_is_an_event_or_a_reject(stated: Sample) -> None:
    line = stated.line
    flipped = [line[:i] + bytes([line[i] ^ 0x80]) + line[i + 1 :] for i in range(len(line))]

    assert flipped == account_for(flipped, *scan(*flipped))


@every_text
@pytest.mark.parametrize("escaped", [rb"\"", rb"\\", rb"\x22", b"\x00", b"\xff\xfe", b'a"b'])
def test_what_a_client_writes_stays_inside_its_quotes(stated: Sample, escaped: bytes) -> None:
    line = stated.line.replace(b"/7.jpg", b"/7" + escaped + b".jpg")

    got = read(line)

    assert [v.replace(b"/7.jpg", b"/7" + escaped + b".jpg") for v in stated.texts.values()] == [
        got.texts[field] for field in stated.texts
    ]


@every_open_ended
def test_what_a_site_appends_changes_nothing(stated: Sample) -> None:
    line = stated.line + b' 0.003 "-" rt="0.1" TLSv1.3'

    assert (stated.at, stated.texts) == (read(line).at, read(line).texts)


@every_text
def test_an_open_quote_behind_a_line_makes_it_a_reject(stated: Sample) -> None:
    lines, rejects = scan(stated.line + b' "Mozilla')

    assert (0, 1) == (len(lines.at), len(rejects))


def test_formats_mix_line_by_line_in_any_order() -> None:
    mixed = list(chain.from_iterable(permutations(SAMPLES, 2)))

    lines, rejects = scan(*(s.line for s in mixed))

    assert not rejects
    assert mixed == [sample(lines, row) for row in range(len(mixed))]
