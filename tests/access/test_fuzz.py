"""No line is ever lost: what goes in comes out as an event or as a reject, byte for byte.

HEDGEROW_FUZZ_LINES says how many lines to mangle; two million take some minutes.
"""

from __future__ import annotations

import os

import numpy as np
import pytest

from access.layouts import Layout
from access.scanner import Scanner
from tests.access.formats.test_every_format import SAMPLES
from tests.access.mangling import mangled
from tests.access.scanning import SCANNER, account_for, scan

CHUNK = 10_000
LINES = int(os.environ.get("HEDGEROW_FUZZ_LINES", "20000"))
MARK = b"\xef\xbb\xbf"
DECLARED = {
    "$msec\t$remote_addr\t$http_user_agent\t$request_method\t$uri\t$args\t$status": (
        b"1795472666.934\t203.0.113.5\tMozilla/5.0 (X11)\tGET\t/i/7.jpg\tw=9\t200"
    ),
    '$host $remote_addr "$request_method $uri?$args" [$time_iso8601] $bytes_sent $remote_user': (
        b'a.example 203.0.113.5 "GET /i/7.jpg?w=9" [2026-11-23T22:24:26+00:00] 2048 ann'
    ),
}
OWN = Scanner(tuple(Layout.of("", pattern) for pattern in DECLARED))


def bare(line: bytes) -> bytes:
    """Strip what an event does not keep."""
    return line.removesuffix(b"\r").removeprefix(MARK)


def assert_all_are_accounted_for(lines: list[bytes], scanner: Scanner) -> None:
    found, rejects = scan(*lines, scanner=scanner)

    got = account_for(lines, found, rejects)
    assert len(lines) == len(found.at) + len(rejects)
    assert [bare(line) for line in lines] == [bare(line) for line in got]
    refused = {reject.number: reject.line for reject in rejects}
    assert {number: lines[number - 1] for number in refused} == refused


@pytest.mark.parametrize("chunk", range(-(-LINES // CHUNK)))
def test_mangled_lines_are_all_accounted_for(chunk: int) -> None:
    lines = mangled([s.line for s in SAMPLES], CHUNK, np.random.default_rng([7, chunk]))

    assert_all_are_accounted_for(lines, SCANNER)


def test_mangled_lines_of_declared_formats_are_all_accounted_for() -> None:
    known = [*DECLARED.values(), *(s.line for s in SAMPLES)]
    lines = mangled(known, CHUNK, np.random.default_rng(9))

    assert_all_are_accounted_for(lines, OWN)
