"""The compiled reader of JSON lines agrees with its plain twin on every line, however mangled."""

from __future__ import annotations

import json
import os
from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
import pytest

from access.aliases import ALIASES, Meaning
from access.formats.json_roster import FORMATS
from tests.access.json_scan import Row, scan
from tests.access.plain_json import read

if TYPE_CHECKING:
    from access.formats.sample import Sample

LINES = int(os.environ.get("HEDGEROW_FUZZ_LINES", "20000")) // 4
SAMPLES = [sample for f in FORMATS for sample in f.SAMPLES]
PIECES = [
    *(
        rb"\u00e9",
        rb"\ud83d\ude00",
        rb"\ud800",
        rb"\udc00x",
        rb"\u12",
        rb"\x",
        rb"\/",
        rb"\\",
        rb"\"",
    ),
    *(b'"', b"{", b"}", b"[", b"]", b":", b",", b" ", b"\t", b"\r", b"\x00", b"\xff", b"-", b"0"),
    *(b"null", b"true", b"false", b"NaN", b"1e5", b"-1", b"01", b"1.", b".5", b"[]", b"{}", b"[1]"),
    *(b'"status":404,', b'"a":[{"status":1}],', b'"host":{"name":"x"},', b'"query":"?a=b",', b"e9"),
]
VALUES = [
    *(None, True, False, 0, 7, -1, 200, 1e3, 1795472666.934, 1795472666934, 10**25, [], ["a", "b"]),
    *(
        "",
        "-",
        "GET",
        "post",
        "200",
        "2048",
        "/i/7.jpg",
        "/i/7.jpg?a=b",
        "?a=b",
        "a=b",
        "192.0.2.7",
    ),
    *(
        "https://photos.example/i/7",
        "HTTP://photos.example",
        "http:///x",
        "GET /i/7 HTTP/1.1",
        "é😀\n",
    ),
    *(
        "1795472666.934",
        "1.795472666934e9",
        "1795472666934000000",
        "2026-11-23T22:24:26.934Z",
        "%41%4",
    ),
    *(
        "2026-11-23 22:24:26,9349 +0100",
        "2026-11-23T22:24:26",
        "23/Nov/2026:22:24:26 +0000",
        "2001:db8::1",
    ),
    *(
        "[23/Nov/2026:22:24:26 -0130]",
        "22:24:26",
        "2026-11-23",
        ["-"],
        [["x"]],
        [1, "x"],
        {"name": "x"},
    ),
    *(
        "2026-02-29T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+01",
        "2026-11-23t22:24:26z",
    ),
]
NEEDED = (
    Meaning.TIME,
    Meaning.CLIENT,
    Meaning.TARGET,
    Meaning.REQUEST,
    Meaning.PATH,
    Meaning.QUERY,
)


def agree(lines: list[bytes], behind: bytes = b"\n") -> list[Row | None]:
    lines = [line.replace(b"\n", b"") for line in lines]
    expected = [read(line) for line in lines]
    for line, plain, found in zip(lines, expected, scan(lines, behind), strict=True):
        assert plain == (found if isinstance(found, Row) else None), (line, found)
    return expected


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_line_cut_at_any_byte_is_read_alike(sample: Sample) -> None:
    cuts = [sample.line[:length] for length in range(len(sample.line) + 1)]

    rows = agree(cuts)

    assert (sample.at, sample.texts) == (rows[-1].at, rows[-1].texts) if rows[-1] else False
    assert not any(rows[:-1])


@pytest.mark.parametrize("behind", [b'"}', b"}", b"1}", b'\\"}', b":1}", b"u0041", b"\n"])
def test_what_stands_behind_a_line_is_not_read(behind: bytes) -> None:
    line = rb'{"x":[1.5e3,{"y":null}],"agent":"\"\u0041","ts":1,"client":"c","path":"/"}'

    rows = agree([line[:length] for length in range(len(line) + 1)], behind)

    assert rows[-1]
    assert not any(rows[:-1])


def test_mangled_lines_are_read_alike() -> None:
    rng = np.random.default_rng(3)

    rows = agree([_mangled(rng) for _ in range(LINES)])

    assert LINES // 20 < sum(row is not None for row in rows) < LINES


def test_lines_of_any_known_keys_are_read_alike() -> None:
    rng = np.random.default_rng(4)

    rows = agree([_made_up(rng) for _ in range(LINES)])

    assert LINES // 20 < sum(row is not None for row in rows) < LINES


def _mangled(rng: np.random.Generator) -> bytes:
    line = bytearray(SAMPLES[rng.integers(len(SAMPLES))].line)
    for _ in range(rng.integers(1, 4)):
        at = int(rng.integers(len(line) + 1))
        if rng.random() < 0.5:
            line[at:at] = PIECES[rng.integers(len(PIECES))]
        elif rng.random() < 0.5:
            line[at : at + 1] = rng.bytes(1)
        else:
            del line[at : at + int(rng.integers(1, 9))]
    return bytes(line)


def _made_up(rng: np.random.Generator) -> bytes:
    """Write an object of random known names, nested or flat, with random values."""
    names = [_name(rng, meaning) for meaning in rng.choice(list(ALIASES), rng.integers(1, 8))]
    names += [_name(rng, meaning) for meaning in NEEDED]
    document: dict[str, object] = {}
    for name in names:
        inner, rest = document, name
        while "." in rest and rng.random() < 0.6:
            key, rest = rest.split(".", 1)
            child = inner.setdefault(key, {})
            inner = child if isinstance(child, dict) else {}
        key = rest.swapcase() if rng.random() < 0.1 else rest
        inner[key] = deepcopy(VALUES[rng.integers(len(VALUES))])
    return json.dumps(document, ensure_ascii=bool(rng.random() < 0.5)).encode()


def _name(rng: np.random.Generator, meaning: int) -> str:
    names = ALIASES[Meaning(meaning)]
    return names[rng.integers(len(names))]
